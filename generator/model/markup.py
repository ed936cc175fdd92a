"""The language record texts are written in, and nothing else.

Inline: `**strong**`, `*emphasis*`, `` `code` ``, `[[concept]]`, `[[concept|label]]`, `[[service:id]]`,
`[[decision:id]]` and `[^evidence]`. In block fields a blank line parts paragraphs, and lines that start
with `- ` or `1. ` are a list. Everything else is literal text: there is no HTML, no URL, no escape.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from generator.model.fields import KindName

_ID = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
_TOKEN = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|(?<![\w*])\*\*(?P<strong>[^\s*](?:[^*\n]*[^\s*])?)\*\*(?![\w*])"
    r"|(?<![\w*])\*(?P<em>[^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*])"
    rf"|\[\[(?:(?P<kind>service|decision):)?(?P<link>{_ID})(?:\|(?P<label>[^\[\]|\n]+))?\]\]"
    rf"|\[\^(?P<cite>{_ID})\]"
)
_SPECIAL = re.compile(r"[`*\[]")
_BROKEN = re.compile(r"\[\[|\[\^")
_ITEM = re.compile(r"(?:-|(?P<number>\d{1,2})\.) +")


@dataclass(frozen=True, slots=True)
class Words:
    """Literal text."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """Literal text in a fixed-width face."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Text that matters; in a scenario, a phrase that decides."""

    children: tuple["Inline", ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Stressed text."""

    children: tuple["Inline", ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A mention of a concept, decision or service. Without a label it shows the target's name."""

    kind: KindName
    id: str
    label: str | None

    @property
    def opening(self) -> str:
        """How the text spells it, up to the label."""
        return f"[[{self.id}" if self.kind == "concept" else f"[[{self.kind}:{self.id}"


@dataclass(frozen=True, slots=True)
class Cite:
    """A citation of the record's evidence."""

    key: str


@dataclass(frozen=True, slots=True)
class Broken:
    """Brackets that look like a link or a citation but are neither."""

    text: str


Inline = Words | Code | Strong | Emphasis | Link | Cite | Broken


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A list; numbered where order matters."""

    numbered: bool
    items: tuple[tuple[Inline, ...], ...]


Block = Paragraph | Items


@lru_cache(maxsize=65536)
def parse_line(text: str) -> tuple[Inline, ...]:
    """The inline parts of a text; line breaks count as spaces."""
    text = " ".join(text.split())
    if not _SPECIAL.search(text):
        return (Words(text),)
    return tuple(_inlines(text))


@lru_cache(maxsize=16384)
def parse_blocks(text: str) -> tuple[Block, ...]:
    """The paragraphs and lists of a text."""
    return tuple(block for chunk in re.split(r"\n[ \t]*\n", text.strip()) for block in _chunk(chunk))


def walk(inlines: tuple[Inline, ...]) -> Iterator[Inline]:
    """Every part, the nested ones included, in reading order."""
    for inline in inlines:
        yield inline
        if isinstance(inline, Strong | Emphasis):
            yield from walk(inline.children)


def block_inlines(block: Block) -> tuple[Inline, ...]:
    """All inline parts of a block."""
    if isinstance(block, Paragraph):
        return block.inlines
    return tuple(inline for item in block.items for inline in item)


def plain(inlines: tuple[Inline, ...]) -> str:
    """The literal words, without markup and citations; an unlabeled link stands as its id."""
    return "".join(
        part.text if isinstance(part, Words | Code | Broken) else (part.label or part.id)
        for part in walk(inlines)
        if isinstance(part, Words | Code | Broken | Link)
    )


def marked(text: str) -> list[str]:
    """The phrases of a line that are marked as deciding."""
    return [plain(part.children) for part in parse_line(text) if isinstance(part, Strong)]


def is_marked(part: Inline, phrase: str) -> bool:
    """Whether a part of a line is this phrase, marked as deciding."""
    return isinstance(part, Strong) and plain(part.children) == phrase


def _inlines(text: str) -> Iterator[Inline]:
    end = 0
    for match in _TOKEN.finditer(text):
        yield from _literal(text[end : match.start()])
        end = match.end()
        parts = match.groupdict()
        if parts["code"] is not None:
            yield Code(parts["code"])
        elif parts["strong"] is not None:
            yield Strong(parse_line(parts["strong"]))
        elif parts["em"] is not None:
            yield Emphasis(parse_line(parts["em"]))
        elif parts["link"] is not None:
            yield Link(cast(KindName, parts["kind"] or "concept"), parts["link"], parts["label"])
        else:
            yield Cite(parts["cite"])
    yield from _literal(text[end:])


def _literal(text: str) -> Iterator[Inline]:
    if not text:
        return
    broken = _BROKEN.search(text)
    yield (
        Broken(text[broken.start() :])
        if broken and not broken.start()
        else Words(text[: broken.start()] if broken else text)
    )
    if broken and broken.start():
        yield Broken(text[broken.start() :])


def _chunk(chunk: str) -> Iterator[Block]:
    """Splits lines that belong together into a paragraph and the list that may follow it."""
    paragraph: list[str] = []
    items: list[str] = []
    numbered = False
    for line in chunk.split("\n"):
        marker = _ITEM.match(line.strip())
        if marker:
            numbered = numbered or marker["number"] is not None
            items.append(line.strip()[marker.end() :])
        elif items:
            items[-1] += " " + line.strip()
        else:
            paragraph.append(line)
    if paragraph:
        yield Paragraph(parse_line("\n".join(paragraph)))
    if items:
        yield Items(numbered, tuple(parse_line(item) for item in items))
