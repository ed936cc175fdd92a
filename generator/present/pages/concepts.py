"""Concept pages and their index."""

from generator.check.library import Ref
from generator.model.concept import Concept
from generator.present.compose import Composer
from generator.present.page import Menu, Page
from generator.present.site import Site

SECTIONS = (
    ("what-it-is", "What it is"),
    ("what-it-does-not-do", "What it does not do"),
    ("mental-model", "Mental model"),
    ("when-to-use-it", "When to use it"),
    ("common-misconceptions", "Common misconceptions"),
    ("how-it-shows-up-on-the-exam", "How it shows up on the exam"),
    ("as-an-option", "As an option"),
    ("in-scenarios", "In scenarios"),
    ("check-yourself", "Check yourself"),
    ("easily-confused-with", "Easily confused with"),
    ("related-concepts", "Related concepts"),
    ("objectives", "Objectives"),
    ("evidence", "Evidence"),
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
        related=related(site, ("concept", id), concept),
        objectives=site.objectives_of(concept.exams),
    )


def _scenarios(site: Site, id: str, decisions: tuple[str, ...]) -> list[tuple[str, object]]:
    """A few scenarios that this concept answers, from as many decisions as there are."""
    answered = [
        [(decision, s) for s in site.library.decisions[decision].scenarios if id in s.answer or id == s.instead]
        for decision in decisions
    ]
    in_turn = [group[n] for n in range(_SCENARIOS) for group in answered if n < len(group)]
    return in_turn[:_SCENARIOS]


def related(site: Site, ref: Ref, concept: Concept) -> list[tuple[str, list[Ref]]]:
    """Typed links of a concept, and the concepts that name it; each concept once."""
    groups: list[tuple[str, list[Ref]]] = [
        ("Read first", [("concept", id) for id in concept.requires]),
        ("Read next", [("concept", id) for id in concept.related]),
        ("Also named on", [other for other in site.mentioned_by.get(ref, ()) if other[0] == "concept"]),
    ]
    seen: set[Ref] = set()
    unique = []
    for label, refs in groups:
        fresh = [other for other in refs if other not in seen]
        seen.update(fresh)
        if fresh:
            unique.append((label, fresh))
    return unique


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
        groups=groups,
    )
    menus = tuple(Menu(heading["title"], tuple(pages[ref] for ref in refs)) for heading, refs in groups)
    return index, Menu("Concepts", (index, *menus))


def _heading(site: Site, domain: tuple[str, int]) -> dict[str, str]:
    code, number = domain
    if not code:
        return {"id": "not-filed", "title": "Not filed", "code": ""}
    title = site.library.exams[code].domains[number - 1].title
    return {"id": f"{code.lower()}-{number}", "title": title, "code": code}
