"""Rules that records keep together.

They work on the trees, so that a record with one wrong field is still held against all others.
"""

import re
from collections.abc import Iterator

from generator.check.guess import MOST_GUESSES, nearest
from generator.check.parts import inlines, parts
from generator.check.record import Record
from generator.diagnostics.diagnostic import Diagnostic
from generator.diagnostics.place import Path
from generator.model.decision import NEITHER
from generator.model.fields import Reference
from generator.model.markup import Link
from generator.read.tree import Mapping, Node, child, entries_of, find_key, items_of, letters, text_of, texts_of

Records = tuple[Record, ...]


def references_exist(records: Records) -> Iterator[Diagnostic]:
    """Every id that is named belongs to a record, broken ones included."""
    known: dict[str, set[str]] = {
        kind: {r.id for r in records if r.kind.name == kind} for kind in ("concept", "decision", "service")
    }
    known["exam"] = {record.id.upper() for record in records if record.kind.name == "exam"}
    known["page"] = {page for r in records if r.kind.name == "source" for page in entries_of(r.root, "pages")}
    unread = [record for record in records if record.is_doubtful or record.root is None]
    for record in records:
        guesses = MOST_GUESSES
        faulty = {found.field for found in record.found}
        for text in record.texts:
            if isinstance(text.kind, Reference):
                named: list[tuple[str, str, int, int]] = [(text.kind.to, text.text, 0, len(letters(text.text)))]
                if (text.text == NEITHER and "answer" in text.field) or text.field in faulty:
                    continue
            elif "[[" in text.text and any(isinstance(p, Link) and p.id not in known[p.kind] for p in inlines(text)):
                named = [
                    (p.inline.kind, p.inline.id, p.start, p.length) for p in parts(text) if isinstance(p.inline, Link)
                ]
            else:
                continue
            for kind, id, start, count in named:
                if kind in known and id not in known[kind] and not _may_exist(unread, kind, id):
                    guess = nearest(id, known[kind]) if guesses else None
                    guesses -= guesses > 0
                    hint = f"Did you mean `{guess}`?" if guess else f"Add the {kind} first, or name another."
                    yield record.inside("L501", text, start, count, f"there is no {kind} `{id[:64]}`", hint)


def _may_exist(unread: list[Record], kind: str, id: str) -> bool:
    """True where a file that could not be read, or not be read as meant, may hold what is named."""
    if kind == "page":
        return any(
            r.kind.name == "source" and (not r.source or re.search(rf"\b{re.escape(id)}\b", r.source)) for r in unread
        )
    return any(r.kind.name == kind and r.root is None and r.id.partition(".")[0] == id.lower() for r in unread)


def ids_are_unique(records: Records) -> Iterator[Diagnostic]:
    """A page id, an alias, a former id and an id that differs only in case belong to one thing."""
    taken: dict[tuple[str, str], str] = {}
    named = [record for record in records if record.root is not None and not record.finds((), "F105")]
    for names in (_first_names, _other_names):
        for record in named:
            for scope, name, path in names(record):
                key = (scope, name.strip().casefold())
                if taken.setdefault(key, record.file) != record.file:
                    message = f"`{name[:80]}` belongs to {taken[key]} already"
                    yield record.at("L502", path, message, "Choose another name.", key=path[:1] == ("pages",))


def _first_names(record: Record) -> Iterator[tuple[str, str, Path]]:
    """What a record is called by right: its id, a concept's name, the pages of a publication."""
    yield record.kind.name, record.id, ()
    if record.kind.name == "concept" and (name := text_of(record.root, "name")):
        yield "name", name, ("name",)
    if record.kind.name == "source":
        for page in entries_of(record.root, "pages"):
            yield "page", page, ("pages", page)


def _other_names(record: Record) -> Iterator[tuple[str, str, Path]]:
    """What a record is called besides: former ids and a concept's aliases."""
    for index, former in texts_of(record.root, "former_ids"):
        yield record.kind.name, former, ("former_ids", index)
    if record.kind.name == "concept":
        for index, alias in texts_of(record.root, "aliases"):
            yield "name", alias, ("aliases", index)


def objectives_exist(records: Records) -> Iterator[Diagnostic]:
    """Objective numbers are those of the exam."""
    known = {r.id.upper(): set(_objectives(r)) for r in records if r.kind.name == "exam" and _has_sound_domains(r)}
    for record in records:
        if record.kind.name in ("concept", "decision"):
            for code in entries_of(record.root, "exams"):
                yield from _unknown_objectives(record, child(record.root, "exams"), ("exams",), code, known.get(code))
        elif record.kind.name == "exam":
            for part in ("added", "reworded"):
                numbers = known.get(record.id.upper())
                yield from _unknown_objectives(record, child(record.root, "changes"), ("changes",), part, numbers)


def _has_sound_domains(exam: Record) -> bool:
    """False where a number of the exam's own is at fault, so that what names it may well be right."""
    return not exam.is_doubtful and not any(found.field[:1] == ("domains",) for found in exam.found)


def _unknown_objectives(
    record: Record, node: Node | None, path: Path, key: str, known: set[str] | None
) -> Iterator[Diagnostic]:
    for index, number in texts_of(node, key) if known else ():
        at: Path = (*path, key, index)
        if known and number not in known and not record.finds(at):
            exam = key if path == ("exams",) else "this exam"
            hint = "Look the number up in the exam's record."
            yield record.at("L505", at, f"{exam} has no objective {number[:40]}", hint)


def _objectives(exam: Record) -> Iterator[str]:
    for domain in items_of(exam.root, "domains"):
        for task in items_of(domain, "tasks"):
            for objective in items_of(task, "objectives"):
                if number := text_of(objective, "number"):
                    yield number


def requirements_end(records: Records) -> Iterator[Diagnostic]:
    """Following `requires` never comes back to where it began."""
    concepts = {record.id: record for record in records if record.kind.name == "concept"}
    graph = {id: [there for _, there in texts_of(record.root, "requires")] for id, record in concepts.items()}
    for cycle in _cycles(graph):
        index = graph[cycle[0]].index(cycle[1])
        yield concepts[cycle[0]].at("L503", ("requires", index), " → ".join(cycle), "Take one of these links out.")


def _cycles(graph: dict[str, list[str]]) -> Iterator[list[str]]:
    """Ways back to where they began, the first id repeated at the end; each begins at its first id in the alphabet.

    A concept that requires itself is left out: that is a finding of its own.
    """
    done: set[str] = set()
    for start in graph:
        trail: list[str] = []
        stack = [iter([start])]
        while stack:
            following = next(stack[-1], None)
            if following is None:
                stack.pop()
                done.update(trail[-1:])
                del trail[-1:]
            elif following in trail and following != trail[-1]:
                cycle = trail[trail.index(following) :]
                first = cycle.index(min(cycle))
                yield [*cycle[first:], *cycle[: first + 1]]
            elif following in graph and following not in done and following not in trail:
                trail.append(following)
                stack.append(iter(graph[following]))


def confusion_is_mutual(records: Records) -> Iterator[Diagnostic]:
    """Where one concept names another as easily confused, the other names it too."""
    concepts = {r.id: r for r in records if r.kind.name == "concept" and not r.finds((), "F105")}
    named = {id: _confusable(record) for id, record in concepts.items()}
    for record in concepts.values():
        for index, other in named[record.id].items():
            there = concepts.get(other)
            if not there or there.root is None or record.id in named[other].values():
                continue
            strangers = set(named[other].values()) - set(concepts)
            if nearest(record.id, strangers) or (there.is_doubtful and not named[other]):
                continue
            message = f"`{other}` does not name `{record.id}` back"
            hint = f"Add `{record.id}` to confused_with of content/concepts/{other}.yml."
            yield record.at("L504", ("confused_with", index, "concept"), message, hint)


def _confusable(record: Record) -> dict[int, str]:
    """Index of each entry of `confused_with` → the concept it names."""
    entries = enumerate(items_of(record.root, "confused_with"))
    return {index: id for index, entry in entries if (id := text_of(entry, "concept"))}


def pages_lie_in_their_publication(records: Records) -> Iterator[Diagnostic]:
    """A page has the host of its publication."""
    for record in records:
        host = _host(text_of(record.root, "url")) if record.kind.name == "source" else ""
        if host and not record.finds(("url",)):
            for id, entry in entries_of(record.root, "pages").items():
                path: Path = ("pages", id, "url")
                there = _host(text_of(entry.value, "url"))
                if there and there != host and not record.finds(path):
                    hint = "List the page under its own publication."
                    yield record.at("R307", path, f"the host is not {host}", hint)


def depths_fit_exams(records: Records) -> Iterator[Diagnostic]:
    """A concept says how deep each exam goes that it is filed under, and no other."""
    known = {record.id.upper() for record in records if record.kind.name == "exam"}
    for record in records:
        if record.kind.name != "concept" or record.root is None:
            continue
        filed, depth = entries_of(record.root, "exams"), child(child(record.root, "exam"), "depth")
        if not filed or not isinstance(depth, Mapping) or not known.issuperset([*filed, *depth.entries]):
            continue
        for code in sorted(filed.keys() - depth.entries.keys()):
            span, hint = find_key(record.root, ("exam", "depth")), f"Say what {code} asks you to do with the concept."
            path: Path = ("exam", "depth", code)
            yield Diagnostic("R302", record.file, span, path, f"key `{code}` is missing", hint)
        for code in sorted(depth.entries.keys() - filed.keys()):
            message = f"unknown key `{code}`: the concept is not filed under that exam"
            hint = f"Delete it, or add {code} with its objectives to `exams`."
            yield record.at("R301", ("exam", "depth", code), message, hint, key=True)


def _host(url: str | None) -> str:
    match = re.match(r"https://([^/?#]*)", url or "")
    return match[1] if match else ""


RULES = (
    references_exist,
    ids_are_unique,
    objectives_exist,
    requirements_end,
    confusion_is_mutual,
    pages_lie_in_their_publication,
    depths_fit_exams,
)


def check_library(records: Records) -> Iterator[Diagnostic]:
    """All findings of all rules."""
    return (diagnostic for rule in RULES for diagnostic in rule(records))
