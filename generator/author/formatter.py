"""A record's canonical form, made by moving and shifting its own lines: nothing is written anew but quotes."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from types import UnionType
from typing import Annotated, Any, NamedTuple, TypeGuard, Union, get_args, get_origin

import yaml

from generator.model.fields import Model
from generator.model.kinds import RecordKind
from generator.read.events import parse
from generator.read.text import hidden_character
from generator.read.tree import Entry, Mapping, Node, Scalar, Sequence, to_data

STEP = 2
_FLOW_UNSAFE = re.compile(r"[,?\[\]{}]")  # YAML 1.1 ends a text at ? inside brackets, 1.2 does not
_UNSAFE = re.compile(r"""\s|[?:,\[\]{}#&*!|>'"%@`]|-(?:[\s-]|$)|.*(?::(?:\s|$)|\s#|\s$)""")
_NO_STRING = re.compile(
    r"[yYnN]|[-+]?\d+|0o[0-7]+|0x[\da-fA-F]+|[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?"
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)
_STAYS_ON_TOP = re.compile(r"%|---|#\s*yaml-language-server:|#\s*vim?:|#.*-\*-")
_STRING, _NULL = "tag:yaml.org,2002:str", "tag:yaml.org,2002:null"
_YAML_1_1: Any = yaml.resolver.Resolver()


class _Unsure(Exception):
    """Raised where the text is written in a way this module does not know."""


def format_record(text: str, kind: RecordKind) -> str:
    """The record in canonical form: order of keys, quotes, indentation, line ends.

    It holds the same data, every comment, and every block text as it was. A text that is not a clean YAML mapping,
    or that cannot be brought into the form without a change of data, comes back as it is.
    """
    source = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    try:
        quoted = _quote(source, _read(source), kind.model)
        formatted = _lay_out(quoted, _read(quoted), kind.model)
        same = to_data(_read(formatted)) == to_data(_read(source))
    except _Unsure:
        return text
    return formatted if same and not _comments(source) - _comments(formatted) else text


def _read(text: str) -> Mapping:
    root, found = parse(text, "")
    if found or hidden_character(text) or not _is_block(root, text.split("\n")) or not isinstance(root, Mapping):
        raise _Unsure
    return root


def _is_block(node: Node | None, lines: list[str]) -> TypeGuard[Mapping | Sequence]:
    """True for a mapping or list written without brackets."""
    return isinstance(node, Mapping | Sequence) and lines[node.span.line - 1][node.span.column - 1] not in "{["


def _comments(text: str) -> Counter[str]:
    return Counter(line.strip() for line in text.split("\n") if line.lstrip().startswith("#"))


# What the model says about a place


def _choices(annotation: Any) -> tuple[Any, ...]:
    """The types a field may have, with unions and annotations taken apart."""
    if get_origin(annotation) is Annotated:
        return _choices(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return tuple(choice for argument in get_args(annotation) for choice in _choices(argument))
    return (annotation,)


def _fields(annotation: Any, node: Mapping) -> dict[str, Any]:
    """Keys in canonical order with their types. Of several models, the one that shares the most keys decides."""
    choices = _choices(annotation)
    models = [choice for choice in choices if isinstance(choice, type) and issubclass(choice, Model)]
    if models:
        model = max(models, key=lambda model: len(model.model_fields.keys() & node.entries.keys()))
        return {name: field.annotation for name, field in model.model_fields.items()}
    values = [get_args(choice)[1] for choice in choices if get_origin(choice) is dict]
    return dict.fromkeys(node.entries, values[0]) if values else {}


def _item(annotation: Any) -> Any:
    """The type of a list's items, or None where the model expects no list."""
    return next((get_args(choice)[0] for choice in _choices(annotation) if get_origin(choice) is tuple), None)


# Quotes


class _Value(NamedTuple):
    """A key or value, with what decides how it is quoted."""

    scalar: Scalar
    annotation: Any
    in_flow: bool
    is_key: bool = False


def _quote(text: str, root: Mapping, model: type[Model]) -> str:
    """The text with canonical quotes around every key and value of one line."""
    lines = text.split("\n")
    values = (value for value in _values(root, model, False, lines) if value.scalar.span.line <= len(lines))
    for value in sorted(values, key=lambda value: value.scalar.span, reverse=True):
        (content, span), line = value.scalar, lines[value.scalar.span.line - 1]
        before, after = line[: span.column - 1], line[span.end_column - 1 :]
        if span.line != span.end_line or not _may_change(value, line[span.column - 1 : span.column], after):
            continue
        escaped = str(content).replace("\\", "\\\\").replace('"', '\\"')
        lines[span.line - 1] = before + (str(content) if _is_plain(value) else f'"{escaped}"') + after
    return "\n".join(lines)


def _values(node: Node, annotation: Any, in_flow: bool, lines: list[str]) -> Iterator[_Value]:
    if isinstance(node, Scalar):
        yield _Value(node, annotation, in_flow)
        return
    in_flow = in_flow or not _is_block(node, lines)
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _values(item, _item(annotation), in_flow, lines)
        return
    fields = _fields(annotation, node)
    for name, entry in node.entries.items():
        yield _Value(entry.key, str, in_flow, is_key=True)
        yield from _values(entry.value, fields.get(name), in_flow, lines)


def _may_change(value: _Value, first: str, after: str) -> bool:
    """False where nothing is known of the field, a character would not show, or `:` needs the quote before it."""
    content = value.scalar.text
    if content is None or value.annotation is None or not content.isprintable() or first in ("|", ">"):
        return False
    return not value.is_key or bool(re.match(r"\s*:(\s|$)", after))


def _is_plain(value: _Value) -> bool:
    """True where YAML 1.1 and 1.2 read the bare text alike: as this text, or as what the field is typed."""
    content = str(value.scalar.text)
    tag = _YAML_1_1.resolve(yaml.ScalarNode, content, (True, False))
    if tag == _NULL or _UNSAFE.match(content) or (value.in_flow and _FLOW_UNSAFE.search(content)):
        return False
    typed = any(choice in (int, bool, date) for choice in _choices(value.annotation))
    return typed or (tag == _STRING and not _NO_STRING.fullmatch(content))


# Order and indentation


def _lay_out(text: str, root: Mapping, model: type[Model]) -> str:
    layout = _Layout(text.split("\n"))
    top = layout.top_end(root.span.line - 1)
    head = layout.loose(0, top, 0)
    body = layout.mapping(root, model, top, len(layout.lines), 0)
    if body[0] == "" and (not head or head[-1] == ""):
        del body[0]
    return "\n".join(head + body).strip("\n") + "\n"


class _Layout:
    """Writes the lines of a node's place in the file in canonical order and indentation. Lines count from 0."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines

    def top_end(self, first_key: int) -> int:
        """Where the block of comments and modelines ends that stays at the top of the file."""
        fixed = [n for n in range(first_key) if _STAYS_ON_TOP.match(self.lines[n])]
        start = max(fixed, default=next((n for n in range(first_key) if self.lines[n].strip()), first_key))
        return next((n + 1 for n in range(start, first_key) if not self.lines[n].strip()), first_key)

    def block(self, node: Mapping | Sequence, annotation: Any, start: int, end: int, indent: int) -> list[str]:
        """The lines from `start` to before `end`: a mapping or list without brackets, and comments around it."""
        if isinstance(node, Mapping):
            return self.mapping(node, annotation, start, end, indent)
        return self.sequence(node, annotation, start, end, indent)

    def mapping(self, node: Mapping, annotation: Any, start: int, end: int, indent: int) -> list[str]:
        """A mapping's entries in the model's order; comments below the last one stay below."""
        column, fields, chunks = node.span.column - 1, _fields(annotation, node), {}
        entries = list(node.entries.items())
        begins = [entry.key.span.line - 1 for _, entry in entries]
        cuts = self.cuts([entry.value for _, entry in entries], begins, column, start, end)
        for number, (name, entry) in enumerate(entries):
            if entry.key.span.column - 1 != column or self.lines[begins[number]][:column].strip():
                raise _Unsure
            chunks[name] = self.entry(entry, fields.get(name), cuts[number], cuts[number + 1], column, indent)
        ranks = {name: rank for rank, name in enumerate(fields)}
        order = sorted(chunks, key=lambda name: ranks.get(name, len(ranks)))
        return [line for name in order for line in chunks[name]] + self.loose(cuts[-1], end, indent)

    def entry(self, entry: Entry, annotation: Any, start: int, end: int, column: int, indent: int) -> list[str]:
        """A key with its value, the comments above it first."""
        key = entry.key.span.line - 1
        lines = [*self.loose(start, key, indent), _shift(self.lines[key], indent - column).rstrip()]
        if _is_block(entry.value, self.lines):
            return lines + self.block(entry.value, annotation, key + 1, end, indent + STEP)
        return lines + self.rest(entry.value, key, end, indent - column, indent)

    def sequence(self, node: Sequence, annotation: Any, start: int, end: int, indent: int) -> list[str]:
        """A list's items, in their order."""
        column = node.span.column - 1
        dashes = [self.dash(item.span.line - 1, column) for item in node.items]
        cuts = self.cuts(list(node.items), dashes, column, start, end)
        lines: list[str] = []
        for item, dash, first, last in zip(node.items, dashes, cuts, cuts[1:], strict=False):
            lines += self.loose(first, dash, indent)
            if _is_block(item, self.lines):
                lines += self.nested(item, _item(annotation), dash, last, column, indent)
            else:
                lines += self.item(item, dash, last, column, indent)
        return lines + self.loose(cuts[-1], end, indent)

    def item(self, item: Node, dash: int, end: int, column: int, indent: int) -> list[str]:
        """A list's item that is a single value or in brackets."""
        begins_here = item.span.line - 1 == dash
        moved = indent + STEP - (item.span.column - 1) if begins_here else indent - column
        first = f"{' ' * indent}- {self.lines[dash][column + 1 :].strip()}".rstrip()
        return [first, *self.rest(item, dash, end, moved, indent)]

    def nested(
        self, item: Mapping | Sequence, annotation: Any, dash: int, end: int, column: int, indent: int
    ) -> list[str]:
        """A list's item that is a mapping or list itself: the dash goes before whatever comes first in it now."""
        self.lines[dash] = (" " * (column + 1) + self.lines[dash][column + 1 :]).rstrip()
        body = self.block(item, annotation, dash if self.lines[dash] else dash + 1, end, indent + STEP)
        first = next(n for n, line in enumerate(body) if line and not line.lstrip().startswith("#"))
        comments = [" " * indent + line.strip() for line in body[:first] if line]
        return [*comments, f"{' ' * indent}- {body[first].lstrip()}", *body[first + 1 :]]

    def rest(self, value: Node, first: int, end: int, moved: int, indent: int) -> list[str]:
        """What follows the first line of a value that is no block collection, comments below it included."""
        last = self.last(value)
        lines, written = self.lines[first + 1 : last + 1], self.lines[value.span.line - 1][value.span.column - 1 :]
        if written.startswith(("|", ">")):
            if not re.match(r".[-+]?\d", written):
                moved = indent + STEP - self.text_indent(first + 1, last)
            return [_shift(line, moved) for line in lines] + self.loose(last + 1, end, indent)
        return [_shift(line, moved).rstrip() for line in lines] + self.loose(last + 1, end, indent)

    def cuts(self, nodes: list[Node], begins: list[int], column: int, start: int, end: int) -> list[int]:
        """Where each entry's lines begin, comments above it included, and where the last one's end."""
        ends = [self.last(node) + 1 for node in nodes]
        return [start] + [self.cut(*gap, column) for gap in zip(ends, [*begins[1:], end], strict=True)]

    def cut(self, start: int, end: int, column: int) -> int:
        """Between two entries: comments indented deeper belong to the one before, the others to the one after."""
        cut = next((n for n in range(start, end) if self.lines[n].strip() and _indent(self.lines[n]) <= column), end)
        while cut > start and not self.lines[cut - 1].strip():
            cut -= 1
        return cut

    def loose(self, start: int, end: int, indent: int) -> list[str]:
        """Comments at the given indentation; blank lines, one at a time."""
        lines: list[str] = []
        for line in map(str.strip, self.lines[start:end]):
            if line or not lines or lines[-1]:
                lines.append(" " * indent + line if line else "")
        return lines

    def dash(self, line: int, column: int) -> int:
        """The line of an item's dash, from the line of its value up."""
        while line >= 0 and (self.lines[line][column : column + 1] != "-" or self.lines[line][:column].strip()):
            line -= 1
        if line < 0:
            raise _Unsure
        return line

    def text_indent(self, start: int, last: int) -> int:
        """The indentation of a block text, which its first line that is not blank sets."""
        return next((_indent(line) for line in self.lines[start : last + 1] if line.strip()), 0)

    def last(self, node: Node) -> int:
        """The last line that a node's own text takes."""
        if _is_block(node, self.lines):
            return self.last(node.items[-1] if isinstance(node, Sequence) else list(node.entries.values())[-1].value)
        last = node.span.end_line - (node.span.end_line > node.span.line and node.span.end_column == 1) - 1
        text_indent = self.text_indent(node.span.line, last)
        while last >= node.span.line and not self.lines[last].strip() and len(self.lines[last]) <= text_indent:
            last -= 1
        return last


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _shift(line: str, by: int) -> str:
    if by < 0:
        return line[min(-by, _indent(line)) :]
    return " " * by + line if line else line
