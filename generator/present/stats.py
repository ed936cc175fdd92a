"""Counts of what the library holds."""

from typing import NamedTuple

from generator.check.claim_rules import claims, table_rows
from generator.check.library import Library, objectives
from generator.model.exam import Exam
from generator.model.fields import Markup
from generator.present.site import Site


class Figures(NamedTuple):
    """What the library holds."""

    records: int
    claims: int
    """Factual paragraphs, lists, lines and table rows; each cites evidence."""
    notes: int
    """Evidence entries."""
    pages: int
    """Official pages that evidence is taken from."""
    due: int
    """Notes older than the re-check period."""


def figures(site: Site) -> Figures:
    """The counts for the whole library."""
    proofs = [proof for found in site.proofs.values() for proof in found]
    return Figures(
        records=len(site.library.records),
        claims=_claims(site.library),
        notes=len(proofs),
        pages=len(site.proofs),
        due=len(site.due),
    )


def coverage(site: Site, exam: Exam) -> tuple[int, int]:
    """How many objectives have a page, of how many."""
    numbers = [objective.number for *_, objective in objectives(exam)]
    return sum((exam.code, number) in site.covering for number in numbers), len(numbers)


def _claims(library: Library) -> int:
    texts = sum(
        len(claims(text.text, text.kind.blocks))
        for record in library.records.values()
        for text in record.texts
        if isinstance(text.kind, Markup) and text.kind.claim
    )
    rows = sum(len(table_rows(table)) for record in library.records.values() for table in record.tables)
    return texts + rows
