"""Concept pages and their index."""

from generator.check.library import Ref
from generator.model.concept import Concept
from generator.model.decision import Scenario
from generator.present.compose import Composer
from generator.present.page import Menu, Page, by_menu_title
from generator.present.site import Site

SECTIONS = (
    "What it is",
    "What it does not do",
    "Mental model",
    "When to use it",
    "Common misconceptions",
    "How it shows up on the exam",
    "In the decisions",
    "In scenarios",
    "Check yourself",
    "Easily confused with",
    "Related concepts",
    "Objectives",
    "Evidence",
)
_SCENARIOS = 3


def concept_page(composer: Composer, id: str) -> Page:
    """The page of one concept."""
    site = composer.site
    concept = site.library.concepts[id]
    decisions = site.decisions_of.get(id, ())
    return composer.page(
        f"concepts/{id}",
        "concept",
        concept.name,
        concept.summary,
        SECTIONS,
        menu_title=concept.short_name or concept.name,
        record=("concept", id),
        search_names={"": tuple(dict.fromkeys((concept.name, concept.short_name or concept.name, *concept.aliases)))},
        search_phrases=(*composer.signals_to.get(("concept", id), ()), *(variant.name for variant in concept.variants)),
        id=id,
        concept=concept,
        decisions=decisions,
        options=[
            (decision, option)
            for decision in decisions
            for option in site.library.decisions[decision].options
            if option.concept == id
        ],
        scenarios=_scenarios(site, id, decisions),
        related=[
            (label, [("concept", other) for other in ids])
            for label, ids in (("Read first", concept.requires), ("Read next", concept.related))
            if ids
        ],
        named_on=_named_on(site, id, concept),
        objectives=site.objectives_of(concept.exams),
    )


def _scenarios(site: Site, id: str, decisions: tuple[str, ...]) -> list[tuple[str, Scenario]]:
    """A few scenarios that this concept answers, from as many decisions as there are."""
    answered = [
        [(decision, s) for s in site.library.decisions[decision].scenarios if id in s.answer or id == s.instead]
        for decision in decisions
    ]
    in_turn = [group[n] for n in range(_SCENARIOS) for group in answered if n < len(group)]
    return in_turn[:_SCENARIOS]


def _named_on(site: Site, id: str, concept: Concept) -> list[Ref]:
    """The concepts that name this one and that it does not link to itself."""
    linked = {*concept.requires, *concept.related}
    return [ref for ref in site.mentioned_by.get(("concept", id), ()) if ref[0] == "concept" and ref[1] not in linked]


def concept_menu(composer: Composer, pages: dict[Ref, Page]) -> tuple[Page, Menu]:
    """The index of concepts and their menu: one group per domain that concepts are filed under."""
    site = composer.site
    filed: dict[tuple[str, int], list[Ref]] = {}
    for ref in sorted(pages, key=lambda ref: site.card(ref).name.casefold()):
        concept = site.library.concepts.get(ref[1])
        domain = site.home_domain(concept.exams) if concept else None
        filed.setdefault(domain or ("", 0), []).append(ref)
    groups = [(_heading(site, domain), refs) for domain, refs in sorted(filed.items())]
    index = composer.page(
        "concepts/index",
        "concepts",
        "Concepts",
        f"{len(site.library.concepts)} concepts, filed under the exam domain that names them first.",
        (),
        menu_title="All concepts",
        groups=groups,
    )
    menus = tuple(Menu(heading["title"], by_menu_title(pages[ref] for ref in refs)) for heading, refs in groups)
    return index, Menu("Concepts", (index, *menus))


def _heading(site: Site, domain: tuple[str, int]) -> dict[str, str]:
    code, number = domain
    if not code:
        return {"id": "not-filed", "title": "Not filed", "code": ""}
    title = site.library.exams[code].domains[number - 1].title
    return {"id": f"{code.lower()}-{number}", "title": title, "code": code}
