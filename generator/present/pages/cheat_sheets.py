"""Cheat sheets: an exam, or one of its domains, on few printed pages."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeVar

from markupsafe import Markup, escape

from generator.model.concept import Concept
from generator.model.decision import Decision
from generator.model.exam import Domain, Exam
from generator.present.address import cheat_sheet_page
from generator.present.compose import Composer
from generator.present.page import Page
from generator.present.plain import line_html, words
from generator.present.site import Site

_SIGNALS = 3
_LEAST = 80
"""Letters that what is so must have; one short sentence alone says too little."""

Contents = TypeVar("Contents", Concept, Decision)


class Entry(NamedTuple):
    """A concept on a sheet."""

    id: str
    decides: Markup
    """The line that decides; the summary where a concept has none."""
    signals: tuple[str, ...]
    belief: str
    in_fact: str


class Part(NamedTuple):
    """A domain on a sheet."""

    domain: Domain
    entries: list[Entry]
    decisions: list[tuple[str, Markup]]
    """Id and deciding fact."""
    elsewhere: list[str]
    """Ids of concepts that stand under an earlier domain."""


def cheat_sheets(composer: Composer, code: str) -> tuple[Page, list[Page]]:
    """The sheet of a whole exam, which shows each record once, and the sheets of its domains."""
    exam = composer.site.library.exams[code]
    parts = [_part(composer.site, exam, domain) for domain in exam.domains]
    single = [_sheet(composer, exam, f"{code} cheat sheet {p.domain.number}: {p.domain.title}", [p]) for p in parts]
    return _sheet(composer, exam, f"{code} cheat sheet", _without_repeats(parts)), single


def _sheet(composer: Composer, exam: Exam, title: str, parts: list[Part]) -> Page:
    only = parts[0].domain if len(parts) == 1 else None
    return composer.page(
        cheat_sheet_page(exam.code, only.number if only else None),
        "cheat_sheet",
        title,
        f"{only.title if only else exam.name}: what decides, the words that point there, the trap. Made to be printed.",
        (),
        menu_title="Cheat sheet",
        hide=("toc",),
        exam=exam,
        only=only,
        parts=parts,
    )


def _part(site: Site, exam: Exam, domain: Domain) -> Part:
    numbers = [objective.number for task in domain.tasks for objective in task.objectives]
    concepts = _taught(site.library.concepts, exam.code, numbers)
    decisions = _taught(site.library.decisions, exam.code, numbers)
    return Part(
        domain,
        [_entry(site, id, concept) for id, concept in concepts],
        [(id, line_html(site, decision.hinge)) for id, decision in decisions],
        [],
    )


def _taught(records: Mapping[str, Contents], code: str, numbers: list[str]) -> list[tuple[str, Contents]]:
    """The records that teach one of some objectives, in the order of the objectives and then of their names."""
    place = {number: index for index, number in enumerate(numbers)}
    found = []
    for id, record in records.items():
        taught = [place[number] for number in record.exams.get(code, ()) if number in place]
        if taught:
            found.append((min(taught), record.name.casefold(), id))
    return [(id, records[id]) for *_, id in sorted(found)]


def _entry(site: Site, id: str, concept: Concept) -> Entry:
    trap = concept.misconceptions[0]
    return Entry(
        id,
        line_html(site, concept.choose.lead) if concept.choose.lead else escape(concept.summary),
        tuple(signal.phrase for signal in concept.exam.signals[:_SIGNALS]),
        trap.belief,
        _first_sentences(words(site, trap.in_fact)),
    )


def _first_sentences(text: str) -> str:
    """As few whole sentences from the start as say enough."""
    for end in re.finditer(r"[.!?][”\")]*(?=\s+[A-Z“\"])", text):
        if end.end() >= _LEAST:
            return text[: end.end()]
    return text


def _without_repeats(parts: Iterable[Part]) -> list[Part]:
    """The parts of one sheet: what a domain shares with an earlier one is only named there."""
    seen: set[str] = set()
    once = []
    for domain, entries, decisions, _ in parts:
        here = [entry for entry in entries if entry.id not in seen]
        elsewhere = [entry.id for entry in entries if entry.id in seen]
        new = [decision for decision in decisions if decision[0] not in seen]
        once.append(Part(domain, here, new, elsewhere))
        seen.update(entry.id for entry in here)
        seen.update(id for id, _ in new)
    return once
