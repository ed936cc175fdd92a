"""A new record to fill in, made from the model: required fields without a value, optional ones commented out.

What is left to write is marked `# TODO`, which YAML takes for no value at all, so `check` reports each (R304) until it
is written. A key that has to be chosen is called TODO, which is neither an id nor an exam code (R307).
"""

import textwrap
from datetime import date
from itertools import takewhile
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from annotated_types import MinLen
from pydantic.fields import FieldInfo

from generator.model.fields import Evidence, Markup, Model, Reference
from generator.model.kinds import RecordKind
from generator.present.data.schema import form_of, words

Value = str | list[str]

TODO = "TODO"
_WIDTH = 100
_CELLS = 2
"""Cells in the row of a new table: as many as it has columns."""
_CITES = {False: ", cites evidence: [^key]", True: "; each cites evidence: [^key]"}
_TYPES = {bool: "true or false", int: "a whole number", date: "a day, YYYY-MM-DD"}


def scaffold(kind: RecordKind, id: str, today: date) -> str:
    """The text of a new record of that kind. Its evidence is dated `today`."""
    head = [
        f"# yaml-language-server: $schema=../../schemas/{kind.name}.schema.json",
        f"# content/{kind.folder}/{id}.yml",
        *_comment(words(kind.model.__doc__)),
        "#",
        "# Write a value in place of each TODO. To use an optional field, delete the `# ` before its lines.",
        "",
    ]
    return "\n".join([*head, *_fields(kind.model, today)]) + "\n"


def _fields(model: type[Model], today: date) -> list[str]:
    """All fields of a record or part, each below its help."""
    lines: list[str] = []
    for name, field in model.model_fields.items():
        required = field.is_required()
        value = today.isoformat() if (model, name) == (Evidence, "checked") else _value(field, today)
        entry = _entry(name, value)
        lines += _comment(words(field.description) if required else f"Optional. {words(field.description)}")
        lines += entry if required else [f"# {line}" for line in entry]
    return lines


def _value(field: FieldInfo, today: date) -> Value:
    """What stands for a value: one word or mark, or the lines of a list or of keys."""
    field = _given(field)
    if get_origin(field.annotation) is tuple:
        return _list(field, today, _least(field))
    if get_origin(field.annotation) is dict:
        key, value = (FieldInfo.from_annotation(part) for part in get_args(field.annotation))
        return [*_comment(f"In place of the key {TODO}: {_takes(key)}."), *_entry(TODO, _value(value, today))]
    if get_origin(field.annotation) is Literal:
        choices = get_args(field.annotation)
        return choices[0] if len(choices) == 1 else f"# {TODO} one of: {', '.join(choices)}"
    if isinstance(field.annotation, type) and issubclass(field.annotation, Model):
        return _fields(field.annotation, today)
    return f"# {TODO} {_takes(field)}"


def _list(field: FieldInfo, today: date, least: int) -> list[str]:
    """An entry of each form that the list takes, and copies without help where it needs more."""
    inner = FieldInfo.from_annotation(get_args(field.annotation)[0])
    if get_origin(inner.annotation) is tuple:
        return _item(_list(inner, today, _CELLS))
    forms = [FieldInfo.from_annotation(form) for form in _options(inner.annotation)]
    values = [_value(form, today) for form in forms] if len(forms) > 1 else [_value(inner, today)]
    copies = [_without_help(values[0])] * (least - len(values))
    return [line for value in (*values, *copies) for line in _item(value)]


def _entry(key: str, value: Value) -> list[str]:
    return [f"{key}: {value}"] if isinstance(value, str) else [f"{key}:", *(f"  {line}" for line in value)]


def _item(value: Value) -> list[str]:
    """An entry of a list, below the help of its first key."""
    if isinstance(value, str):
        return [f"- {value}"]
    help = list(takewhile(lambda line: line.startswith("#"), value))
    first, *others = value[len(help) :]
    return [*help, f"- {first}", *(f"  {line}" for line in others)]


def _without_help(value: Value) -> Value:
    return value if isinstance(value, str) else [line for line in value if not line.lstrip().startswith("#")]


def _given(field: FieldInfo) -> FieldInfo:
    """The field as it is where it is given at all."""
    options = _options(field.annotation)
    return FieldInfo.from_annotation(options[0]) if len(options) == 1 else field


def _options(annotation: Any) -> list[Any]:
    """The members of a union; none where it is not one."""
    is_union = get_origin(annotation) in (Union, UnionType)
    return [option for option in get_args(annotation) if option is not NoneType] if is_union else []


def _least(field: FieldInfo) -> int:
    return next((mark.min_length for mark in field.metadata if isinstance(mark, MinLen)), 0)


def _takes(field: FieldInfo) -> str:
    """What a single value is, in a few words."""
    if field.annotation in _TYPES:
        return _TYPES[field.annotation]
    marks = field.metadata
    reference = next((mark.to for mark in marks if isinstance(mark, Reference) and mark.to != "exam"), None)
    if reference:
        return "key of the evidence" if reference == "evidence" else f"id of a {reference}"
    if form := form_of(field):
        return form
    text = next((mark for mark in marks if isinstance(mark, Markup)), None)
    longest = next((f", at most {m.max_length:,} characters" for m in marks if getattr(m, "max_length", None)), "")
    shape = "paragraphs or lists below a |" if text and text.blocks else "one line"
    return f"{shape}{longest}{_CITES[text.blocks] if text and text.claim else ''}"


def _comment(text: str) -> list[str]:
    return [f"# {line}" for line in textwrap.wrap(text, _WIDTH)]
