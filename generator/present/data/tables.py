"""Misconceptions, signals, decisions and practice items as CSV files (RFC 4180), in plain words."""

import csv
import io
from collections.abc import Iterable, Iterator

from generator.check.library import Ref
from generator.model.fields import Objectives
from generator.present.data.questions import Parts, questions
from generator.present.plain import words, words_of
from generator.present.rich import address
from generator.present.site import Site

Row = Iterable[str]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the start of a formula."""
_BETWEEN = " | "
"""Stands between several values in one cell."""


def table_files(site: Site) -> dict[str, bytes]:
    """The four tables. Rows are sorted by record; ids never change."""
    return {
        "data/misconceptions.csv": _csv(
            ("id", "concept", "belief", "tempting because", "in fact", "decide by", "objectives", "page"),
            _misconceptions(site),
        ),
        "data/signals.csv": _csv(("record", "concept", "phrase", "points", "to", "because"), _signals(site)),
        "data/decisions.csv": _csv(
            ("id", "name", "summary", "what decides", "options", "objectives", "page"), _decisions(site)
        ),
        "data/items.csv": _csv(
            ("id", "type", "record", "question", "options", "answer", "why", "hint", "objectives", "page"),
            _items(site),
        ),
    }


def _misconceptions(site: Site) -> Iterator[Row]:
    for id, concept in sorted(site.library.concepts.items()):
        ref: Ref = ("concept", id)
        for trap in concept.misconceptions:
            texts = (trap.tempting_because, trap.in_fact, trap.decide_by)
            yield (
                f"misconception/{id}/{trap.id}",
                concept.name,
                trap.belief,
                *(words(site, text) for text in texts),
                _objectives(concept.exams),
                address(site, ref, f"misconception-{trap.id}"),
            )


def _signals(site: Site) -> Iterator[Row]:
    """A phrase is known by its record and its words. It points to a concept, or away from one to another."""
    library = site.library
    for id, concept in sorted(library.concepts.items()):
        record = f"concept/{id}"
        for signal in concept.exam.signals:
            yield record, concept.name, signal.phrase, "to", concept.name, words(site, signal.because or "")
        for against in concept.exam.signals_against:
            to = site.card(("concept", against.points_to)).name
            yield record, concept.name, against.phrase, "away", to, words(site, against.because or "")
    for id, decision in sorted(library.decisions.items()):
        for option in decision.options:
            name = site.card(("concept", option.concept)).name
            for phrase in option.signals:
                yield f"decision/{id}", name, phrase, "to", name, ""


def _decisions(site: Site) -> Iterator[Row]:
    for id, decision in sorted(site.library.decisions.items()):
        options = (site.card(("concept", option.concept)).name for option in decision.options)
        yield (
            f"decision/{id}",
            decision.name,
            decision.summary,
            words(site, decision.hinge),
            _BETWEEN.join(options),
            _objectives(decision.exams),
            address(site, ("decision", id)),
        )


def _items(site: Site) -> Iterator[Row]:
    def several(texts: Iterable[Parts]) -> str:
        return _BETWEEN.join(words_of(site, text) for text in texts)

    for question in questions(site):
        yield (
            question.id,
            question.type,
            "/".join(question.ref),
            words_of(site, question.text),
            several(question.options),
            several(question.answer),
            several(question.why),
            words_of(site, question.hint),
            _objectives(question.objectives),
            address(site, question.ref, question.anchor),
        )


def _objectives(exams: Objectives) -> str:
    return " ".join(f"{code}:{number}" for code, numbers in exams.items() for number in numbers)


def _csv(head: Row, rows: Iterable[Row]) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(head)
    writer.writerows([_guarded(cell) for cell in row] for row in rows)
    return file.getvalue().encode()


def _guarded(cell: str) -> str:
    """The cell as text: a spreadsheet would run what starts like a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
