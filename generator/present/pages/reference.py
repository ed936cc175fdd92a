"""The record reference: every field of every record, from the models themselves."""

from collections.abc import Iterator
from types import NoneType
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin, get_type_hints

from generator.model.fields import Markup, Model, Reference
from generator.model.kinds import KINDS
from generator.present.compose import Composer
from generator.present.page import Page

LANGUAGE = (
    ("**strong**", "Text that matters; in a scenario, a phrase that decides."),
    ("*emphasis*", "Stressed text."),
    ("`code`", "Something typed exactly so."),
    ("[[fine-tuning]]", "A link to a concept, by its name."),
    ("[[fine-tuning|tuned]]", "The same link with the words of the sentence."),
    ("[[service:amazon-bedrock]]", "The service's name of today, linked to the ledger."),
    ("[[decision:fine-tuning-or-rag]]", "A link to a decision."),
    ("[^weights]", "A citation: a key of the record's own evidence."),
    ("- item", "A list, where the field takes paragraphs. Numbered lists start with 1."),
)


class FieldEntry(NamedTuple):
    """A field as the reference shows it."""

    name: str
    takes: str
    part: str
    """Anchor of the part it holds, where it holds one."""
    required: bool
    text: str


class ModelEntry(NamedTuple):
    """A record or a part of one."""

    id: str
    name: str
    text: str
    fields: list[FieldEntry]


def reference_page(composer: Composer) -> Page:
    """Every field: what it takes, whether it is required, what it is for."""
    return composer.page(
        "contribute/records",
        "reference",
        "Record reference",
        "Every kind of record and every field, as the generator checks them.",
        ("The text language",),
        menu_title="Record reference",
        kinds=[(kind, [_entry(model) for model in dict.fromkeys(_models(kind.model))]) for kind in KINDS],
        language=LANGUAGE,
    )


def _models(model: type[Model]) -> Iterator[type[Model]]:
    """A model and the parts it is made of, outermost first."""
    yield model
    for hint in get_type_hints(model).values():
        for part in _parts(hint):
            yield from _models(part)


def _parts(hint: Any) -> Iterator[type[Model]]:
    if isinstance(hint, type) and issubclass(hint, Model):
        yield hint
    for argument in get_args(hint):
        yield from _parts(argument)


def _entry(model: type[Model]) -> ModelEntry:
    hints = get_type_hints(model, include_extras=True)
    fields = [
        FieldEntry(
            name,
            _takes(hints[name]),
            next((_id(part) for part in _parts(get_type_hints(model)[name])), ""),
            field.is_required(),
            " ".join((field.description or "").split()),
        )
        for name, field in model.model_fields.items()
    ]
    return ModelEntry(_id(model), model.__name__, " ".join((model.__doc__ or "").split()), fields)


def _id(model: type[Model]) -> str:
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in model.__name__).lstrip("-")


def _takes(hint: Any) -> str:
    """What a field takes, in words."""
    origin = get_origin(hint)
    if origin is Annotated:
        base, *metadata = get_args(hint)
        for mark in metadata:
            if isinstance(mark, Reference):
                return f"id of {'an' if mark.to[0] in 'aeiou' else 'a'} {mark.to}"
            if isinstance(mark, Markup):
                return ("paragraphs" if mark.blocks else "one line") + (", cited" if mark.claim else "")
        return _takes(base)
    if origin is Literal:
        return ", ".join(get_args(hint))
    if origin is tuple:
        return f"list: {_takes(get_args(hint)[0])}"
    if origin is dict:
        return "keys with values"
    options = [option for option in get_args(hint) if option is not NoneType]
    if options:
        return " or ".join(_takes(option) for option in options)
    if isinstance(hint, type) and issubclass(hint, Model):
        return hint.__name__
    return {"str": "text", "int": "whole number", "bool": "true or false", "date": "day (YYYY-MM-DD)"}[hint.__name__]
