"""What search finds of a page: one entry per heading or line that has an anchor.

Titles and texts are escaped HTML without elements; names and phrases are plain text.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import escape

from generator.present.page import Page

_HEADING = re.compile(r'<h[1-4] id="([^"]+)"[^>]*>(.*?)</h[1-4]>', re.DOTALL)
_LINE = re.compile(r'<dt id="([^"]+)">([^<]*).*?</dt>\s*<dd>(.*?)(?:<p class="sp-aside"><a .*?)?</dd>', re.DOTALL)
"""A line of a ledger: anchor, name, text. The links at its end are left out."""
_UNSEEN = re.compile(r'<sup\b.*?</sup>|<span class="sp-visually-hidden">.*?</span>', re.DOTALL)
_LABEL = re.compile(r'<(p|span) class="sp-(?:label|trap__mark)">(.*?)</\1>|<dt\b[^>]*>(.*?)</dt>', re.DOTALL)
_TOUCHING = re.compile(r"(</\w+>)(<\w)")
_INLINE = re.compile(r"</?(?:a|b|cite|code|del|em|i|ins|q|small|span|strong|time)\b[^>]*>")
_BLOCK_END = re.compile(r"(?<=[^\s.:;!?>])\s*</(?:caption|dd|h[1-4]|li|p|summary|td|th)>")
_ELEMENT = re.compile(r"<[^>]+>")
_EVIDENCE = frozenset(["evidence"])
_REPEATED = {
    "concept": frozenset(["in-the-decisions", "in-scenarios", "related-concepts", "objectives"]),
    "decision": frozenset(["answers-at-a-glance", "related-concepts", "objectives"]),
    "task": frozenset(["read-for-this-task", "traps-in-this-task"]),
}
"""Kind of page → sections that say again what other pages, or other sections, say."""
_GATHERED = frozenset(["cheat_sheet", "glossary", "signals", "traps"])
"""Kinds of pages that hold nothing but what records say on their own pages."""


class Entry(NamedTuple):
    """A place on a page that search can lead to."""

    anchor: str
    """Empty for the page as a whole."""
    title: str
    text: str
    names: tuple[str, ...] = ()
    """What it is called: it comes first where one of these is typed."""
    phrases: tuple[str, ...] = ()
    """Other words that lead to it."""


def entries(page: Page) -> Iterator[Entry]:
    """The page itself, then its headings and the lines of its ledgers.

    What other pages say too is left out: evidence notes, pages that gather, and single errors (their index has them).
    """
    if page.kind == "error":
        return
    if page.kind in _GATHERED:
        yield Entry("", _words(escape(page.title)), _words(escape(page.description)))
        return
    left_out = _EVIDENCE | _REPEATED.get(page.kind, frozenset())
    searched = [page.lead, *(section.to_html() for section in page.sections if section.id not in left_out)]
    _, *parts = _HEADING.split("\n".join(searched))
    for anchor, title, body in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        place = "" if anchor == "title" else anchor
        phrases = () if place else page.search_phrases
        yield Entry(place, _words(title), _words(_LINE.sub("", body)), page.search_names.get(place, ()), phrases)
        for line, name, text in _LINE.findall(body):
            yield Entry(line, _words(name), _words(text), page.search_names.get(line, ()))


def _words(html: str) -> str:
    """What HTML says, as sentences: a label ends in a colon, a block in a full stop."""
    labeled = _LABEL.sub(r"\2\3: ", _UNSEEN.sub("", html))
    blocks = _INLINE.sub("", _TOUCHING.sub(r"\1 \2", labeled))
    text = " ".join(_ELEMENT.sub(" ", _BLOCK_END.sub(". ", blocks)).split())
    return text.replace("&#39;", "'").replace("&#34;", '"')
