"""Rules that one record keeps by itself.

They work on the tree, so that a record with one wrong field is still checked in all others.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from generator.check.answer_rules import items_have_answers, scenarios_decide
from generator.check.claim_rules import brackets_are_links, citations_and_evidence_agree, claims_cite, rows_fit_columns
from generator.check.exam_rules import exam_adds_up
from generator.check.foreign_text import no_foreign_text
from generator.check.record import Record
from generator.diagnostics.diagnostic import Diagnostic
from generator.diagnostics.place import Path, Span
from generator.model.fields import Reference
from generator.read.tree import (
    child,
    entries_of,
    text_of,
    texts_of,
)

Rule = Callable[[Record, date], Iterator[Diagnostic]]


def nothing_twice(record: Record, today: date) -> Iterator[Diagnostic]:
    """Ids within a record and entries of a list of references are unique."""
    seen: dict[tuple[Path, str], Span] = {}
    for path, scalar in record.values:
        scope = _scope(path)
        if scope is None or scalar.text is None:
            continue
        if first := seen.get((scope, scalar.text)):
            yield Diagnostic(
                "C407",
                record.file,
                scalar.span,
                path,
                f"`{scalar.text[:40]}` was given before, in line {first.line}",
                "Delete one of the two, or give it another id.",
            )
        seen.setdefault((scope, scalar.text), scalar.span)


_LISTS_OF_IDS = {
    *("aliases", "former_ids", "services", "order", "requires", "related", "answer", "successors", "terms"),
    *("cites", "added", "reworded", "services_added", "services_removed", "out_of_scope_cites", "services_cites"),
    "words",
}


def _scope(path: Path) -> Path | None:
    """Within what the value at a path may stand once only, or None where it may be repeated."""
    if len(path) < 2:
        return None
    if path[-1] == "id":
        return path[:1]
    if isinstance(path[-1], int) and (path[-2] in _LISTS_OF_IDS or path[0] == "exams"):
        return path[:-1]
    return path[:1] if path[-1] == "concept" and path[0] in ("confused_with", "options") else None


def not_itself(record: Record, today: date) -> Iterator[Diagnostic]:
    """A concept does not require, relate to, get confused with or point away to itself; no id was its own before."""
    for text in record.texts:
        own = record.kind.name == "concept" and text.kind == Reference("concept") and text.text == record.id
        if own and "order" not in text.field:
            yield Diagnostic(
                "C408",
                record.file,
                text.span,
                text.field,
                f"`{record.id}` is this record itself",
                "Name another concept, or delete the entry.",
            )
    for index, former in texts_of(record.root, "former_ids"):
        if former == record.id:
            yield record.at("C408", ("former_ids", index), f"`{former}` is the id of today", "Delete the entry.")


def days_are_past(record: Record, today: date) -> Iterator[Diagnostic]:
    """Nobody has checked a page tomorrow (one day of grace for time zones)."""
    latest = today + timedelta(days=1)
    for key, entry in entries_of(record.root, "evidence").items():
        checked = text_of(entry.value, "checked")
        if checked and checked > latest.isoformat() and _is_day(checked):
            yield record.at(
                "C404", ("evidence", key, "checked"), f"{checked} lies ahead of {today}", "Give the day of the reading."
            )
    for part in ("guide", "changes"):
        dated = text_of(child(record.root, part), "dated")
        if dated and dated > latest.isoformat() and _is_day(dated):
            yield record.at("C404", (part, "dated"), f"{dated} lies ahead of {today}", "Give the day it came out.")
    for key, entry in entries_of(record.root, "pages").items():
        month = text_of(entry.value, "text_dated")
        if month and month > latest.isoformat()[:7] and _is_day(f"{month}-01"):
            path = ("pages", key, "text_dated")
            yield record.at("C404", path, f"{month} lies ahead of {today}", "Give the month of the text that was read.")


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text)) and len(text) == 10
    except ValueError:
        return False


RULES: tuple[Rule, ...] = (
    claims_cite,
    citations_and_evidence_agree,
    brackets_are_links,
    rows_fit_columns,
    nothing_twice,
    not_itself,
    days_are_past,
    exam_adds_up,
    items_have_answers,
    scenarios_decide,
    no_foreign_text,
)


def check_record(record: Record, today: date) -> Iterator[Diagnostic]:
    """All findings of all rules."""
    return (diagnostic for rule in RULES for diagnostic in rule(record, today))
