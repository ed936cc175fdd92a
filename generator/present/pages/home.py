"""The first page."""

from generator.present.compose import Composer
from generator.present.page import Page
from generator.present.site import by_name
from generator.present.stats import coverage, figures

SECTIONS = (
    "Where points are lost",
    "The exams",
    "Traps to know",
)
_TRAPS = 8


def home_page(composer: Composer) -> Page:
    """What Signpost is, the exams as maps, the decisions, a few traps."""
    site = composer.site
    concepts = by_name(site.library.concepts)
    return composer.page(
        "index",
        "home",
        "Signpost",
        "The concepts that the AWS AI exams ask about: which answer is right, how to tell, and the evidence.",
        SECTIONS,
        menu_title="Home",
        hide=("navigation", "toc"),
        exams=sorted(site.library.exams),
        figures=figures(site),
        decisions=by_name(site.library.decisions),
        progress=[(exam, *coverage(site, exam)) for _, exam in sorted(site.library.exams.items())],
        traps=[(("concept", id), concept.misconceptions[0]) for id, concept in concepts][:_TRAPS],
    )
