"""Finds the fields of a record that rules care about, by the marks on their types.

Works on the tree, not on the finished model, so that a record with one wrong field is still checked in all others.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from generator.diagnostics.place import Path, Span
from generator.model.fields import Markup, Model, Reference, Table
from generator.read.tree import Mapping, Node, Scalar, Sequence


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked text in a record."""

    field: Path
    kind: Markup | Reference
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class TableMark:
    """A comparison table in a record."""

    field: Path
    node: Mapping


def marks(model: type[Model], root: Node) -> Iterator[Mark | TableMark]:
    """Every marked text and every table of a record's tree, in the order of the model's fields."""
    return _visit(model, root, ())


@cache
def _fields(model: type[Model]) -> dict[str, Any]:
    hints = get_type_hints(model, include_extras=True)
    return {name: hints[name] for name in model.model_fields}


def _visit(kind: Any, node: Node, path: Path) -> Iterator[Mark | TableMark]:
    origin = get_origin(kind)
    if origin is Annotated:
        base, *metadata = get_args(kind)
        if isinstance(node, Scalar) and node.text is not None:
            for mark in metadata:
                if isinstance(mark, Markup | Reference):
                    yield Mark(path, mark, node.text, node.span)
        yield from _visit(base, node, path)
    elif origin is Union or origin is UnionType:
        for option in _options(kind, node):
            yield from _visit(option, node, path)
    elif origin is tuple and isinstance(node, Sequence):
        for index, item in enumerate(node.items):
            yield from _visit(get_args(kind)[0], item, (*path, index))
    elif origin is dict and isinstance(node, Mapping):
        key_kind, value_kind = get_args(kind)
        for key, entry in node.entries.items():
            yield from _visit(key_kind, entry.key, (*path, key))
            yield from _visit(value_kind, entry.value, (*path, key))
    elif isinstance(kind, type) and issubclass(kind, Model) and isinstance(node, Mapping):
        if kind is Table:
            yield TableMark(path, node)
        for name, field_kind in _fields(kind).items():
            if found := node.get(name):
                yield from _visit(field_kind, found.value, (*path, name))


def _options(kind: Any, node: Node) -> list[Any]:
    """The members of a union that the node can be; for practice items the one its `type` names."""
    options = [option for option in get_args(kind) if option is not NoneType]
    tag = node.get("type") if isinstance(node, Mapping) else None
    if len(options) == 1 or tag is None or not isinstance(tag.value, Scalar):
        return options[:1]
    named = [o for o in options if tag.value.text in get_args(o.model_fields["type"].annotation)]
    return named[:1]
