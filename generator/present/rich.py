"""Record text as plain data, for scripts in the page: they build elements from it and never read HTML.

A text is a list of strings and of marks: `{"b": text}` matters (in a scenario: decides), `{"i": text}` is stressed,
`{"c": "code"}` was typed exactly so, `{"a": address, "t": "label"}` links, `{"n": 3, "a": address}` cites a note.
Addresses start at the site's root.
"""

from collections.abc import Iterable
from typing import Any

from generator.check.library import Ref
from generator.model.markup import Broken, Cite, Code, Emphasis, Inline, Link, Strong, Words, parse_line
from generator.present.address import url_of
from generator.present.site import Site

Rich = list[str | dict[str, Any]]


def rich(site: Site, ref: Ref, text: str) -> Rich:
    """One line of a record's text."""
    return _parts(site, ref, parse_line(text))


def address(site: Site, ref: Ref, anchor: str = "") -> str:
    """The address of a record's page below the site's root, or of a part of it."""
    page, own_anchor = site.place(ref)
    anchor = anchor or own_anchor
    return f"{url_of(page)}#{anchor}" if anchor else url_of(page)


def _parts(site: Site, ref: Ref, inlines: Iterable[Inline]) -> Rich:
    return [_part(site, ref, inline) for inline in inlines]


def _part(site: Site, ref: Ref, inline: Inline) -> str | dict[str, Any]:
    match inline:
        case Words(text) | Broken(text):
            return text
        case Code(text):
            return {"c": text}
        case Strong(children):
            return {"b": _parts(site, ref, children)}
        case Emphasis(children):
            return {"i": _parts(site, ref, children)}
        case Link(kind, id, label):
            target = (kind, id)
            return {"a": address(site, target), "t": label or site.card(target).short_name}
        case Cite(key):
            note = site.note(ref, key)
            return {"n": note.number, "a": address(site, ref, f"fn:{note.anchor}")}
