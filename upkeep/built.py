"""What a built site says, whichever engine built it: pages as a browser would parse them, search entries, files."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin, urlsplit
from xml.etree import ElementTree

import html5lib

Element = Any
_OF_THE_THEME = re.compile(
    r"assets/(images/favicon\.png|javascripts/(LICENSE|bundle\.|lunr/|workers/)"
    r"|stylesheets/((classic|modern)/)?(main|palette)\.).*"
)
_OF_THE_ENGINE = re.compile(r"search(/.*|\.json)|sitemap\.xml(\.gz)?")
_INLINE = frozenset(
    ("a", "b", "cite", "code", "del", "em", "i", "ins", "mark", "q", "small", "span", "strong", "sub", "sup")
)
_OUR_INDEX = "search/pages/"
INDEXES = ("search/search_index.json", "search.json")


@dataclass(frozen=True)
class BuiltPage:
    """One page. All addresses are absolute."""

    title: str
    description: str
    head: tuple[str, ...]
    """What other sites and search engines are told, and which files of ours the page loads."""
    text: str
    """Of its article, with single spaces."""
    anchors: tuple[str, ...]
    links: tuple[str, ...]
    edit_links: tuple[str, ...]
    menu: tuple[str, ...]
    """Names and addresses in the tabs and the main navigation."""


@dataclass(frozen=True)
class BuiltSite:
    """A site."""

    pages: dict[str, BuiltPage]
    """File below the site → page."""
    search: dict[str, tuple[str, str]]
    """Address below the site → title and text of its search entry."""
    files: dict[str, str]
    """File that is neither a page nor the theme's → digest."""
    map: frozenset[str]
    """The addresses in its sitemap."""


def read_site(folder: Path, address: str) -> BuiltSite:
    """Reads the site in a folder, built for an address."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    pages = {
        name: _page(folder / name, urljoin(address, name.removesuffix("index.html")))
        for name in names
        if name.endswith(".html")
    }
    others = [name for name in names if name not in pages and not _is_theirs(name)]
    return BuiltSite(
        pages=pages,
        search=dict(_entries(folder, names)),
        files={name: _digest(folder / name) for name in others},
        map=frozenset(e.text or "" for e in ElementTree.parse(folder / "sitemap.xml").iter() if e.tag.endswith("loc")),
    )


def _is_theirs(name: str) -> bool:
    return bool(_OF_THE_THEME.fullmatch(name) or _OF_THE_ENGINE.fullmatch(name))


def _digest(path: Path) -> str:
    """Of a file's bytes; that of the service worker is left out, as it names the digests of all pages."""
    return "" if path.name == "service-worker.js" else hashlib.sha256(path.read_bytes()).hexdigest()


def _entries(folder: Path, names: list[str]) -> Iterator[tuple[str, tuple[str, str]]]:
    """From our own index where there is one, whose texts are plain, or from the engine's."""
    for name in names:
        if name.startswith(_OUR_INDEX):
            url = quote(name.removeprefix(_OUR_INDEX).removesuffix("index.json"))
            for anchor, title, text, *_ in json.loads((folder / name).read_text(encoding="utf-8"))["entries"]:
                yield f"{url}#{anchor}" if anchor else url, (title, text)
    index = json.loads(next(folder / name for name in INDEXES if name in names).read_text(encoding="utf-8"))
    for entry in index.get("docs") or index.get("items", []):
        yield entry["location"], (_words(entry["title"]), _words(entry["text"]))


def _words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", re.sub(r"</?(b|code|em|i|strong)>", "", html))).split())


def _page(file: Path, address: str) -> BuiltPage:
    tree = html5lib.parse(file.read_bytes(), namespaceHTMLElements=False)
    article = next((e for e in tree.iter("article") if "md-content__inner" in e.get("class", "")), None)
    inside = [] if article is None else [e for e in article.iter() if isinstance(e.tag, str)]
    links = [(e, urljoin(address, e.get("href"))) for e in inside if e.tag == "a" and e.get("href") is not None]
    return BuiltPage(
        title=" ".join((tree.findtext(".//title") or "").split()),
        description=next((e.get("content", "") for e in tree.iter("meta") if e.get("name") == "description"), ""),
        head=tuple(sorted(_head(tree, address))),
        text="" if article is None else " ".join("".join(_texts(article)).split()),
        anchors=tuple(e.get("id") for e in inside if e.get("id")),
        links=tuple(link for _, link in links),
        edit_links=tuple(link for element, link in links if element.get("rel") == "edit"),
        menu=tuple(_menu(tree, address)),
    )


def _texts(element: Element) -> Iterator[str]:
    """The texts in an element. White space around what is not inline makes no difference to a reader."""
    gap = "" if element.tag in _INLINE else " "
    yield gap + (element.text or "")
    for child in element:
        if isinstance(child.tag, str):
            yield from _texts(child)
        yield child.tail or ""
    yield gap


def _menu(tree: Element, address: str) -> Iterator[str]:
    for element in tree.iter("a"):
        if {"md-tabs__link", "md-nav__link"} & set(element.get("class", "").split()):
            yield f"{' '.join(''.join(element.itertext()).split())}: {urljoin(address, element.get('href', ''))}"


def _head(tree: Element, address: str) -> Iterator[str]:
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("http-equiv")
        if name:
            yield f"{name}: {element.get('content')}"
    for element in tree.iter("link"):
        if element.get("rel") in ("canonical", "manifest", "stylesheet", "apple-touch-icon"):
            yield from _ours(element.get("rel"), urljoin(address, element.get("href")))
    for element in tree.iter("script"):
        if element.get("type") == "application/ld+json":
            yield f"data: {json.dumps(json.loads(element.text or 'null'), sort_keys=True)}"
        elif element.get("src"):
            yield from _ours("script", urljoin(address, element.get("src")))
        elif element.get("type") != "application/json":
            yield f"inline script: {hashlib.sha256((element.text or '').encode()).hexdigest()}"


def _ours(kind: str, address: str) -> Iterator[str]:
    if not _OF_THE_THEME.fullmatch(urlsplit(address).path.lstrip("/")):
        yield f"{kind}: {address}"
