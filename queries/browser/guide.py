"""The guide: ten questions in an order that tells a story. Titles, parameters and texts stay in the catalogue."""

from __future__ import annotations

from dataclasses import dataclass

from graph.errors import QuestionError
from queries.catalogue import Question, graph_form, question


@dataclass(frozen=True)
class Step:
    """One question of the guide: why it is asked here, and what to look at in the answer."""

    name: str
    asks: str
    reads: str


@dataclass(frozen=True)
class GuideStep:
    """A step with its number and its question, and the form of it that Browser draws, if it has one."""

    number: int
    step: Step
    question: Question
    graph: Question | None

    @property
    def title(self) -> str:
        """Return the name of the step; Browser sorts favourites by their letters, hence 01."""
        return f"{self.number:02} of {len(STEPS)}: {self.question.title}"

    @property
    def favourite(self) -> str:
        """Return the text of the step's favourite: the graph form where there is one, under the name of the step."""
        _, _, rest = (self.graph or self.question).text.partition("\n")
        return f"// {self.title}\n// {self.step.asks}\n{rest}"


STEPS = (
    Step(
        "ranks",
        "Start with the map: the ranks of each ladder, and which of them stand level with each other.",
        "Find the point where the one ladder that all forces share ends and three others begin. Two ranks of one "
        "name on two ladders are two nodes.",
    ),
    Step(
        "next-ranks",
        "Stand on one rank and look up: where can its holder go next?",
        "An arrow PROMOTES_FROM is a step of the ladder; OPEN_TO is one document that lets the rank apply.",
    ),
    Step(
        "rank-gap",
        "Now compare that rank with the one above it: what does the step ask for?",
        "What hangs on both ranks is asked of both; what hangs on the upper one alone is the gap. The table says "
        "for each whether it is new, raised, reworded, kept or dropped.",
    ),
    Step(
        "gates",
        "Some conditions are no skills but doors: what has to be open before anybody may hold the rank?",
        "A gate opens when everything that one of its options needs is met; the other options are alternatives.",
    ),
    Step(
        "duties-of",
        "What would the holder be accountable for, in the words of the document?",
        "Click on a duty: its text is whole in the panel, and the edge to it carries file, lines and edition.",
    ),
    Step(
        "bodies-of",
        "Nobody works alone: which bodies and offices does the rank have to do with?",
        "The type of the edge says what ties them. MENTIONS means that a document names the body and says no more.",
    ),
    Step(
        "accountability-chain",
        "Follow oversight upwards: to whom does the rank answer, and they, up to the public?",
        "A chain that stops before the public stops where the sources stop; nothing is guessed beyond.",
    ),
    Step(
        "editions-of",
        "All this was written at some time: which editions are there, and which counts today?",
        "The edition without an end is the one that counts. Set as_of to a day in the past to ask what counted then.",
    ),
    Step(
        "conflicts",
        "Sources disagree, and both sides are shown: where?",
        "Rows of one conflict stand together, a side each with its words and its place. Copy a fact from here into "
        "the question why to see everything that rests on it.",
    ),
    Step(
        "heat-map",
        "Last, the people: where is the force short of what its posts ask for?",
        "This needs staff files. Depth 0 is the whole; short is how many posts lack it, and a vacant post is short.",
    ),
)


def guide_steps() -> list[GuideStep]:
    """Return the steps in order. Raises QuestionError where one names no question."""
    return [_guide_step(number, step) for number, step in enumerate(STEPS, 1)]


def _guide_step(number: int, step: Step) -> GuideStep:
    step_question = question(step.name)
    if step_question is None:
        raise QuestionError(step.name, "found no such question; the guide expects it; install rankgraph again")
    return GuideStep(number, step, step_question, graph_form(step.name))
