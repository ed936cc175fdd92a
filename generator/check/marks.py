"""Finds the fields of a record that rules care about, by the marks on their types.

Works on the tree, not on the finished model, so that a record with one wrong field is still checked in all others.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
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
    return iter(_visit(_plan_of(model), root, (), []))


@dataclass(frozen=True, slots=True)
class _Plan:
    """What to look for in a node: an annotation taken apart once, because every record is held against it."""

    marks: tuple[Markup | Reference, ...] = ()
    item: "_Plan | None" = None
    """Of a list's items."""
    key: "_Plan | None" = None
    value: "_Plan | None" = None
    """Of a mapping's values."""
    fields: tuple[tuple[str, "_Plan"], ...] = ()
    """Of a model's fields; those without anything to look for are left out."""
    is_table: bool = False
    options: tuple[tuple[tuple[str, ...], "_Plan"], ...] = ()
    """Of a union: the words that its member's `type` can have."""

    @property
    def is_empty(self) -> bool:
        return self == _Plan()


@cache
def _plan_of(model: type[Model]) -> _Plan:
    hints = get_type_hints(model, include_extras=True)
    fields = [(name, _plan(hints[name])) for name in model.model_fields]
    return _Plan(fields=tuple(field for field in fields if not field[1].is_empty), is_table=model is Table)


def _plan(kind: Any) -> _Plan:
    origin = get_origin(kind)
    if origin is Annotated:
        base, *metadata = get_args(kind)
        plan = _plan(base)
        return replace(plan, marks=(*(m for m in metadata if isinstance(m, Markup | Reference)), *plan.marks))
    if origin is Union or origin is UnionType:
        options = [option for option in get_args(kind) if option is not NoneType]
        if len(options) == 1:
            return _plan(options[0])
        tags = [get_args(option.model_fields["type"].annotation) for option in options]
        return _Plan(options=tuple(zip(tags, map(_plan, options), strict=True)))
    if origin is tuple:
        return _Plan(item=_or_none(_plan(get_args(kind)[0])))
    if origin is dict:
        key, value = map(_plan, get_args(kind))
        return _Plan(key=_or_none(key), value=_or_none(value))
    return _plan_of(kind) if isinstance(kind, type) and issubclass(kind, Model) else _Plan()


def _or_none(plan: _Plan) -> _Plan | None:
    return None if plan.is_empty else plan


def _visit(plan: _Plan, node: Node, path: Path, found: list[Mark | TableMark]) -> list[Mark | TableMark]:
    if isinstance(node, Scalar):
        if node.text is not None:
            for mark in plan.marks:
                found.append(Mark(path, mark, node.text, node.span))
    elif isinstance(node, Sequence):
        if plan.item:
            for index, item in enumerate(node.items):
                _visit(plan.item, item, (*path, index), found)
    else:
        _visit_mapping(plan, node, path, found)
    return found


def _visit_mapping(plan: _Plan, node: Mapping, path: Path, found: list[Mark | TableMark]) -> None:
    if plan.options:
        tag = node.get("type")
        named = [
            option
            for words, option in plan.options
            if tag and isinstance(tag.value, Scalar) and tag.value.text in words
        ]
        if named:
            _visit_mapping(named[0], node, path, found)
    if plan.is_table:
        found.append(TableMark(path, node))
    for name, part in plan.fields:
        if entry := node.entries.get(name):
            _visit(part, entry.value, (*path, name), found)
    if plan.key or plan.value:
        for key, entry in node.entries.items():
            if plan.key:
                _visit(plan.key, entry.key, (*path, key), found)
            if plan.value:
                _visit(plan.value, entry.value, (*path, key), found)
