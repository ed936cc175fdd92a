"""A YAML document as a tree that remembers where everything stood."""

from collections.abc import Iterator
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
        if isinstance(node, Mapping) and isinstance(step, str):
            entry = node.get(step)
            node = entry.value if entry else node
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
    return node


def find_key(node: Node, path: Path) -> Span:
    """Where the key that a path ends in stands; the value's place where there is no such key."""
    parent = find(node, path[:-1])
    entry = parent.get(str(path[-1])) if path and isinstance(parent, Mapping) else None
    return entry.key.span if entry else find(node, path).span


def scalars(node: Node, path: Path = ()) -> Iterator[tuple[Path, Scalar]]:
    """Every single value with its path, keys excluded."""
    if isinstance(node, Scalar):
        yield path, node
    elif isinstance(node, Sequence):
        for index, item in enumerate(node.items):
            yield from scalars(item, (*path, index))
    else:
        for key, entry in node.entries.items():
            yield from scalars(entry.value, (*path, key))


def within(source: str, span: Span, token: str) -> Span:
    """Where a piece of a value stands in the file; the value's own place where the file spells it differently."""
    lines = source.split("\n")
    for number in range(span.line, min(span.end_line, len(lines)) + 1):
        start = span.column - 1 if number == span.line else 0
        end = span.end_column - 1 if number == span.end_line else len(lines[number - 1])
        column = lines[number - 1].find(token, start, max(end, start))
        if column >= 0 and token:
            return Span(number, column + 1, number, column + 1 + len(token))
    return span
