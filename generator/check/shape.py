"""Holds a record's tree against its model and explains every misfit in our words, at its place."""

import difflib
from collections.abc import Iterator
from typing import Any, get_args

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from generator.diagnostics.diagnostic import Diagnostic
from generator.diagnostics.place import Path, Span
from generator.model.fields import Model
from generator.read.tree import Mapping, Node, Scalar, Sequence, find, find_key, scalars, to_data

_WANTED = {
    "string_type": "text",
    "tuple_type": "a list (lines that start with -)",
    "model_type": "keys with values",
    "model_attributes_type": "keys with values",
    "dict_type": "keys with values",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "date_type": "a day (YYYY-MM-DD)",
}


def shape(model: type[Model], root: Node, file: str) -> tuple[Model | None, list[Diagnostic]]:
    """The record, or None with what is wrong: unknown and missing keys, types, lengths, forms."""
    empty = [
        Diagnostic(
            "R304", file, find_key(root, path), path, f"`{path[-1]}` has no value", "Give a value or delete the line."
        )
        for path, scalar in scalars(root)
        if scalar.text is None and path
    ]
    try:
        record = model.model_validate(to_data(root))
    except ValidationError as error:
        return None, empty + list(_explain(error, model, root, file))
    return record, empty


def _explain(error: ValidationError, model: type[Model], root: Node, file: str) -> Iterator[Diagnostic]:
    problems = error.errors(include_url=False)
    unknown = {_path(root, p["loc"]) for p in problems if p["type"] == "extra_forbidden"}
    mended: set[Path] = set()
    for problem in problems:
        if problem["type"] == "extra_forbidden":
            path = _path(root, problem["loc"])
            owner, _ = _field(model, path[:-1])
            names = list(owner.model_fields) if owner else []
            present = node.entries if isinstance(node := find(root, path[:-1]), Mapping) else {}
            guess = difflib.get_close_matches(str(path[-1]), [n for n in names if n not in present], 1)
            if guess:
                mended.add((*path[:-1], guess[0]))
            hint = f"Did you mean `{guess[0]}`?" if guess else f"Delete it. Keys here: {', '.join(names)}."
            yield Diagnostic("R301", file, find_key(root, path), path, f"unknown key `{path[-1]}`", hint)
    for problem in problems:
        path = _path(root, problem["loc"])
        node = find(root, path)
        if problem["type"] == "extra_forbidden" or _follows(problem, node):
            continue
        if problem["type"] == "missing":
            path = (*_path(root, problem["loc"][:-1]), problem["loc"][-1])
            if path not in mended and path not in unknown:
                yield _missing(model, root, path, file)
        else:
            span = find_key(root, path) if problem["loc"][-1] == "[key]" else node.span
            found = f"key `{path[-1]}`" if problem["loc"][-1] == "[key]" else _describe(node)
            yield _misfit(problem, model, node, path, file, span, found)


def _follows(problem: Any, node: Node) -> bool:
    """True where another finding says it already: no value at all, or entries that are there but wrong themselves."""
    if isinstance(node, Scalar):
        return node.text is None
    count = len(node.items if isinstance(node, Sequence) else node.entries)
    return bool(problem["type"] == "too_short" and count >= problem["ctx"]["min_length"])


def _missing(model: type[Model], root: Node, path: Path, file: str) -> Diagnostic:
    _, field = _field(model, path)
    span = find_key(root, path[:-1]) if len(path) > 1 else Span(1, 1, 1, 2)
    parent = find(root, path[:-1])
    if len(path) > 1 and isinstance(path[-2], int):
        span = Span(parent.span.line, parent.span.column, parent.span.line, parent.span.column + 1)
    return Diagnostic("R302", file, span, path, f"key `{path[-1]}` is missing", f"Add `{path[-1]}`: {_help(field)}")


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
        length = len(node.text or "") if isinstance(node, Scalar) else context["actual_length"]
        code, message = "R305", f"{length} {unit}; at most {context['max_length']} are allowed"
    elif kind in ("literal_error", "union_tag_invalid"):
        choices = context.get("expected") or context.get("expected_tags")
        code, message = "R306", f"found {found}; expected one of {choices}"
        words = [word.strip(" '\"") for word in choices.replace(" or ", ", ").split(",")]
        guess = difflib.get_close_matches(str(getattr(node, "text", "")), words, 1)
        hint = f"Did you mean `{guess[0]}`?" if guess else hint
    elif kind == "union_tag_not_found":
        code, message = "R302", "key `type` is missing"
        hint = "Add `type`: single, multiple, ordering or matching."
    elif kind == "string_pattern_mismatch":
        message = f"found {found}; expected the form {_FORMS.get(context['pattern'], context['pattern'])}"
    elif kind in ("greater_than_equal", "less_than_equal"):
        limit = f"from {context['ge']}" if "ge" in context else f"up to {context['le']}"
        message = f"found {found}; expected a number {limit}"
    elif kind == "missing":
        code = "R302"
    return Diagnostic(code, file, span, path, message, hint)


_FORMS = {
    r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$": "of an id: lower-case words joined by hyphens",
    r"^[A-Z]{3}-C\d{2}$": "of an exam code, like AIF-C01",
    r"^\d{1,2}\.\d{1,2}\.\d{1,2}$": "of an objective number, like 3.3.1",
    r"^\d{1,2}\.\d{1,2}$": "of a task number, like 3.3",
    r"^\d{4}-(0[1-9]|1[0-2])$": "YYYY-MM",
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


def _describe(node: Node) -> str:
    if isinstance(node, Sequence):
        return "a list"
    if isinstance(node, Mapping):
        return "keys with values"
    text = " ".join((node.text or "").split())
    return f"`{text if len(text) <= 40 else text[:39] + '…'}`"
