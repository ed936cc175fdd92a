"""The files beside the pages: scripts, styles, data, texts, downloads."""

import csv
import hashlib
import io
import json
import re
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import html5lib
from markdown_it import MarkdownIt

from oracle.allowed import HIDDEN_CHARACTERS, SHOWN_ON_PURPOSE
from oracle.finding import Finding
from oracle.reviewed import script_hash
from oracle.searching import search_file
from oracle.site import Site

_WORKER = Path(__file__).parent.parent / "generator/deliver/service-worker.js"
_WEIGHTS = re.compile(r"(\.sp-weight-(\d+)\{--sp-weight:\2\}\n)*")
_STYLE_ADDRESS = re.compile(
    r"url\(\s*['\"]?(?!data:image/|#)([a-z]+:|//)|@import|expression\(|image-set\(\s*['\"]", re.IGNORECASE
)
_MARKED = frozenset(("b", "code", "em", "i", "li", "ol", "p", "pre", "strong", "ul"))
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_TEXT = (".css", ".csv", ".js", ".json", ".md", ".txt", ".webmanifest", ".xml")


def file(name: str, site: Site) -> Iterator[Finding]:
    """The file is of a kind that is known, and holds what its kind may."""
    path = site.files[name]
    if path.is_symlink():
        yield Finding(name, "file", "is a symbolic link", "Publish files only.")
    elif name not in site.pages:
        data = path.read_bytes()
        yield from _text(name, data) if name.endswith(_TEXT) else ()
        yield from _file(site, name, data)


def _text(name: str, data: bytes) -> Iterator[Finding]:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        yield Finding(name, f"byte {problem.start}", "is not UTF-8", "Write texts as UTF-8.")
        return
    shown = SHOWN_ON_PURPOSE.get(name.removesuffix(".md"), "\r\n")
    if not name.startswith("assets/javascripts/") and (found := HIDDEN_CHARACTERS.search(text.replace(shown, "\n"))):
        line = text.count("\n", 0, found.start()) + 1
        yield Finding(name, f"line {line}", f"hidden character U+{ord(found[0]):04X}", "Take it out of the record.")


def _file(site: Site, name: str, data: bytes) -> Iterator[Finding]:
    ours = site.docs / name
    if name.startswith("assets/") and ours.is_file():
        if ours.read_bytes() != data:
            yield Finding(name, "file", "differs from the file of that name under docs/", "Nothing may change it.")
        if name.endswith(".css"):
            yield from _style(name, data.decode())
    elif name in site.reviewed.files:
        if script_hash(data.decode()) != site.reviewed.files[name]:
            yield Finding(
                name,
                "file",
                "is not the script that was reviewed",
                "Read it, then pin its hash in oracle/reviewed.yml.",
            )
    elif name == "assets/stylesheets/weights.css":
        if not _WEIGHTS.fullmatch(data.decode()):
            yield Finding(
                name, "file", "holds more than the weights of domains", "Each line is .sp-weight-N{--sp-weight:N}."
            )
    elif name == "service-worker.js":
        yield from _worker(site, name, data.decode())
    elif name.startswith("search/") and name.endswith(".json"):
        yield from search_file(name, site, data)
    elif name == "manifest.webmanifest" or (name.startswith("data/") and name.endswith(".json")):
        yield from _json(site, name, data)
    elif name.startswith("data/") and name.endswith(".csv"):
        yield from _table(site, name, data.decode())
    elif name == "llms.txt" or (name.endswith(".md") and _page_of(name) in site.pages):
        yield from _markdown(site, name, data.decode())
    elif not any(pattern.fullmatch(name) for pattern in site.reviewed.patterns):
        yield Finding(
            name, "file", "is not on the list of files", "Delete it, or review it and add it to oracle/reviewed.yml."
        )
    elif name.endswith(".css"):
        yield from _style(name, data.decode())
    elif name.endswith(".svg"):
        yield from _picture(name, data)
    elif name.endswith(".apkg"):
        yield from _deck(name, data)
    elif name.endswith(".xml"):
        yield from _sitemap(site, name, data)


def _page_of(text: str) -> str:
    stem = text.removesuffix(".md")
    return f"{stem}.html" if stem == "index" or stem.endswith("/index") else f"{stem}/index.html"


def _style(name: str, text: str) -> Iterator[Finding]:
    if found := _STYLE_ADDRESS.search(text):
        yield Finding(
            name,
            f"line {text.count(chr(10), 0, found.start()) + 1}",
            f"holds {found[0]!r}",
            "Styles load nothing from elsewhere.",
        )


def _picture(name: str, data: bytes) -> Iterator[Finding]:
    for element in ElementTree.fromstring(data).iter():
        tag = element.tag.rpartition("}")[2]
        active = [key for key in element.attrib if key.lower().startswith("on") or key.endswith("href")]
        if tag in ("script", "foreignObject", "style", "image", "use") or active:
            yield Finding(name, f"<{tag}>", "a picture that can load or run", "A picture holds shapes only.")


def _worker(site: Site, name: str, text: str) -> Iterator[Finding]:
    found = re.match(r'const VERSION = "[0-9a-f]{16}"\nconst FILES = (\{.*?\n?\})\n(.*)', text, re.DOTALL)
    code = _WORKER.read_text(encoding="utf-8")
    if not found or found[2] != code:
        yield Finding(name, "file", "is not the list of files before our code", "Nothing may change it.")
        return
    for path, hash in json.loads(found[1]).items():
        file = site.files.get(unquote(path))
        if file is None or hashlib.sha256(file.read_bytes()).hexdigest() != hash:
            yield Finding(name, path, "is missing or has another hash", "The worker is written last.")


def _tags(html: str) -> set[str]:
    """The elements in a piece of HTML; one with attributes counts by all of itself."""
    if "<" not in html:
        return set()
    found = list(html5lib.parseFragment(html, namespaceHTMLElements=False).iter())[1:]
    return {f"{element.tag} {dict(element.attrib)}" if element.attrib else str(element.tag) for element in found}


def _json(site: Site, name: str, data: bytes) -> Iterator[Finding]:
    """It parses, and addresses in it are the site's or declared."""
    try:
        parsed = json.loads(data)
    except ValueError as problem:
        yield Finding(name, "file", f"does not parse: {problem}", "Write it with json.dumps.")
        return
    if name.startswith("data/schema/"):
        return
    for key, value in _strings(parsed):
        if key in ("url", "a", "page", "json", "src", "start_url", "scope") and not _known(site, value):
            yield Finding(
                name,
                f"`{key}`",
                f"{value[:120]!r} is no file of the site and no record declares it",
                "Mend the address.",
            )


def _strings(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _strings(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part, key)


def _known(site: Site, address: str) -> bool:
    """An address that a record declares, or one below the site's root."""
    if address in site.records.addresses or address == "./":
        return True
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not re.fullmatch(r"[\w./-]*", parts.path):
        return False
    path = f"{parts.path}index.html" if parts.path.endswith("/") or not parts.path else parts.path
    page = site.pages.get(path)
    return path in site.files and (not parts.fragment or (page is not None and unquote(parts.fragment) in page.by_id))


def _table(site: Site, name: str, text: str) -> Iterator[Finding]:
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))
    for number, row in enumerate(rows, 1):
        if len(row) != len(rows[0]):
            yield Finding(name, f"row {number}", f"has {len(row)} cells", f"Rows have {len(rows[0])}.")
            continue
        for cell in row:
            if cell.startswith(_FORMULA):
                yield Finding(
                    name, f"row {number}", f"{cell[:60]!r} is a formula for a spreadsheet", "Put ' before it."
                )
        if number > 1 and "page" in rows[0] and not _known(site, row[rows[0].index("page")]):
            yield Finding(name, f"row {number}", f"{row[rows[0].index('page')]!r} leads nowhere", "It leads to a page.")


def _markdown(site: Site, name: str, text: str) -> Iterator[Finding]:
    """Read as CommonMark with tables, it holds no HTML, no picture and no address that no record declares."""
    page = site.pages.get(_page_of(name))
    declared = {link.get("href") for link in page.elements if link.tag == "a"} if page else set()
    for token in MarkdownIt("commonmark", {"html": True}).enable("table").parse(text):
        line = f"line {token.map[0] + 1}" if token.map else "text"
        for part in (token, *(token.children or ())):
            if part.type in ("html_block", "html_inline", "image"):
                yield Finding(name, line, f"holds {part.content[:80]!r}", "Escape it.")
            elif part.type == "link_open":
                address = str(part.attrGet("href"))
                parts = urlsplit(address)
                if (
                    (parts.scheme or parts.netloc)
                    and address not in site.records.addresses
                    and unquote(address) not in declared
                ):
                    yield Finding(name, line, f"links {address[:120]!r}", "No record declares that address.")


def _deck(name: str, data: bytes) -> Iterator[Finding]:
    """Anki shows the fields of a note as HTML, and takes [sound:...] for a command."""
    with zipfile.ZipFile(io.BytesIO(data)) as deck, tempfile.TemporaryDirectory() as folder:
        if sorted(deck.namelist()) != ["collection.anki2", "media"] or deck.read("media") != b"{}":
            yield Finding(name, "archive", f"holds {sorted(deck.namelist())}", "A deck has no media.")
            return
        database = sqlite3.connect(deck.extract("collection.anki2", Path(folder)))
        notes = database.execute("select flds from notes").fetchall()
        database.close()
    for (fields,) in notes:
        id = fields.partition("\x1f")[0]
        for field in fields.split("\x1f"):
            if "[" in field:
                yield Finding(name, id, f"{field[:80]!r} holds a command of Anki's", "Spell the bracket as an entity.")
            if tags := _tags(field) - _MARKED - {"ol {'type': 'A'}"}:
                yield Finding(name, id, f"holds {sorted(tags)}", "Escape it.")


def _sitemap(site: Site, name: str, data: bytes) -> Iterator[Finding]:
    listed = {element.text for element in ElementTree.fromstring(data).iter() if element.tag.endswith("}loc")}
    wanted = {
        site.root + page.removesuffix("index.html")
        for page, parsed in site.pages.items()
        if page != "404.html" and not parsed.is_redirect
    }
    for address in sorted(listed ^ wanted, key=str):
        yield Finding(
            name, str(address), "is a page without entry or an entry without page", "The map lists all pages."
        )
