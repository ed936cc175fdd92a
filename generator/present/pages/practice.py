"""Drills: the page that the practice tool runs on. Without JavaScript it says where every question stands."""

from generator.check.library import Ref
from generator.present.compose import Composer
from generator.present.data.items import item_count
from generator.present.page import Page
from generator.present.site import by_name

SECTIONS = (
    "How questions come back",
    "All questions",
)


def practice_page(composer: Composer) -> Page:
    """The practice tool, how it schedules, and where all questions stand."""
    library = composer.site.library
    decisions: list[Ref] = [("decision", id) for id, _ in by_name(library.decisions)]
    concepts: list[Ref] = [("concept", id) for id, concept in by_name(library.concepts) if concept.checks]
    counted = [
        (label, [(ref, item_count(composer.site, ref)) for ref in refs], anchor)
        for label, refs, anchor in (("Decisions", decisions, "scenarios"), ("Concepts", concepts, "check-yourself"))
    ]
    total = sum(count for _, refs, _ in counted for _, count in refs)
    return composer.page(
        "practice/index",
        "practice",
        "Practice",
        f"{total} questions of our own, with a reason for every answer. What you answer stays in this browser.",
        SECTIONS,
        menu_title="Drills",
        hide=("toc",),
        counted=counted,
        total=total,
    )
