"""All pages of a library, their order in the navigation, and the files beside them."""

from collections.abc import Callable, Iterable, Mapping
from html import escape

from generator.check.library import Library, Ref
from generator.check.record import Record
from generator.cores import on_all_cores
from generator.diagnostics.report import as_text
from generator.memo import Memo
from generator.model.concept import Concept
from generator.model.decision import Decision
from generator.model.fields import KindName
from generator.present.address import page_of, relative, url_of
from generator.present.compose import Composer
from generator.present.data.anki import deck_files
from generator.present.data.items import item_files
from generator.present.data.llms import list_files
from generator.present.data.records import record_files
from generator.present.data.signals import signals_file
from generator.present.data.tables import table_files
from generator.present.data.terms import terms_file
from generator.present.neighbors import made_from
from generator.present.page import Menu, Page, Rendered
from generator.present.pages.concepts import concept_menu, concept_page
from generator.present.pages.data import data_page
from generator.present.pages.decisions import decision_menu, decision_page
from generator.present.pages.errors import error_menu
from generator.present.pages.exams import exam_menu, exam_page
from generator.present.pages.home import home_page
from generator.present.pages.lists import (
    glossary_page,
    services_page,
    signals_page,
    sources_page,
    traps_page,
)
from generator.present.pages.practice import practice_page
from generator.present.pages.reader import reader_page
from generator.present.pages.reference import reference_page
from generator.present.site import Site

_NO_LOADING = (
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri 'none'; form-action 'none'\">"
)
"""A redirect loads nothing."""


def render(site: Site, sources: Mapping[str, str], memo: Memo) -> Rendered:
    """Every page. A record with errors gets a page that shows them; `sources` holds the files' texts for excerpts.

    Pages of concepts and decisions that did not change come from the memo.
    """
    composer = Composer(site)
    library = site.library
    key = made_from(site, memo)

    def kept(kind: KindName, ids: Iterable[str], make: Callable[[Composer, str], Page]) -> dict[Ref, Page]:
        refs: list[Ref] = [(kind, id) for id in ids]
        pages = memo.each(
            refs,
            key=key,
            make=lambda changed: on_all_cores(lambda ref: make(composer, ref[1]), changed),
        )
        return dict(zip(refs, pages, strict=True)) | broken(kind)

    def broken(kind: KindName) -> dict[Ref, Page]:
        found = (record for ref, record in library.broken.items() if ref[0] == kind)
        return {record.ref: _broken_page(composer, record, sources) for record in found}

    concepts = kept("concept", library.concepts, concept_page)
    decisions = kept("decision", library.decisions, decision_page)
    exams: dict[Ref, Page] = {("exam", id.lower()): exam_page(composer, id) for id in library.exams} | broken("exam")
    concept_index, concept_group = concept_menu(composer, concepts)
    decision_index, decision_group = decision_menu(composer, decisions)
    exam_pages, exam_group = exam_menu(composer, exams)
    home = home_page(composer)
    gathered = (
        signals_page(composer),
        traps_page(composer),
        glossary_page(composer),
        services_page(composer),
        sources_page(composer),
    )
    practice = (practice_page(composer), reader_page(composer), data_page(composer))
    reference = reference_page(composer)
    error_pages, error_group = error_menu(composer)
    pages = (
        home,
        concept_index,
        *concepts.values(),
        decision_index,
        *decisions.values(),
        *exams.values(),
        *exam_pages,
        *practice,
        *gathered,
        reference,
        *error_pages,
    )
    reading = (home, concept_group, decision_group, exam_group, Menu("Practice", practice), Menu("Reference", gathered))
    menu = (*reading, Menu("Contribute", (reference, error_group)))
    files: dict[str, str | bytes] = {
        **redirects(library),
        "assets/stylesheets/weights.css": weights(library),
        **item_files(site),
        **signals_file(site),
        **terms_file(site),
        **record_files(site),
        **table_files(site),
        **deck_files(site),
        **list_files(pages),
    }
    return Rendered(pages, menu, files)


def _broken_page(composer: Composer, record: Record, sources: Mapping[str, str]) -> Page:
    return composer.page(
        page_of(record.ref),
        "broken",
        record.id,
        f"{record.file} has errors.",
        (),
        record=record.ref,
        report=as_text(record.found, sources),
    )


def redirects(library: Library) -> dict[str, str]:
    """A page at every former address of a concept or decision that leads to the present one."""
    files = {}
    pages: list[tuple[KindName, Mapping[str, Concept | Decision]]]
    pages = [("concept", library.concepts), ("decision", library.decisions)]
    for kind, records in pages:
        for id, record in records.items():
            for former in record.former_ids:
                old = page_of((kind, former))
                target = escape(relative(page_of((kind, id)), old))
                files[f"{url_of(old)}index.html"] = (
                    f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">{_NO_LOADING}<title>Moved</title>'
                    f'<link rel="canonical" href="{target}"><meta http-equiv="refresh" content="0; url={target}">'
                    f'</head><body><a href="{target}">This page has moved.</a></body></html>\n'
                )
    return files


def weights(library: Library) -> str:
    """Styles that make a domain on the map as tall as its weight: a style attribute would need `unsafe-inline`."""
    found = sorted({domain.weight for exam in library.exams.values() for domain in exam.domains})
    return "".join(f".sp-weight-{weight}{{--sp-weight:{weight}}}\n" for weight in found)
