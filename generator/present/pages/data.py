"""What can be taken away: decks, tables, records, texts."""

from generator.model.kinds import KINDS
from generator.present.compose import Composer
from generator.present.page import Page

SECTIONS = (
    "For Anki",
    "On paper",
    "For spreadsheets",
    "For programs",
    "For language models",
    "Offline",
)


def data_page(composer: Composer) -> Page:
    """Every file that is made for taking away, and what it is for."""
    return composer.page(
        "data/index",
        "data",
        "Take it with you",
        "An Anki deck, cheat sheets to print, tables for spreadsheets, every record as JSON, every page as Markdown.",
        SECTIONS,
        exams=sorted(composer.site.library.exams),
        kinds=KINDS,
    )
