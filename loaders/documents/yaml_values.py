"""Types of the values in YAML files that users write: text with its line number, days, text with addresses masked."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic.json_schema import SkipJsonSchema

from graph.nodes import Model
from loaders.formats.masking import mask
from loaders.yaml_lines import Written, first_day, without_address


class WrittenLine(Model):
    """Words of a file, and the 1-based lines, first and last, that they stand on."""

    text: str = Field(min_length=1, description="The words")
    lines: SkipJsonSchema[tuple[int, int]] = (1, 1)


def with_lines(value: object) -> object:
    """Return words, or a map that has them, with their lines, as a model of `WrittenLine` takes them."""
    words = value.get("text") if isinstance(value, dict) else value
    if not isinstance(words, Written):
        return value
    line = {"text": _masked(words), "lines": words.lines}
    return {**value, **line} if isinstance(value, dict) else line


def _masked(text: str) -> str:
    return mask((" ".join(text.split()),))[0]


def listed(value: object) -> object:
    """Return a value as a list, which one alone need not be."""
    return [value] if isinstance(value, str) else value


def _checked_text(text: str) -> str:
    if (words := without_address(text)) is None:
        raise ValueError("words without the address of a person")
    return _masked(words)


Line = Annotated[WrittenLine, BeforeValidator(with_lines, json_schema_input_type=str | int)]
Text = Annotated[str, Field(min_length=1), AfterValidator(_checked_text)]
_PRINTED = WithJsonSchema({"type": ["string", "number"]})
Day = Annotated[str, AfterValidator(first_day), _PRINTED]
Number = Annotated[Text, _PRINTED]
"""A version: as it is printed, so that 2.10 is not 2.1."""
Flag = Annotated[bool, WithJsonSchema({"enum": [True, False, "yes", "no"]})]
