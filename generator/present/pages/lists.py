"""Pages that gather one thing from all records: signals, traps, glossary, services, sources."""

from collections import defaultdict
from typing import NamedTuple

from generator.check.library import Ref
from generator.model.service import Service
from generator.present.address import anchor_of
from generator.present.compose import Composer
from generator.present.page import Page
from generator.present.signals import phrases
from generator.present.site import Proof, Site, by_name
from generator.present.stats import figures


def signals_page(composer: Composer) -> Page:
    """Phrase → the concepts it points to and away from; and the words that the question reader takes as alike."""
    library = composer.site.library
    found = phrases(library)
    return composer.page(
        "signals",
        "signals",
        "Signals",
        f"{len(found)} phrases as a question would say them, and the concept each points to.",
        ("Wordings taken as alike",),
        hide=("toc",),
        signals=found,
        wordings=by_name(library.wordings),
    )


def traps_page(composer: Composer) -> Page:
    """All misconceptions."""
    concepts = by_name(composer.site.library.concepts)
    count = sum(len(concept.misconceptions) for _, concept in concepts)
    return composer.page(
        "traps",
        "traps",
        "Traps",
        f"{count} beliefs that cost points, each with what is so and the words that decide.",
        (),
        traps=[(("concept", id), concept.misconceptions) for id, concept in concepts],
    )


class Term(NamedTuple):
    """An entry of the glossary: a definition, or where to find it."""

    name: str
    ref: Ref
    text: str = ""
    see: str = ""


def glossary_page(composer: Composer) -> Page:
    """Every concept, its other names and its variants."""
    letters: dict[str, list[Term]] = defaultdict(list)
    for term in sorted(_terms(composer.site), key=lambda term: term.name.casefold()):
        initial = term.name[0].upper()
        letters[initial if initial.isascii() and initial.isalnum() else "#"].append(term)
    return composer.page(
        "glossary",
        "glossary",
        "Glossary",
        "Every term in one line, with the page that explains it.",
        (),
        hide=("toc",),
        letters=sorted(letters.items()),
    )


def _terms(site: Site) -> list[Term]:
    terms: dict[str, Term] = {}
    for id, concept in by_name(site.library.concepts):
        terms[concept.name.casefold()] = Term(concept.name, ("concept", id), text=concept.summary)
    for id, concept in by_name(site.library.concepts):
        for name in (*concept.aliases, *(variant.name for variant in concept.variants)):
            terms.setdefault(name.casefold(), Term(name, ("concept", id), see=concept.name))
    return list(terms.values())


def services_page(composer: Composer) -> Page:
    """The ledger of services."""
    site = composer.site
    services = by_name(site.library.services)
    categories: dict[str, list[tuple[str, Service]]] = defaultdict(list)
    for id, service in services:
        categories[service.category].append((id, service))
    return composer.page(
        "services",
        "services",
        "Services",
        f"{len(services)} AWS services in scope: today's name, former names, and whether they can still be adopted.",
        ("Renamed and closed", "All services", "Evidence"),
        search_names={
            anchor_of(("service", id)): (service.name, *(former.name for former in service.former_names))
            for id, service in services
        },
        changed=[(id, service) for id, service in services if service.former_names or service.status],
        categories=sorted(categories.items()),
        used={ref: tuple(r for r in refs if r[0] != "service") for ref, refs in site.mentioned_by.items()},
    )


def sources_page(composer: Composer) -> Page:
    """Every publication and page that evidence is taken from."""
    site = composer.site
    publications = [
        (id, source, [(page_id, page, site.proofs.get(page_id, ())) for page_id, page in source.pages.items()])
        for id, source in sorted(site.library.sources.items(), key=lambda item: item[1].title.casefold())
    ]
    return composer.page(
        "sources",
        "sources",
        "Sources",
        "Every official page that a claim on this site rests on, what cites it, and when it was last checked.",
        ("Due for a re-check", "Publications"),
        publications=publications,
        figures=figures(site),
        due=site.due,
        cited_in=_cited_in,
    )


def _cited_in(proofs: tuple[Proof, ...]) -> list[Ref]:
    return list(dict.fromkeys(proof.ref for proof in proofs))
