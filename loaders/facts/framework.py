"""Turn a framework of roles and skills into nodes and edges: one edition, which describes all of its roles."""

from __future__ import annotations

from graph import nodes
from graph.days import FIRST_DAY, LAST_DAY
from graph.ids import SCHEMA_VERSION, fingerprint
from graph.nodes import Basis, Ref
from graph.ontology import Facts, Need, Promotion
from loaders.facts.builder import StatedFacts
from loaders.profile import DocumentInfo, RoleFramework


def framework_facts(
    framework: RoleFramework, known: frozenset[tuple[str, str]] = frozenset(), *, basis: Basis = "stated"
) -> Facts:
    """Return the facts of a framework.

    Args:
        framework: What its table says.
        known: Label and id of each node that the reference data declares.
        basis: `sample` for a shipped one; one that its mapping calls invented is a sample too.
    """
    builder = _FrameworkFacts(framework, known, "sample" if framework.sample else basis)
    for role in framework.roles:
        ref = builder.node(nodes.Role(id=role.id, name=role.name, aliases=role.aliases))
        builder.link("DESCRIBES", builder.profile, ref)
        for need in role.needs:
            skill = nodes.Skill(
                id=need.skill, name=need.name, text=need.name, recorded=True, framework=framework.framework
            )
            if (skill.label, skill.id) not in builder.nodes:
                builder.state("PART_OF", (builder.node(skill), builder.framework), need)
            builder.state("REQUIRES", (ref, skill.ref), need, Need(level=need.level, necessity=need.necessity))
    for step in framework.promotions:
        ends = Ref(label="Role", id=step.upper), Ref(label="Role", id=step.lower)
        builder.state("PROMOTES_FROM", ends, step, Promotion(), document=builder.file(framework.mapping).id)
    return builder.facts()


class _FrameworkFacts(StatedFacts):
    """Facts of one framework: first the table, its edition, and the framework with its scale."""

    def __init__(self, of: RoleFramework, known: frozenset[tuple[str, str]], basis: Basis) -> None:
        super().__init__(f"{of.framework}@{of.edition}", known)
        self.basis, self.valid_from = basis, of.published or FIRST_DAY
        self.authority = f"sample of a {of.authority}" if basis == "sample" else of.authority
        scale = "; ".join(f"{number} {word}" for number, word in enumerate(of.levels, 1)) or None
        document = self.file(of.document)
        self.document = document.id
        self.framework = self.node(nodes.Framework(id=of.framework, name=of.name, scale=scale))
        self.profile = self.node(
            nodes.Profile(
                id=self.edition,
                name=f"{of.name}, {of.edition}",
                source_kind="framework",
                authority=self.authority,
                series=f"{of.framework}#framework",
                basis=basis,
                framework=of.framework,
                version=of.version,
                published=of.published,
                start="known" if of.published else "unknown",
                valid_from=self.valid_from,
                valid_to=LAST_DAY,
                content=_content(of),
            )
        )
        self.link("PUBLISHED_IN", self.profile, document)

    def file(self, file: DocumentInfo) -> Ref:
        """Add a file, and return a pointer to it."""
        key = file.sha256[:16]
        return self.node(nodes.Document(id=key, schema_version=SCHEMA_VERSION, **file.model_dump()))


def _content(of: RoleFramework) -> str:
    """Return a fingerprint of what a framework says, the same for another file with the same rows."""
    needs = {(role.id, need.skill, need.level, need.necessity, need.text) for role in of.roles for need in role.needs}
    steps = {(step.upper, step.lower) for step in of.promotions}
    return fingerprint("\n".join(sorted(map(str, needs | steps))), 16)
