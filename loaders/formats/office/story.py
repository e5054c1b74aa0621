"""Read a document of a word processor: what its formats have in common, from the words of a paragraph to its lines."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar
from xml.etree.ElementTree import Element

from loaders.formats.office import symbols
from loaders.formats.office.blocks import Block, Paragraph, as_note, lines, words
from loaders.formats.office.package import Package
from loaders.formats.office.remarks import Remarks
from loaders.formats.source import Text

Handlers = Mapping[str, Callable[[Any, "Element"], None]]


class Document(ABC):
    """A document in its parts."""

    text: Element
    """What holds the text."""

    def __init__(self, package: Package) -> None:
        """Find the parts. Raises `DocumentError` if there is no text among them, or it has a password."""
        self.package, self.remarks = package, Remarks()

    @classmethod
    def read_lines(cls, name: str, raw: bytes) -> Text:
        """Return the lines of a document; the notes say what was left out.

        Raises `DocumentError` for a file that is damaged or has a password, or has no words.
        """
        package = Package(name, raw)
        try:
            document = cls(package)
            found = lines(document.blocks())
        except RecursionError as error:
            raise package.refusal("parts nested in each other without end") from error
        if not found:
            raise package.refusal("a document without words", "give the text of the document; pictures are not read")
        return Text(found, document.remarks.notes())

    def blocks(self) -> list[Block]:
        """Return the blocks of the text, the header of the first page above it, the notes below it."""
        story = self.story(self.text)
        blocks = [*story.blocks(self.text)]
        for kind in ("footnote", "endnote"):
            for note in [note for note, its_kind in story.notes.items() if its_kind == kind]:
                self.remarks.add(kind)
                blocks += as_note(self.story(note).blocks(note))
        text, kept = " ".join(words(blocks)).casefold(), [Paragraph()]
        for kind, part, is_first in self.headers():
            shown = [*words(self.story(part, is_page=True).blocks(part))]
            kept += map(Paragraph, self.remarks.header(kind, shown, text if is_first and kind == "header" else None))
        return [*kept, Paragraph(), *blocks]

    @abstractmethod
    def story(self, part: Element, *, is_page: bool = False) -> Story:
        """Return what reads a part: the text, a note, or what pages have above or below it."""

    @abstractmethod
    def headers(self) -> Iterator[tuple[str, Element, bool]]:
        """Yield headers and footers, each with its kind and whether the first page alone has it."""


class Story(ABC):
    """Read the blocks of one part, and the words of each paragraph as a page shows them, all changes accepted."""

    HANDLERS: ClassVar[Handlers]
    """What is read of an element; of any other, what stands in it."""

    SIGNS: ClassVar[Mapping[str, str]]
    """Elements that are shown as a sign before what stands in them."""

    NOT_READ: ClassVar[Mapping[str, str]]
    """Elements that are only counted, with their kind."""

    def __init__(self, remarks: Remarks) -> None:
        """Begin before the first word."""
        self.remarks = remarks
        self.notes: dict[Element, str] = {}
        """The notes that the words so far refer to, each with its kind."""
        self.text: list[str] = []
        self.boxes: list[Element] = []
        self.is_hidden, self.font = False, ""

    @abstractmethod
    def blocks(self, parent: Element) -> Iterator[Block]:
        """Yield the blocks of the text, a cell, a box, a note or a header."""

    def read(self, paragraph: Element, *, is_hidden: bool) -> tuple[str, list[Element]]:
        """Return the words of a paragraph, and the boxes with text that are anchored in it."""
        self.text, self.boxes = [], []
        self.is_hidden, self.font = is_hidden, ""
        self.content(paragraph)
        return "".join(self.text), self.boxes

    def boxed(self, boxes: list[Element]) -> Iterator[Block]:
        """Yield the blocks of boxes, each apart from what stands around it."""
        for box in boxes:
            yield from (Paragraph(), *self.blocks(box), Paragraph())

    def content(self, element: Element) -> None:
        """Read what stands in an element."""
        self.put(element.text)
        for part in element:
            self.part(part)
            self.put(part.tail)

    def part(self, part: Element) -> None:
        """Read an element, or count it."""
        if part.tag in self.NOT_READ:
            self.remarks.add(self.NOT_READ[part.tag])
        elif part.tag in self.SIGNS:
            self.add(self.SIGNS[part.tag])
            self.content(part)
        elif not part.tag.endswith("Pr"):
            self.HANDLERS.get(part.tag, Story.content)(self, part)

    def first_form(self, element: Element) -> None:
        """Read the first of several forms of the same."""
        for form in [part for part in element if part.tag in {*self.HANDLERS, *self.NOT_READ}][:1]:
            self.part(form)

    def content_as(self, element: Element, hidden: bool | None, font: str = "") -> None:
        """Read what stands in an element whose style hides it or not, or has its own font."""
        outer = self.is_hidden, self.font
        self.is_hidden = self.is_hidden if hidden is None else hidden
        self.font = font or self.font
        self.content(element)
        self.is_hidden, self.font = outer

    @abstractmethod
    def put(self, text: str | None) -> None:
        """Add characters that stand between the elements, where they are part of the text."""

    def add(self, text: str) -> None:
        """Add characters as they are shown."""
        if self.is_hidden:
            if text.strip():
                self.remarks.add("hidden")
            return
        text = symbols.as_unicode(text, self.font)
        if symbols.private(text):
            self.remarks.add("sign", symbols.private(text))
        self.text.append(text)

    def box(self, element: Element) -> None:
        """Let a box be read after the paragraph."""
        if not self.is_hidden:
            self.boxes.append(element)
