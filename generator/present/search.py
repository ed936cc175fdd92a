"""What search finds of a page: one entry per heading that has an anchor. Texts are escaped HTML without elements."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.present.page import Page

_HEADING = re.compile(r'<h[1-4] id="([^"]+)"[^>]*>(.*?)</h[1-4]>', re.DOTALL)
_CITATION = re.compile(r"<sup\b.*?</sup>", re.DOTALL)
_ELEMENT = re.compile(r"<[^>]+>")


class Entry(NamedTuple):
    """A place on a page that search can lead to."""

    anchor: str
    """Empty for the page as a whole."""
    title: str
    text: str


def entries(page: Page) -> Iterator[Entry]:
    """The page itself, then its headings.

    Evidence notes are left out, for they repeat the page in other words; pages on single errors are found by the index.
    """
    if page.kind == "error":
        return
    searched = [page.lead, *(section.to_html() for section in page.sections if section.id != "evidence")]
    _, *parts = _HEADING.split("\n".join(searched))
    for anchor, title, body in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        yield Entry("" if anchor == "title" else anchor, _words(title), _words(body))


def _words(html: str) -> str:
    return " ".join(_ELEMENT.sub(" ", _CITATION.sub("", html)).split())
