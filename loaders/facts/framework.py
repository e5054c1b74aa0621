"""Turn a framework of roles and skills into nodes and edges: one edition, which describes all of its roles."""

from __future__ import annotations

from graph import nodes, ontology
from graph.days import FIRST_DAY, LAST_DAY
from graph.ids import SCHEMA_VERSION, fingerprint, slug
from graph.nodes import Basis, Ref
from graph.ontology import Facts, Need, Promotion, Properties
from loaders.facts.builder import FactsBuilder, key_of
from loaders.profile import DocumentInfo, RoleFramework, Statement


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
    builder.edition_nodes()
    for role in framework.roles:
        builder.describe(role.id, role.name, role.aliases)
        for need in role.needs:
            skill = builder.skill(need.skill, need.name, need)
            ends = Ref(label="Role", id=role.id), skill
            builder.state("REQUIRES", ends, need, Need(level=need.level, necessity=need.necessity))
    for step in framework.promotions:
        ends = Ref(label="Role", id=step.upper), Ref(label="Role", id=step.lower)
        document = framework.mapping if step.stated_in == "mapping" else framework.document
        builder.state("PROMOTES_FROM", ends, step, Promotion(), document=document)
    return builder.facts()


class _FrameworkFacts(FactsBuilder):
    """Facts of one framework."""

    def __init__(self, framework: RoleFramework, known: frozenset[tuple[str, str]], basis: Basis) -> None:
        super().__init__(f"{framework.framework}@{framework.edition}", known)
        self.of, self.basis = framework, basis
        self.authority = f"sample of a {framework.authority}" if basis == "sample" else framework.authority
        self.valid_from = framework.published or FIRST_DAY
        self.profile = Ref(label="Profile", id=self.edition)

    def edition_nodes(self) -> None:
        """Add the table, its edition, and the framework with its scale."""
        of = self.of
        scale = "; ".join(f"{number} {word}" for number, word in enumerate(of.levels, 1)) or None
        self.node(nodes.Framework(id=of.framework, name=of.name, scale=scale))
        self.node(
            nodes.Profile(
                id=self.edition,
                name=f"{of.name}, {of.edition}",
                source_kind="framework",
                authority=self.authority,
                series=f"{of.framework}#framework",
                basis=self.basis,
                framework=of.framework,
                version=of.version,
                published=of.published,
                start="known" if of.published else "unknown",
                valid_from=self.valid_from,
                valid_to=LAST_DAY,
                content=_content(of),
            )
        )
        self.link("PUBLISHED_IN", self.profile, self.document(of.document))

    def document(self, document: DocumentInfo) -> Ref:
        """Add a file, and return a pointer to it."""
        key = document.sha256[:16]
        return self.node(nodes.Document(id=key, schema_version=SCHEMA_VERSION, **document.model_dump()))

    def describe(self, role: str, name: str, aliases: tuple[str, ...]) -> None:
        """Add a role that the edition describes."""
        self.link("DESCRIBES", self.profile, self.node(nodes.Role(id=role, name=name, aliases=aliases)))

    def skill(self, key: str, name: str, at: Statement) -> Ref:
        """Add a skill of the framework, told where it stands first, and return a pointer to it."""
        ref = Ref(label="Requirement", id=key)
        if (ref.label, ref.id) not in self.nodes:
            self.node(nodes.Skill(id=key, name=name, text=name, recorded=True, framework=self.of.framework))
            self.state("PART_OF", (ref, Ref(label="Framework", id=self.of.framework)), at)
        return ref

    def state(
        self,
        kind: str,
        ends: tuple[Ref, Ref],
        at: Statement,
        properties: Properties | None = None,
        *,
        document: DocumentInfo | None = None,
    ) -> None:
        """Add a stated edge; other properties for the same pair make another statement, told apart by its key."""
        key = key_of(properties)
        first, last = at.lines
        words = ontology.Statement(
            fact=self.fact(kind, ends, key),
            edition=self.edition,
            instance=slug(key) or "-",
            document=self.document(document or self.of.document).id,
            lines=str(first) if first == last else f"{first}-{last}",
            text=at.text,
            basis=self.basis,
            authority=self.authority,
            valid_from=self.valid_from,
        )
        self.add_stated(kind, ends, properties, words)


def _content(of: RoleFramework) -> str:
    """Return a fingerprint of what a framework says, the same for another file with the same rows."""
    needs = {
        f"{role.id} {need.skill} {need.level} {need.necessity} {need.text}" for role in of.roles for need in role.needs
    }
    steps = {f"{step.upper} {step.lower}" for step in of.promotions}
    return fingerprint("\n".join((*sorted(needs), *sorted(steps))), 16)
