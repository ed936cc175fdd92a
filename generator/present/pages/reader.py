"""The page that reads a question: the tool, and how to read by hand, which is all of it without JavaScript."""

from generator.present.compose import Composer
from generator.present.page import Page
from generator.present.signals import phrases
from generator.present.site import by_name

SECTIONS = (
    "Reading by hand",
    "What the tool does",
)


def reader_page(composer: Composer) -> Page:
    """The question reader."""
    library = composer.site.library
    return composer.page(
        "read-a-question",
        "reader",
        "Read a question",
        "Paste a question: its signal phrases are marked, with the concepts they point to and where they conflict.",
        SECTIONS,
        hide=("toc",),
        decisions=by_name(library.decisions),
        signals=len(phrases(library)),
        wordings=len(library.wordings),
    )
