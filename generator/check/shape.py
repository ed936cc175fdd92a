"""Holds a record's tree against its model and explains every misfit in our words, at its place."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any, get_args

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from generator.check.guess import MOST_GUESSES, nearest
from generator.diagnostics.diagnostic import Diagnostic
from generator.diagnostics.place import Path, Span
from generator.model.check import Choice, Matching, Ordering
from generator.model.fields import Model
from generator.read.tree import Mapping, Node, Scalar, Sequence, child, find, find_key, to_data

_WANTED = {
    "string_type": "text",
    "tuple_type": "a list (lines that start with -)",
    "model_type": "keys with values",
    "model_attributes_type": "keys with values",
    "dict_type": "keys with values",
    "int_type": "a whole number, like 12",
    "bool_type": "true or false",
    "date_type": "a day (YYYY-MM-DD)",
}


def shape(
    model: type[Model], root: Mapping, values: Iterable[tuple[Path, Scalar]], file: str, known: Collection[Path] = ()
) -> tuple[Model | None, list[Diagnostic]]:
    """The record, or None with what is wrong: unknown and missing keys, types, lengths, forms.

    `values` are the single values of the tree, `known` the paths that have a finding already; nothing is said twice.
    """
    empty = [
        Diagnostic(
            "R304", file, _nothing(root, path, scalar), path, _no_value(path), "Give a value or delete the line."
        )
        for path, scalar in values
        if scalar.text is None and path not in known
    ]
    try:
        record = model.model_validate(to_data(root))
    except ValidationError as error:
        return None, empty + [found for found in _explain(error, model, root, file) if found.field not in known]
    return record, empty


def _nothing(root: Mapping, path: Path, scalar: Scalar) -> Span:
    """Where a missing value is shown: at the word that stands for nothing, else at its key or its dash."""
    span = scalar.span
    if (span.line, span.column) != (span.end_line, span.end_column):
        return span
    if isinstance(path[-1], int):
        return Span(span.line, max(1, span.column - 1), span.line, max(2, span.column))
    return find_key(root, path)


def _no_value(path: Path) -> str:
    return f"`{_short(path[-1])}` has no value" if isinstance(path[-1], str) else "this item has no value"


def _explain(error: ValidationError, model: type[Model], root: Mapping, file: str) -> Iterator[Diagnostic]:
    problems = error.errors(include_url=False)
    missing = {
        (*_path(root, p["loc"][:-1]), p["loc"][-1]): p
        for p in problems
        if p["type"] == "missing" and not _merges(find(root, _path(root, p["loc"][:-1])))
    }
    for count, path in enumerate(
        dict.fromkeys(_path(root, p["loc"]) for p in problems if p["type"] == "extra_forbidden")
    ):
        owner, _ = _field(model, path[:-1])
        names = [name for name in owner.model_fields if child(find(root, path[:-1]), name) is None] if owner else []
        guess = nearest(str(path[-1]), names) if count < MOST_GUESSES else None
        elsewhere = next((other for other in missing if other[-1] == path[-1]), None)
        if guess:
            missing.pop((*path[:-1], guess), None)
            hint = f"Did you mean `{guess}`?"
        elif elsewhere:
            missing.pop(elsewhere)
            parent = f"belongs under `{_short(elsewhere[-2])}`" if len(elsewhere) > 1 else "belongs at the left margin"
            hint = f"It {parent}: check the indentation."
        else:
            hint = f"Delete it. Keys here: {', '.join(owner.model_fields if owner else ())}."
        yield Diagnostic("R301", file, find_key(root, path), path, f"unknown key `{_short(path[-1])}`", hint)
    for problem in problems:
        path = _path(root, problem["loc"])
        node = find(root, path)
        if problem["type"] in ("extra_forbidden", "missing") or _follows(problem, node):
            continue
        if problem["type"].startswith("union_tag") and isinstance(node, Mapping):
            tag = child(node, "type")
            if not (isinstance(tag, Scalar) and tag.text is None):
                yield _wrong_tag(problem, model, root, node, path, file)
        else:
            span = find_key(root, path) if problem["loc"][-1] == "[key]" else node.span
            found = f"key `{_short(path[-1])}`" if problem["loc"][-1] == "[key]" else _describe(node)
            yield _misfit(problem, model, node, path, file, span, found)
    for path in missing:
        yield _missing(model, root, path, file)


def _merges(node: Node) -> bool:
    """True where a merge key stands for keys that cannot be seen."""
    return isinstance(node, Mapping) and "<<" in node.entries


def _follows(problem: Any, node: Node) -> bool:
    """True where another finding says it already: no value at all, or entries that are there but wrong themselves."""
    if isinstance(node, Scalar):
        return node.text is None
    count = len(node.items if isinstance(node, Sequence) else node.entries)
    return bool(problem["type"] == "too_short" and count >= problem["ctx"]["min_length"])


def _missing(model: type[Model], root: Mapping, path: Path, file: str) -> Diagnostic:
    _, field = _field(model, path)
    span = _parent_key(root, path[:-1])
    return Diagnostic("R302", file, span, path, f"key `{path[-1]}` is missing", f"Add `{path[-1]}`: {_help(field)}")


def _parent_key(root: Mapping, path: Path) -> Span:
    """The key whose value lacks something; for an item of a list, and for the record itself, its first key."""
    if path and isinstance(path[-1], str):
        return find_key(root, path)
    parent = find(root, path)
    if isinstance(parent, Mapping) and parent.entries:
        return next(iter(parent.entries.values())).key.span
    return Span(parent.span.line, parent.span.column, parent.span.line, parent.span.column + 1)


def _wrong_tag(problem: Any, model: type[Model], root: Mapping, node: Mapping, path: Path, file: str) -> Diagnostic:
    """A practice item whose `type` is missing, misspelled or not one of the choices."""
    tag = node.get("type")
    choices = ("single", "multiple", "ordering", "matching")
    if tag is not None:
        context = {"expected": problem["ctx"]["expected_tags"]}
        literal = {"type": "literal_error", "msg": "", "ctx": context}
        return _misfit(literal, model, tag.value, (*path, "type"), file, tag.value.span, _describe(tag.value))
    slip = next((key for key in node.entries if key not in _ITEM_KEYS and nearest(key, ["type"])), None)
    if slip:
        span = node.entries[slip].key.span
        return Diagnostic("R301", file, span, (*path, slip), f"unknown key `{_short(slip)}`", "Did you mean `type`?")
    hint = f"Add `type`: {', '.join(choices[:-1])} or {choices[-1]}."
    return Diagnostic("R302", file, _parent_key(root, path), (*path, "type"), "key `type` is missing", hint)


_ITEM_KEYS = {name for part in (Choice, Ordering, Matching) for name in part.model_fields}


def _misfit(problem: Any, model: type[Model], node: Node, path: Path, file: str, span: Span, found: str) -> Diagnostic:
    kind, context = problem["type"], problem.get("ctx", {})
    _, field = _field(model, path)
    hint = _help(field)
    code, message = "R307", problem["msg"]
    if kind in _WANTED:
        code, message = "R303", f"found {found}; expected {_WANTED[kind]}"
    elif kind in ("string_too_short", "too_short"):
        code = "R304" if context["min_length"] == 1 else "R305"
        message = (
            "it is empty"
            if code == "R304"
            else f"found {context['actual_length']}; at least {context['min_length']} are needed"
        )
    elif kind in ("string_too_long", "too_long"):
        unit = "characters" if kind == "string_too_long" else "entries"
        text = node.text if isinstance(node, Scalar) and span == node.span else str(path[-1])
        length = len((text or "").strip()) if kind == "string_too_long" else context["actual_length"]
        code, message = "R305", f"{length} {unit}; at most {context['max_length']} are allowed"
    elif kind == "literal_error":
        choices = context["expected"]
        code, message = "R306", f"found {found}; expected one of {choices}"
        words = [word.strip(" '\"") for word in choices.replace(" or ", ", ").split(",")]
        guess = nearest(str(getattr(node, "text", "")), words)
        hint = f"Did you mean `{guess}`?" if guess else hint
    elif kind == "string_pattern_mismatch":
        message = f"found {found}; expected the form {_FORMS.get(context['pattern'], context['pattern'])}"
    elif kind in ("greater_than_equal", "less_than_equal"):
        limit = f"from {context['ge']}" if "ge" in context else f"up to {context['le']}"
        message = f"found {found}; expected a number {limit}"
    return Diagnostic(code, file, span, path, message, hint)


_FORMS = {
    r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$": "of an id: lower-case words joined by hyphens",
    r"^[A-Z]{3}-C\d{2}$": "of an exam code, like AIF-C01",
    r"^[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{1,2}$": "of an objective number, like 3.3.1",
    r"^[0-9]{1,2}\.[0-9]{1,2}$": "of a task number, like 3.3",
    r"^[0-9]{4}-(0[1-9]|1[0-2])$": "YYYY-MM",
}


def _path(root: Node, loc: tuple[str | int, ...]) -> Path:
    """The steps of a pydantic location that the tree knows; drops union and key markers."""
    path: Path = ()
    node = root
    for step in loc:
        if isinstance(node, Mapping) and isinstance(step, str) and (entry := node.get(step)):
            node, path = entry.value, (*path, step)
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node, path = node.items[step], (*path, step)
    return path


def _field(model: type[Model], path: Path) -> tuple[type[Model] | None, FieldInfo | None]:
    """The innermost model on the way to a path, and the innermost field's description."""
    owner: type[Model] | None = model
    field: FieldInfo | None = None
    for step in path:
        if owner and isinstance(step, str) and step in owner.model_fields:
            field = owner.model_fields[step]
            owner = _model_in(field.annotation)
    return owner, field


def _model_in(annotation: Any) -> type[Model] | None:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return annotation
    return next((found for arg in get_args(annotation) if (found := _model_in(arg))), None)


def _help(field: FieldInfo | None) -> str:
    return " ".join((field.description or "").split()) if field else ""


def _short(text: object) -> str:
    """A text of one line, cut where it is long."""
    line = " ".join(str(text).split())
    return line if len(line) <= 40 else line[:39] + "…"


def _describe(node: Node) -> str:
    if isinstance(node, Sequence):
        return "a list"
    if isinstance(node, Mapping):
        return "keys with values"
    text = _short(node.text or "")
    return f"`{text}`" if text else "an empty text"
