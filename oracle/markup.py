"""Elements, attributes, ids and headings of a page."""

import re
from collections import Counter
from collections.abc import Iterator

from oracle.allowed import (
    ELEMENTS,
    EVERYWHERE,
    HEADING_ID,
    HIDDEN_CHARACTERS,
    NOT_IN_ARTICLE,
    OWN_ID,
    REDIRECT,
    SECTIONS,
    SHOWN_ON_PURPOSE,
    THEME_ID,
)
from oracle.finding import Finding
from oracle.site import Page, Site, one_line

_HEADINGS = ("h1", "h2", "h3", "h4")


def elements(page: Page, site: Site) -> Iterator[Finding]:
    """Only elements on the list, and in an article none of the frame's."""
    known = REDIRECT if page.is_redirect else ELEMENTS
    for element in page.elements:
        if element.tag not in known:
            yield page.finding(element, f"<{element.tag}> is not on the list of elements", _from_text("element"))
    for element in page.article:
        if element.tag in NOT_IN_ARTICLE:
            yield page.finding(element, f"<{element.tag}> stands inside the article", _from_text("element"))


def attributes(page: Page, site: Site) -> Iterator[Finding]:
    """Only attributes on the list of their element, with values of their pattern."""
    known = REDIRECT if page.is_redirect else ELEMENTS
    for element in page.elements:
        allowed = known.get(element.tag, {})
        for name, value in element.attrib.items():
            pattern = allowed.get(name, None if page.is_redirect else EVERYWHERE.get(name))
            if pattern is None:
                yield page.finding(
                    element, f"attribute `{name}` is not on the list of <{element.tag}>", _from_text("attribute")
                )
            elif not re.fullmatch(pattern, value):
                yield page.finding(element, f"`{name}` is {value[:80]!r}", f"Its value has to match {pattern}.")


def ids(page: Page, site: Site) -> Iterator[Finding]:
    """Ids stand once on a page and have a form that no script can take for its own."""
    for id, count in Counter(page.ids).items():
        if count > 1:
            yield page.finding(page.by_id[id], f"id `{id}` stands {count} times", "An id names one element of a page.")
    inside = set(page.article)
    for element in page.elements:
        id = element.get("id")
        if id is None:
            continue
        forms = [OWN_ID] if element in inside else [THEME_ID]
        if element in inside and element.tag in _HEADINGS:
            forms.append(HEADING_ID)
        if not any(form.fullmatch(id) for form in forms):
            yield page.finding(
                element,
                f"id `{id[:80]}` has no form of ours",
                "Ids come from checked slugs with a prefix, never from text.",
            )


def headings(page: Page, site: Site) -> Iterator[Finding]:
    """One first-level heading; on a record's page, only our own second-level ones."""
    if page.is_redirect:
        return
    first = [element for element in page.elements if element.tag == "h1"]
    if len(first) != 1:
        yield Finding(page.name, "<h1>", f"the page has {len(first)} of them", "A page has one.")
    kind, _, rest = page.name.partition("/")
    if kind in SECTIONS and rest.count("/") == 1:
        for element in page.article:
            if element.tag == "h2" and (text := one_line("".join(element.itertext()))) not in SECTIONS[kind]:
                yield page.finding(
                    element, f"“{text[:80]}” is no heading of such a page", "Headings are ours, never a record's."
                )


def characters(page: Page, site: Site) -> Iterator[Finding]:
    """No character that hides or reorders text."""
    shown = SHOWN_ON_PURPOSE.get(page.name.removesuffix("/index.html"), "\0")
    for element in page.elements:
        for text in (element.text, element.tail, *element.attrib.values()):
            if text and (found := HIDDEN_CHARACTERS.search(text.replace(shown, ""))):
                yield page.finding(
                    element, f"hidden character U+{ord(found[0]):04X}", "Take it out of the record, or spell it out."
                )
                break


def _from_text(what: str) -> str:
    return (
        f"If it came from a text, mend the escaping; if the theme brought it, review the {what} and add it to "
        "oracle/allowed.py."
    )
