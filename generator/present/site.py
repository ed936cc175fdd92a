"""What a page needs to know of the whole library, computed once: names, back-links, coverage."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple, Protocol, TypeVar

from generator.check.library import Library, Ref
from generator.model.exam import Domain, Objective, Task
from generator.model.fields import Evidence, Markup, Objectives, Reference
from generator.model.markup import Cite, Link, parse_line, walk
from generator.present.address import anchor_of, page_of

RECHECK_AFTER = timedelta(days=180)


class Card(NamedTuple):
    """How other pages show a record."""

    ref: Ref
    name: str
    short_name: str
    summary: str


class Note(NamedTuple):
    """An evidence note at the end of a page."""

    number: int
    anchor: str


class Proof(NamedTuple):
    """A piece of evidence in use: what cites it and what it says."""

    ref: Ref
    key: str
    evidence: Evidence


class _Named(Protocol):
    @property
    def name(self) -> str: ...


Contents = TypeVar("Contents", bound=_Named)


def by_name(records: Mapping[str, Contents]) -> list[tuple[str, Contents]]:
    """Records with their ids, sorted by name."""
    return sorted(records.items(), key=lambda item: item[1].name.casefold())


@dataclass(frozen=True)
class Site:
    """The library seen as a whole. `today` is the day that the age of evidence is measured from."""

    library: Library
    today: date

    def card(self, ref: Ref) -> Card:
        """Name and summary of a record; for one with errors its id."""
        record = self.library.records.get(ref)
        if record is None:
            return Card(ref, ref[1], ref[1], "This record has errors.")
        contents = record.contents
        name: str = getattr(contents, "name", "") or getattr(contents, "title", ref[1])
        return Card(ref, name, getattr(contents, "short_name", None) or name, getattr(contents, "summary", ""))

    def note(self, ref: Ref, key: str) -> Note:
        """Number and anchor of an evidence note on the page that shows its record."""
        return self._notes[ref, key]

    def notes_on(self, page: str) -> list[tuple[Ref, str, Note]]:
        """The notes of a page, in the order it cites them."""
        return self._notes_by_page.get(page, [])

    @cached_property
    def _notes_by_page(self) -> dict[str, list[tuple[Ref, str, Note]]]:
        notes: dict[str, list[tuple[Ref, str, Note]]] = defaultdict(list)
        for ref in sorted(self.library.records, key=lambda ref: self.card(ref).name.casefold()):
            page, shared = self.place(ref)
            for key in self.cited[ref]:
                notes[page].append((ref, key, Note(len(notes[page]) + 1, f"{ref[1]}--{key}" if shared else key)))
        return notes

    @cached_property
    def _notes(self) -> dict[tuple[Ref, str], Note]:
        return {(ref, key): note for notes in self._notes_by_page.values() for ref, key, note in notes}

    @cached_property
    def cited(self) -> dict[Ref, tuple[str, ...]]:
        """Record → the evidence keys it cites, in the order its page does: the deciding line stands at the top."""
        found: dict[Ref, tuple[str, ...]] = {}
        for ref, record in self.library.records.items():
            keys: dict[str, None] = {}
            for text in sorted(record.texts, key=lambda text: text.field != ("choose", "lead")):
                if text.kind == Reference("evidence"):
                    keys.setdefault(text.text)
                elif isinstance(text.kind, Markup):
                    keys.update(dict.fromkeys(p.key for p in walk(parse_line(text.text)) if isinstance(p, Cite)))
            found[ref] = tuple(keys)
        return found

    @cached_property
    def mentioned_by(self) -> dict[Ref, tuple[Ref, ...]]:
        """Record → the records whose texts or fields name it, in order of name."""
        found: dict[Ref, set[Ref]] = defaultdict(set)
        for ref, record in self.library.records.items():
            for text in record.texts:
                for target in _targets(text.kind, text.text):
                    if target != ref and (target in self.library.records or target in self.library.broken):
                        found[target].add(ref)
        return {
            target: tuple(sorted(refs, key=lambda r: self.card(r).name.casefold())) for target, refs in found.items()
        }

    @cached_property
    def covering(self) -> dict[tuple[str, str], tuple[Ref, ...]]:
        """Exam code and objective number → the concepts and decisions that teach it."""
        found: dict[tuple[str, str], list[Ref]] = defaultdict(list)
        for id, concept in self.library.concepts.items():
            self._cover(found, ("concept", id), concept.exams)
        for id, decision in self.library.decisions.items():
            self._cover(found, ("decision", id), decision.exams)
        return {key: tuple(sorted(refs, key=lambda r: (r[0], self.card(r).name))) for key, refs in found.items()}

    def _cover(self, found: dict[tuple[str, str], list[Ref]], ref: Ref, exams: Objectives) -> None:
        for code, number, _ in self.objectives_of(exams):
            found[code, number].append(ref)

    @cached_property
    def decisions_of(self) -> dict[str, tuple[str, ...]]:
        """Concept id → ids of the decisions it is an option of."""
        found: dict[str, list[str]] = defaultdict(list)
        for id, decision in sorted(self.library.decisions.items(), key=lambda item: (len(item[1].options), item[0])):
            for option in decision.options:
                found[option.concept].append(id)
        return {concept: tuple(ids) for concept, ids in found.items()}

    @cached_property
    def proofs(self) -> dict[str, tuple[Proof, ...]]:
        """Source page id → the evidence taken from it."""
        found: dict[str, list[Proof]] = defaultdict(list)
        for ref in self.library.records:
            for key, evidence in self.evidence(ref):
                found[evidence.source].append(Proof(ref, key, evidence))
        return {page: tuple(proofs) for page, proofs in found.items()}

    def evidence(self, ref: Ref) -> Iterator[tuple[str, Evidence]]:
        """A record's evidence in the order of its notes."""
        entries = getattr(self.library.records[ref].contents, "evidence", {})
        return ((key, entries[key]) for key in self.cited[ref])

    def is_due(self, checked: date) -> bool:
        """True where evidence is old enough to be read again."""
        return self.today - checked > RECHECK_AFTER

    @cached_property
    def due(self) -> tuple[Proof, ...]:
        """The evidence that is old enough to be read again, oldest first."""
        found = [proof for proofs in self.proofs.values() for proof in proofs if self.is_due(proof.evidence.checked)]
        return tuple(sorted(found, key=lambda proof: (proof.evidence.checked, proof.ref, proof.key)))

    def place(self, ref: Ref) -> tuple[str, str]:
        """Page and anchor that show a record."""
        return page_of(ref), anchor_of(ref)

    def objectives_of(self, exams: Objectives) -> list[tuple[str, str, tuple[Domain, Task, Objective]]]:
        """Code, number and place of every objective named that exists."""
        found = [
            (code, number, self.library.objective(code, number))
            for code, numbers in exams.items()
            for number in numbers
        ]
        return [(code, number, place) for code, number, place in found if place]

    def tasks_of(self, exams: Objectives) -> list[tuple[str, list[tuple[Domain, Task]]]]:
        """Per exam, the tasks that the named objectives belong to."""
        tasks: dict[str, dict[str, tuple[Domain, Task]]] = {}
        for code, _, (domain, task, _) in self.objectives_of(exams):
            tasks.setdefault(code, {})[task.number] = (domain, task)
        return [(code, list(found.values())) for code, found in tasks.items()]

    def asks_to(self, code: str) -> str:
        """What an exam of its level asks a candidate to do with a concept; empty where the level does not say."""
        exam = self.library.exams.get(code)
        return {"Foundational": "recognize", "Professional": "design"}.get(exam.level, "") if exam else ""

    def home_domain(self, exams: Objectives) -> tuple[str, int] | None:
        """The exam and domain a concept is filed under: those of the first objective it names."""
        for code, _, (domain, _, _) in self.objectives_of(exams):
            return code, domain.number
        return None


def _targets(kind: Markup | Reference, text: str) -> Iterator[Ref]:
    if isinstance(kind, Reference):
        if kind.to in ("concept", "decision", "service"):
            yield kind.to, text
    else:
        yield from ((part.kind, part.id) for part in walk(parse_line(text)) if isinstance(part, Link))
