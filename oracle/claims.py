"""Records against pages: each has its page, under its own name, and what it states leads to the evidence."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from oracle.finding import Finding
from oracle.site import Page, Site, cited, one_line

_PAGES = ("concepts", "decisions", "exams")
_NOTE = "Cite it in the page's template, or mend the note."


def names(site: Site) -> Iterator[Finding]:
    """Every record is shown; its page is called what the record says."""
    for (kind, id), record in site.records.all.items():
        file = f"content/{kind}/{id}.yml"
        page = site.of((kind, id))
        if page is None:
            yield Finding(file, "page", "the record has no page", "Build the site from these records.")
            continue
        if kind in ("concepts", "decisions"):
            yield from _named(page, site, one_line(record["name"]))
        elif kind == "exams":
            yield from _named(page, site, f"{record['code']} map")
        else:
            shown = page.by_id.get(f"{kind.removesuffix('s')}-{id}")
            name = one_line(record.get("name") or record["title"])
            if shown is None or name not in one_line("".join(shown.itertext())):
                yield Finding(
                    page.name, f"#{kind.removesuffix('s')}-{id}", f"does not show “{name}”", f"It shows {file}."
                )


def _named(page: Page, site: Site, name: str) -> Iterator[Finding]:
    wanted = {"h1": name, "title": f"{name} · {site.reviewed.site_name}"}
    for element in page.elements:
        if element.tag in wanted and (text := one_line("".join(element.itertext()))) != wanted[element.tag]:
            yield page.finding(element, f"it reads “{text[:120]}”", f"The record says “{wanted[element.tag]}”.")


def claims(site: Site) -> Iterator[Finding]:
    """What a record states with evidence stands on its page, word for word, with a citation of that evidence."""
    sources = site.records.sources()
    for record, contents in site.records.all.items():
        page = site.of(record)
        if page is None or "evidence" not in contents:
            continue
        kind, id = record
        prefix = f"{id}--" if kind not in _PAGES else ""
        for words, keys in site.records.claims(record):
            shown = _shown(page, words)
            if shown is None:
                yield Finding(page.name, "page", f"does not state “{words[:80]}”", f"content/{kind}/{id}.yml does.")
            elif missing := [key for key in keys if f"#fn:{prefix}{key}" not in shown]:
                yield Finding(page.name, f"“{words[:60]}”", f"does not cite {', '.join(missing)}", _NOTE)
        for key, evidence in contents["evidence"].items():
            yield from _proved(page, f"fn:{prefix}{key}", evidence, sources)


def _shown(page: Page, words: str) -> set[str] | None:
    """The notes cited where the page shows these words; None where it does not."""
    if words in page.statements:
        return page.statements[words]
    found = [notes for text, notes in page.statements.items() if words in text]
    return set().union(*found) if found else None


def _proved(page: Page, id: str, evidence: dict[str, str], sources: dict[str, tuple[str, str]]) -> Iterator[Finding]:
    note = page.by_id.get(id)
    if note is None:
        yield Finding(page.name, f"#{id}", "the note is missing", _NOTE)
        return
    text = one_line("".join(note.itertext()))
    address, title = sources[evidence["source"]]
    links = [link.get("href") for link in note.iter("a")]
    if one_line(evidence["says"]) not in text or one_line(title) not in text or evidence["checked"] not in _days(note):
        yield page.finding(note, "does not say what its evidence says, where and when", "A note shows all three.")
    if address not in links:
        yield page.finding(note, f"does not lead to {address}", "A note links the declared page.")
    if f"#{id}" not in page.citations:
        yield page.finding(note, "nothing cites this note", _NOTE)


def _days(note: Any) -> list[str | None]:
    return [time.get("datetime") for time in note.iter("time")]


def notes(page: Page, site: Site) -> Iterator[Finding]:
    """Citations carry the number of the note they lead to, on this page or another."""
    numbers = {
        f"#{item.get('id')}": str(place)
        for items in page.elements
        if items.tag == "ol"
        for place, item in enumerate(items, 1)
    }
    for element in page.elements:
        if element.tag == "sup":
            for link in element.iter("a"):
                address = link.get("href", "")
                if "#fn:" not in address or (
                    address[0] == "#" and numbers.get(address) != one_line("".join(link.itertext()))
                ):
                    yield page.finding(
                        link, f"citation leads to {address!r}", "A citation leads to the note of its number."
                    )


def facts(page: Page, site: Site) -> Iterator[Finding]:
    """On the page of a concept, what states facts cites: seen in the page alone."""
    kind, _, rest = page.name.partition("/")
    if kind != "concepts" or rest.count("/") != 1 or page.is_redirect:
        return
    for section in ("what-it-is", "what-it-does-not-do", "when-to-use-it", "how-it-shows-up-on-the-exam"):
        if not any(cited(element) for element in page.sections.get(section, ())):
            yield Finding(page.name, f"#{section}", "the section cites nothing", _NOTE)
    for element in _factual(page):
        if not cited(element):
            yield page.finding(element, "states a fact but cites nothing", _NOTE)


def _factual(page: Page) -> Iterator[Any]:
    """Paragraphs and lists of the definition, lines on its use, rows of tables, the facts of traps."""
    parents = page.parents
    for element in page.sections.get("what-it-is", ()):
        top = parents[element].tag == "article"
        if top and (element.tag in ("ul", "ol") or element.tag == "p") and element.get("class") is None:
            yield element
    for section in ("what-it-does-not-do", "when-to-use-it"):
        for element in page.sections.get(section, ()):
            if element.tag == "li" or (element.tag == "tr" and parents[element].tag == "tbody"):
                yield element
    for element in page.sections.get("common-misconceptions", ()):
        if element.tag == "dl":
            terms = list(element)
            yield from (dd for dt, dd in pairwise(terms) if dt.tag == "dt" and "".join(dt.itertext()) == "In fact")
