"""A YAML document as a tree that remembers where everything stood."""

import re
from functools import lru_cache
from typing import Any, NamedTuple

from generator.diagnostics.place import Path, Span


class Scalar(NamedTuple):
    """A single value: the text as typed, or None where nothing was given."""

    text: str | None
    span: Span


class Entry(NamedTuple):
    """A key with its value."""

    key: Scalar
    value: "Node"


class Mapping(NamedTuple):
    """Keys with values, in order."""

    entries: dict[str, Entry]
    span: Span

    def get(self, key: str) -> Entry | None:
        """The entry of that key, or None."""
        return self.entries.get(key)


class Sequence(NamedTuple):
    """Values in order."""

    items: tuple["Node", ...]
    span: Span


Node = Scalar | Mapping | Sequence


def to_data(node: Node) -> Any:
    """The tree as plain data: texts, None, tuples and dicts. No value is interpreted."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return tuple(to_data(item) for item in node.items)
    return {key: to_data(entry.value) for key, entry in node.entries.items()}


def find(node: Node, path: Path) -> Node:
    """The node at a path, or its nearest ancestor. Steps the tree does not know are skipped."""
    for step in path:
        node = child(node, step) or node
    return node


def find_key(node: Node, path: Path) -> Span:
    """Where the key that a path ends in stands; the value's place where there is no such key."""
    parent = find(node, path[:-1])
    entry = parent.get(str(path[-1])) if path and isinstance(parent, Mapping) else None
    return entry.key.span if entry else find(node, path).span


def child(node: Node | None, step: str | int) -> Node | None:
    """The value of a key or the item of an index, or None where there is none."""
    if isinstance(node, Mapping) and isinstance(step, str):
        entry = node.get(step)
        return entry.value if entry else None
    if isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
        return node.items[step]
    return None


def text_of(node: Node | None, key: str) -> str | None:
    """The text of a key's value, or None where there is no such text."""
    value = child(node, key)
    return value.text if isinstance(value, Scalar) else None


def items_of(node: Node | None, key: str) -> tuple[Node, ...]:
    """The items of a key's list, as far as there is one."""
    value = child(node, key)
    return value.items if isinstance(value, Sequence) else ()


def texts_of(node: Node | None, key: str) -> list[tuple[int, str]]:
    """The texts of a key's list with their indexes, as far as there is one."""
    return [
        (index, item.text)
        for index, item in enumerate(items_of(node, key))
        if isinstance(item, Scalar) and item.text is not None
    ]


def entries_of(node: Node | None, key: str) -> dict[str, Entry]:
    """The entries of a key's mapping, as far as there is one."""
    value = child(node, key)
    return value.entries if isinstance(value, Mapping) else {}


def scalars(node: Node) -> list[tuple[Path, Scalar]]:
    """Every single value with its path, keys excluded."""
    found: list[tuple[Path, Scalar]] = []
    _collect(node, (), found)
    return found


def _collect(node: Node, path: Path, found: list[tuple[Path, Scalar]]) -> None:
    if isinstance(node, Scalar):
        found.append((path, node))
    elif isinstance(node, Sequence):
        for index, item in enumerate(node.items):
            _collect(item, (*path, index), found)
    else:
        for key, entry in node.entries.items():
            _collect(entry.value, (*path, key), found)


def letters(text: str) -> str:
    """A text without white space: what is left of it however the file wraps and indents it."""
    return "".join(text.split())


def within(source: str, span: Span, start: int, count: int) -> Span:
    """Where a piece of a value stands in the file: `count` letters of it, after the first `start` letters.

    White space does not count as letters, so folding and indentation do not matter.
    """
    places = _letters(source, span)
    if start >= len(places):
        return span
    first, last = places[start], places[min(start + count, len(places)) - 1]
    return Span(first.line, first.column, last.end_line, last.end_column)


_PLAIN = re.compile(r"\S")
_UNITS = {
    "'": re.compile(r"''|\S"),
    '"': re.compile(r"\\(?:x\w{2}|u\w{4}|U\w{8}|.|$)|\S"),
}
_SPACES = frozenset(["\\n", "\\t", "\\r", "\\v", "\\f", "\\_", "\\N", "\\L", "\\P"]) | {"\\", "\\ ", "\\\t"}


@lru_cache(maxsize=4)
def _rows(source: str) -> list[str]:
    return source.split("\n")


@lru_cache(maxsize=4)
def _letters(source: str, span: Span) -> list[Span]:
    """The place of every letter of the value that stands at `span`, in order."""
    found: list[Span] = []
    rows = _rows(source)
    opening = rows[span.line - 1][span.column - 1 : span.column] if span.line <= len(rows) else ""
    quoted = opening in _UNITS
    for line in range(span.line + (opening in ("|", ">")), min(span.end_line, len(rows)) + 1):
        row = rows[line - 1]
        start = span.column - 1 + quoted if line == span.line else 0
        end = span.end_column - 1 - quoted if line == span.end_line else len(row)
        for unit in _UNITS.get(opening, _PLAIN).finditer(row, start, end):
            if not (opening == '"' and _is_space(unit[0])):
                found.append(Span(line, unit.start() + 1, line, unit.end() + 1))
    return found


def _is_space(unit: str) -> bool:
    return unit in _SPACES or (unit[:2] in ("\\x", "\\u", "\\U") and chr(int(unit[2:], 16)).isspace())
