"""JSON Schema (draft-07) of every kind of record, made from the models, so that an editor refuses what `check` refuses.

An editor types values as YAML 1.2 does, where `check` reads what was typed: a text that looks like a number, and a
number in quotes, are refused by the editor only. Rules that look at more than one value are left to `check`.
"""

import json
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from generator.check.library import Library
from generator.model import fields
from generator.model.fields import ID_PATTERN, Model, Reference
from generator.model.kinds import KINDS, RecordKind

Schema = dict[str, Any]

IDS_FILE = "ids.schema.json"
_DRAFT = {"$schema": "http://json-schema.org/draft-07/schema#"}
_ID = {"type": "string", "pattern": ID_PATTERN, "maxLength": 64}
_OFFERED = ("concept", "service", "page")

_TYPES: dict[type, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer", "minimum": 0, "maximum": 999_999_999},
    bool: {"type": "boolean"},
    date: {
        "type": "string",
        "pattern": r"^\d{4}-\d{2}-\d{2}$",
        "patternErrorMessage": "Expected a day, YYYY-MM-DD.",
        "format": "date",
    },
}
_KNOWN_CHECKS = {fields._one_line, fields._https, fields._number, fields._boolean, fields._day}
_ADDRESS = rf"^https://([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{{2,}}([/?#]{fields._ADDRESS.pattern})?$"


def schema_of(kind: RecordKind) -> Schema:
    """The schema of one kind of record. It refers to `ids.schema.json` beside it.

    Raises NotImplementedError where a field has a check of our own that nobody has put into a schema yet.
    """
    definitions: dict[str, Schema] = {}
    head = {**_DRAFT, "title": f"Signpost {kind.name}", "description": words(kind.model.__doc__)}
    return {**head, **_object(kind.model, definitions), "definitions": dict(sorted(definitions.items()))}


def ids_schema(library: Library) -> Schema:
    """The ids that the library knows, to be offered while typing. Any other id is accepted too: it may be new."""
    records = (*library.records, *library.broken)
    known = {
        "concept": {id for kind, id in records if kind == "concept"},
        "service": {id for kind, id in records if kind == "service"},
        "page": set(library.source_pages),
    }
    definitions = {name: {"anyOf": [{"enum": sorted(ids)}, _ID]} for name, ids in known.items()}
    return {**_DRAFT, "title": "Signpost ids", "definitions": definitions}


def schema_files(library: Library) -> dict[str, str]:
    """File name → text of the schema of every kind, and of the ids that the library knows."""
    return {**record_schemas(), IDS_FILE: _as_text(ids_schema(library))}


@cache
def record_schemas() -> dict[str, str]:
    """File name → text of the schema of every kind."""
    return {f"{kind.name}.schema.json": _as_text(schema_of(kind)) for kind in KINDS}


def _as_text(schema: Schema) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _object(model: type[Model], definitions: dict[str, Schema]) -> Schema:
    return {
        "type": "object",
        "properties": {
            name: {"description": words(field.description), **_beside_help(_value(field, definitions))}
            for name, field in model.model_fields.items()
        },
        "required": [name for name, field in model.model_fields.items() if field.is_required()],
        "additionalProperties": False,
    }


def _beside_help(value: Schema) -> Schema:
    """The value, so that help can stand beside it: draft-07 ignores what stands beside a `$ref`."""
    if "$ref" not in value:
        return value
    return {"type": "string" if value["$ref"].startswith(IDS_FILE) else "object", "allOf": [value]}


def _value(field: FieldInfo, definitions: dict[str, Schema]) -> Schema:
    """The schema of a value from its type and the marks on the type."""
    for mark in field.metadata:
        if isinstance(mark, Reference) and mark.to in _OFFERED:
            return {"$ref": f"{IDS_FILE}#/definitions/{mark.to}"}
    if unknown := set(_all(field, "func")) - _KNOWN_CHECKS:
        raise NotImplementedError(f"no JSON Schema for {unknown}")
    schema = _type(field.annotation, definitions)
    form = form_of(field)
    noun = {"array": "Items", "object": "Properties"}.get(schema.get("type", ""), "Length")
    limits: dict[str, Any] = {
        f"min{noun}": max(_all(field, "min_length"), default=0),
        f"max{noun}": min(_all(field, "max_length"), default=0),
        "minimum": max(_all(field, "ge"), default=0),
        "maximum": min(_all(field, "le"), default=0),
        "pattern": _ADDRESS if fields._https in _all(field, "func") else next(iter(_all(field, "pattern")), ""),
        "patternErrorMessage": form and f"Expected {form}.",
    }
    if _all(field, "strip_whitespace"):
        return schema | _trimmed(limits["minLength"], limits["maxLength"], fields._one_line in _all(field, "func"))
    return schema | {name: limit for name, limit in limits.items() if limit}


def _all(field: FieldInfo, name: str) -> list[Any]:
    """What the marks on a type say to one question."""
    return [found for mark in field.metadata if (found := getattr(mark, name, None))]


def form_of(field: FieldInfo) -> str:
    """The form of a value in a few words, like `a month, YYYY-MM`; empty for plain text and for what is no text."""
    return _FORMS.get(_marks(field), "")


def _marks(field: FieldInfo) -> tuple[Any, ...]:
    """What tells texts of different forms apart: their patterns, and checks of our own."""
    return (*_all(field, "pattern"), *_all(field, "func"))


_FORMS = {
    _marks(FieldInfo.from_annotation(known)): form
    for known, form in (
        (fields.Id, "an id: lower-case words joined by hyphens"),
        (fields.ExamCode, "an exam code, like AIF-C01"),
        (fields.ObjectiveNumber, "an objective number, like 3.3.1"),
        (fields.TaskNumber, 'a task number in quotes, like "3.3"'),
        (fields.Month, "a month, YYYY-MM"),
        (fields.Url, "an https:// address with a plain lower-case host name"),
    )
}


def _trimmed(shortest: int, longest: int, one_line: bool) -> Schema:
    """A text whose length counts without the white space around it, which the lengths of JSON Schema include."""
    inside = r"[^\n]" if one_line else r"[\s\S]"
    body = rf"\S({inside}{{0,{longest - 2}}}\S)?"
    size = f"1 to {longest:,}" if shortest else f"at most {longest:,}"
    return {
        "pattern": rf"^\s*{body if shortest else f'({body})?'}\s*$",
        "patternErrorMessage": f"{'One line' if one_line else 'Text'} of {size} characters.",
    }


def _type(annotation: Any, definitions: dict[str, Schema]) -> Schema:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return {"const": arguments[0]} if len(arguments) == 1 else {"enum": list(arguments)}
    if origin in (Union, UnionType):
        options = [_inner(option, definitions) for option in arguments if option is not NoneType]
        return options[0] if len(options) == 1 else {"oneOf": options}
    if origin is tuple:
        return {"type": "array", "items": _inner(arguments[0], definitions)}
    if origin is dict:
        key, value = arguments
        return {
            "type": "object",
            "propertyNames": _inner(key, definitions),
            "additionalProperties": _inner(value, definitions),
        }
    if issubclass(annotation, Model):
        if annotation.__name__ not in definitions:
            definitions[annotation.__name__] = _object(annotation, definitions)
        return {"$ref": f"#/definitions/{annotation.__name__}"}
    return dict(_TYPES[annotation])


def _inner(annotation: Any, definitions: dict[str, Schema]) -> Schema:
    """A type within another, with its marks."""
    return _value(FieldInfo.from_annotation(annotation), definitions)


def words(text: str | None) -> str:
    """A help text on one line; empty where there is none."""
    return " ".join((text or "").split())
