"""The search index: what it says of a page is on that page, and its files are those of one version of the site."""

import hashlib
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from oracle.finding import Finding
from oracle.site import Site, words_of

_LIST = "search/index.json"
_DIGEST = re.compile(r'\{"digest":"([0-9a-f]{8})",(.*)\}', re.DOTALL)


def search_file(name: str, site: Site, data: bytes) -> Iterator[Finding]:
    """Everything wrong with a file below search/."""
    text = data.decode()
    try:
        parsed = json.loads(text)
    except ValueError as problem:
        yield Finding(name, "file", f"does not parse: {problem}", "Write it with json.dumps.")
        return
    if name == "search/search_index.json":
        if parsed.get("docs") != []:
            yield Finding(name, "docs", "holds entries, which every page would load", "Leave it empty.")
        return
    if name == _LIST:
        yield from _listed(name, site, parsed)
        return
    found = _DIGEST.fullmatch(text)
    if not found or hashlib.sha256(found[2].encode()).hexdigest()[:8] != found[1]:
        yield Finding(name, "digest", "is not that of the file", "Nothing may change it.")
    elif found[1] != _digests(site.files[_LIST]).get(name):
        yield Finding(name, "digest", f"is not the one in {_LIST}", "Delete the file, or build the site anew.")
    elif name.startswith("search/pages/"):
        yield from _texts(name, site, parsed["entries"])
    else:
        yield from _words(name, site, parsed)


def _listed(name: str, site: Site, parsed: dict[str, Any]) -> Iterator[Finding]:
    """Pages are listed once, with their titles, and all files are there."""
    urls = [url for url, _, _ in parsed["pages"]]
    for url, title, _ in parsed["pages"]:
        page = site.pages.get(f"{url}index.html")
        if page is None or page.is_redirect or urls.count(url) > 1:
            yield Finding(name, url, "leads nowhere, or twice to a page", "Each page is listed once.")
        elif not words_of(title) <= page.words:
            yield Finding(name, url, f"the page does not say {title[:80]!r}", "Its title is the page's.")
    files = {file for file in site.files if file.startswith(("search/pages/", "search/words/"))}
    for file in sorted(files ^ _list(json.dumps(parsed)).keys()):
        yield Finding(name, file, "is listed without a file, or a file that is not listed", "List all files.")


def _texts(name: str, site: Site, entries: list[list[str]]) -> Iterator[Finding]:
    """Places are on the page, and so are the words of each title and text."""
    page = site.pages[f"{name.removeprefix('search/pages/')}".removesuffix(".json") + ".html"]
    for place, (anchor, title, text, *_) in enumerate(entries):
        if anchor and anchor not in page.by_id:
            yield Finding(name, f"entries[{place}]", f"'#{anchor}' leads nowhere", "It leads to an id of the page.")
        if missing := words_of(f"{title} {text}") - page.words:
            said = ", ".join(sorted(missing)[:5])
            yield Finding(name, f"entries[{place}]", f"the page does not say {said!r}", "Texts are the page's.")


def _words(name: str, site: Site, parsed: dict[str, Any]) -> Iterator[Finding]:
    """Each word is on its pages; each name and phrase stands with the place that it leads to."""
    pages = _pages(site.files[_LIST])
    said = cache(lambda number: _said(site, pages[number]))
    for word, postings in parsed["words"].items():
        number = 0
        for posting in postings:
            number += posting // 16
            if not posting % 16 or number >= len(pages) or word not in said(number):
                yield Finding(name, f"`{word}`", f"page {number} does not have it", "Pages are numbered as listed.")
                break
    for table in ("names", "phrases"):
        for key, locations in parsed[table].items():
            for location in locations:
                url, _, anchor = location.partition("#")
                entries = _entries(site, url) if url in pages else []
                called = [
                    " ".join(re.findall(r"[^\W_]+", text.lower())) for e in entries if e[0] == anchor for text in e
                ]
                if key not in called:
                    yield Finding(name, f"`{key}`", f"{location!r} is not called that", "It leads to its page.")


def _said(site: Site, url: str) -> set[str]:
    """The words of a page, with names and phrases that lead to it."""
    page = site.pages.get(f"{url}index.html")
    hidden = words_of(" ".join(text for entry in _entries(site, url) for text in entry[3:]))
    return (page.words if page else set()) | hidden


def _entries(site: Site, url: str) -> list[list[str]]:
    return _parsed(site.files[f"search/pages/{unquote(url)}index.json"])["entries"]


def _pages(path: Path) -> list[str]:
    return [url for url, _, _ in _parsed(path)["pages"]]


def _digests(path: Path) -> dict[str, str]:
    return _list(path.read_text(encoding="utf-8"))


@cache
def _list(text: str) -> dict[str, str]:
    """File → its digest, of a list."""
    listed = json.loads(text)
    pages = {f"search/pages/{unquote(url)}index.json": digest for url, _, digest in listed["pages"]}
    return pages | {f"search/words/{place}.json": digest for place, digest in listed["words"].items()}


@cache
def _parsed(path: Path) -> Any:
    return json.loads(path.read_bytes())
