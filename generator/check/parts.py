"""The parts of a marked text, and where in the text each of them stands."""

from collections.abc import Iterator
from typing import NamedTuple

from generator.check.marks import Mark
from generator.model.fields import Markup
from generator.model.markup import (
    Broken,
    Cite,
    Code,
    Inline,
    Link,
    Words,
    block_inlines,
    parse_blocks,
    parse_line,
    walk,
)
from generator.read.tree import letters


class Part(NamedTuple):
    """A part of a text that holds no other parts. Places count letters: all characters but white space."""

    inline: Words | Code | Link | Cite | Broken
    block: int
    """Index of the paragraph or list it stands in."""
    start: int
    """Letters of the text before it."""
    length: int
    """Letters of its own, brackets and backticks included."""


def blocks(text: str, in_blocks: bool) -> list[tuple[Inline, ...]]:
    """The inline parts of each paragraph and list; of a one-line text, of the line."""
    return [block_inlines(block) for block in parse_blocks(text)] if in_blocks else [parse_line(text)]


def inlines(mark: Mark) -> Iterator[Inline]:
    """Every part of a text in reading order, nested ones included."""
    assert isinstance(mark.kind, Markup)
    return (inline for block in blocks(mark.text, mark.kind.blocks) for inline in walk(block))


def parts(mark: Mark) -> Iterator[Part]:
    """The parts of a text with their places, in reading order."""
    assert isinstance(mark.kind, Markup)
    rest, end = letters(mark.text), 0
    for number, block in enumerate(blocks(mark.text, mark.kind.blocks)):
        for inline in walk(block):
            if isinstance(inline, Words | Code | Link | Cite | Broken) and (spelled := letters(_spelled(inline))):
                start = max(end, rest.find(spelled, end))
                end = start + len(spelled)
                yield Part(inline, number, start, len(spelled))


def _spelled(inline: Words | Code | Link | Cite | Broken) -> str:
    if isinstance(inline, Code):
        return f"`{inline.text}`"
    if isinstance(inline, Cite):
        return f"[^{inline.key}]"
    if isinstance(inline, Link):
        return f"{inline.opening}|{inline.label}]]" if inline.label else f"{inline.opening}]]"
    return inline.text
