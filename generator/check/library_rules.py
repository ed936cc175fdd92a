"""Rules that records keep together."""

import difflib
from collections.abc import Iterator
from urllib.parse import urlsplit

from generator.check.library import objectives
from generator.check.record import Record
from generator.diagnostics.diagnostic import Diagnostic
from generator.model.concept import Concept
from generator.model.decision import NEITHER
from generator.model.exam import Exam
from generator.model.fields import Reference
from generator.model.markup import Link, parse_line, walk
from generator.model.source import Source
from generator.read.tree import Mapping

Records = tuple[Record, ...]


def references_exist(records: Records) -> Iterator[Diagnostic]:
    """Every id that is named belongs to a record, broken ones included."""
    known: dict[str, set[str]] = {
        kind: {r.id for r in records if r.kind.name == kind} for kind in ("concept", "decision", "service")
    }
    known["exam"] = {record.id.upper() for record in records if record.kind.name == "exam"}
    known["page"] = set(_page_ids(records))
    for record in records:
        for text in record.texts:
            if isinstance(text.kind, Reference):
                wanted: list[tuple[str, str, str]] = (
                    [(text.kind.to, text.text, text.text)] if text.kind.to in known else []
                )
            else:
                links = [part for part in walk(parse_line(text.text)) if isinstance(part, Link)]
                wanted = [(link.kind, link.id, link.opening) for link in links]
            for kind, id, token in wanted:
                if id not in known[kind] and not (id == NEITHER and "answer" in text.field):
                    guess = difflib.get_close_matches(id, known[kind], 1)
                    hint = f"Did you mean `{guess[0]}`?" if guess else f"Add the {kind} first, or name another."
                    yield record.inside("L501", text, token, f"there is no {kind} `{id}`", hint)


def ids_are_unique(records: Records) -> Iterator[Diagnostic]:
    """A page id, an alias, a former id and an id that differs only in case belong to one thing."""
    taken: dict[tuple[str, str], str] = {}
    for record in records:
        for scope, name, path in _names(record):
            key = (scope, name.casefold())
            if key in taken and taken[key] != record.file:
                yield record.at("L502", path, f"`{name}` belongs to {taken[key]} already", "Choose another name.")
            taken.setdefault(key, record.file)


def _names(record: Record) -> Iterator[tuple[str, str, tuple[str | int, ...]]]:
    yield record.kind.name, record.id, ()
    for index, former in enumerate(getattr(record.contents, "former_ids", ())):
        yield record.kind.name, former, ("former_ids", index)
    if isinstance(record.contents, Concept):
        yield "name", record.contents.name, ("name",)
        for index, alias in enumerate(record.contents.aliases):
            yield "name", alias, ("aliases", index)
    if isinstance(record.contents, Source):
        for page in record.contents.pages:
            yield "page", page, ("pages", page)


def _page_ids(records: Records) -> Iterator[str]:
    for record in records:
        if record.kind.name == "source" and isinstance(record.root, Mapping):
            pages = record.root.get("pages")
            if pages and isinstance(pages.value, Mapping):
                yield from pages.value.entries


def objectives_exist(records: Records) -> Iterator[Diagnostic]:
    """Objective numbers are those of the exam."""
    known = {
        r.contents.code: {o.number for *_, o in objectives(r.contents)} for r in records if isinstance(r.contents, Exam)
    }
    for record in records:
        for code, numbers in (getattr(record.contents, "exams", None) or {}).items():
            for index, number in enumerate(numbers if isinstance(numbers, tuple) else ()):
                if code in known and number not in known[code]:
                    yield record.at(
                        "L505",
                        ("exams", code, index),
                        f"{code} has no objective {number}",
                        "Look the number up in the exam's record.",
                    )


def requirements_end(records: Records) -> Iterator[Diagnostic]:
    """Following `requires` never comes back to where it began."""
    graph = {r.id: r.contents.requires for r in records if isinstance(r.contents, Concept)}
    done: set[str] = set()
    for record in records:
        if isinstance(record.contents, Concept) and (cycle := _cycle(record.id, graph, done)):
            start = (
                record
                if record.id == cycle[0]
                else next(r for r in records if r.id == cycle[0] and r.kind.name == "concept")
            )
            index = graph[cycle[0]].index(cycle[1])
            yield start.at("L503", ("requires", index), " → ".join(cycle), "Take one of these links out.")


def _cycle(start: str, graph: dict[str, tuple[str, ...]], done: set[str]) -> list[str]:
    """The ids of a cycle that can be reached from `start`, the first one repeated at the end; or none."""
    trail: list[str] = []
    stack = [(start, iter(graph.get(start, ())))]
    if start in done:
        return []
    trail.append(start)
    while stack:
        node, following = stack[-1]
        for next_id in following:
            if next_id in trail:
                done.update(trail)
                return [*trail[trail.index(next_id) :], next_id]
            if next_id not in done and next_id in graph:
                trail.append(next_id)
                stack.append((next_id, iter(graph[next_id])))
                break
        else:
            done.add(node)
            stack.pop()
            trail.pop()
    return []


def confusion_is_mutual(records: Records) -> Iterator[Diagnostic]:
    """Where one concept names another as easily confused, the other names it too."""
    concepts = {r.id: r.contents for r in records if isinstance(r.contents, Concept)}
    for record in records:
        if isinstance(record.contents, Concept):
            for index, other in enumerate(record.contents.confused_with):
                there = concepts.get(other.concept)
                if there and record.id not in {back.concept for back in there.confused_with}:
                    message = f"`{other.concept}` does not name `{record.id}` back"
                    hint = f"Add `{record.id}` to confused_with of content/concepts/{other.concept}.yml."
                    yield record.at("L504", ("confused_with", index, "concept"), message, hint)


def pages_lie_in_their_publication(records: Records) -> Iterator[Diagnostic]:
    """A page has the host of its publication."""
    for record in records:
        if isinstance(record.contents, Source):
            host = urlsplit(record.contents.url).netloc
            for id, page in record.contents.pages.items():
                if urlsplit(page.url).netloc != host:
                    yield record.at(
                        "R307",
                        ("pages", id, "url"),
                        f"the host is not {host}",
                        "List the page under its own publication.",
                    )


RULES = (
    references_exist,
    ids_are_unique,
    objectives_exist,
    requirements_end,
    confusion_is_mutual,
    pages_lie_in_their_publication,
)


def check_library(records: Records) -> Iterator[Diagnostic]:
    """All findings of all rules."""
    return (diagnostic for rule in RULES for diagnostic in rule(records))
