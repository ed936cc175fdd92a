"""The files that the search box loads once a reader searches: words with the pages they are on, and each page's texts.

search/index.json              all pages, and the digest of every other file
search/words/XX.json           the words that begin with XX, and the names and phrases whose first word does
search/pages/PAGE/index.json   titles and texts of a page, as plain text

docs/assets/javascripts/search/ reads them; it tells words apart as `words_of` does. Every file but the first holds its
digest: a browser that got files of two versions of the site can tell.
"""

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

from generator.deliver.write import write

FOLDER = "search"
INDEX = f"{FOLDER}/index.json"
OTHER = "other"
"""Where words are that begin with other letters than a to z."""
_WORD = re.compile(r"[^\W_]+")
_START = re.compile(r"[a-z0-9]{1,2}")
_INLINE = re.compile(r"</?(?:a|b|code|em|i|strong)\b[^>]*>")
_ELEMENT = re.compile(r"<[^>]+>")
# What a word counts for on a page, by where it stands; a posting has four bits for the sum.
_IN_NAME, _IN_HEADING, _IN_PHRASE, _MOST_IN_TEXT, _MOST = 10, 4, 4, 4, 15

Entry = Mapping[str, Any]
"""As in the theme's own index: location, title, text; names and phrases where there are some."""


class Part(NamedTuple):
    """What one page adds to the index. It depends on the page's entries alone."""

    url: str
    title: str
    texts: str
    """Its file, as JSON without the digest: of each entry the anchor, title, text, names and phrases."""
    words: dict[str, int]
    """Word → what it counts for, 1 to 15."""
    names: dict[str, list[str]]
    """Name, as its words → locations."""
    phrases: dict[str, list[str]]


def words_of(text: str) -> list[str]:
    """The words of a plain text: runs of letters and digits, in lower case."""
    lower = text.lower()
    # Of all letters, one becomes a letter with a mark, which would end the word.
    return _WORD.findall(lower) if len(lower) == len(text) else [word.lower() for word in _WORD.findall(text)]


def key_of(text: str) -> str:
    """A name or phrase as search compares it: its words, whatever stands between them."""
    return " ".join(words_of(text))


def place_of(word: str) -> str:
    """Which file of words a word is in."""
    return word[:2] if _START.fullmatch(word[:2]) else OTHER


def page_file(url: str) -> str:
    """The file with the texts of the page at an address below the site's root."""
    folder = f"{url}/" if url and not url.endswith("/") else url
    return f"{FOLDER}/pages/{unquote(folder)}index.json"


def part_of(url: str, entries: Iterable[Entry]) -> Part:
    """What the page at `url` adds to the index."""
    title = ""
    texts: list[list[str]] = []
    points = Counter[str]()
    names: dict[str, list[str]] = defaultdict(list)
    phrases: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        location, heading, text = entry["location"], _plain(entry["title"]), _plain(entry["text"])
        anchor = location.partition("#")[2]
        if not anchor:
            title = heading
        called = entry.get("names") or (() if anchor else (heading,))
        leading = entry.get("phrases", ())
        texts.append([anchor, heading, text, *entry.get("names", ()), *leading])
        points.update(dict.fromkeys(_words_of_all((heading, *called)), _IN_HEADING if anchor else _IN_NAME))
        points.update(dict.fromkeys(_words_of_all(leading), _IN_PHRASE))
        for known, keys in ((names, called), (phrases, leading)):
            for key in sorted({key_of(each) for each in keys} - {""}):
                known[key].append(location)
    in_text = Counter(words_of("\n".join(text for _, _, text, *_ in texts)))
    words = {word: min(count.bit_length(), _MOST_IN_TEXT) for word, count in in_text.items()}
    words.update({word: min(words.get(word, 0) + worth, _MOST) for word, worth in points.items()})
    return Part(url, title or texts[0][1], _json(texts), words, dict(names), dict(phrases))


def parts_of(entries: Iterable[Entry]) -> list[Part]:
    """The parts of all pages; the entries of a page stand together."""
    pages = groupby(entries, key=lambda entry: entry["location"].partition("#")[0])
    return [part_of(url, of_page) for url, of_page in pages]


def search_files(parts: Iterable[Part]) -> Iterator[tuple[str, str]]:
    """Path below the site and contents of each file of the index."""
    pages = sorted(parts, key=lambda page: page.url)
    listed = []
    for page in pages:
        digest, text = _with_digest(f'"entries":{page.texts}')
        listed.append([page.url, page.title, digest])
        yield page_file(page.url), text
    digests = {}
    for place, content in _words_by_place(pages):
        digests[place], text = _with_digest(content)
        yield f"{FOLDER}/words/{place}.json", text
    yield INDEX, _json({"pages": listed, "words": digests})


def write_search(site: Path, parts: Iterable[Part]) -> None:
    """Writes the index into the folder `site`, and empties the one that the theme loads on every page."""
    for path, text in search_files(parts):
        write(site / path, text)
    theirs = site / FOLDER / "search_index.json"
    write(theirs, _json({**json.loads(theirs.read_text(encoding="utf-8")), "docs": []}))


def _words_by_place(pages: list[Part]) -> Iterator[tuple[str, str]]:
    """The files of words: each word with its pages, a posting being the distance to the page and what it counts for."""
    words: dict[str, list[int]] = defaultdict(list)
    last: dict[str, int] = {}
    names: dict[str, list[str]] = defaultdict(list)
    phrases: dict[str, list[str]] = defaultdict(list)
    for number, page in enumerate(pages):
        for word, count in page.words.items():
            words[word].append((number - last.get(word, 0)) << 4 | count)
            last[word] = number
        for known, found in ((names, page.names), (phrases, page.phrases)):
            for key, locations in found.items():
                known[key] += locations
    tables: dict[str, Mapping[str, Any]] = {"words": words, "names": names, "phrases": phrases}
    files: dict[str, dict[str, dict[str, Any]]] = defaultdict(lambda: {table: {} for table in tables})
    for table, content in tables.items():
        for key in sorted(content):
            files[place_of(key.partition(" ")[0])][table][key] = content[key]
    for place in sorted(files):
        yield place, _json(files[place])[1:-1]


def _words_of_all(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in words_of(text)}


def _with_digest(content: str) -> tuple[str, str]:
    """The digest of the inside of a JSON object, and the object with it."""
    digest = hashlib.sha256(content.encode()).hexdigest()[:8]
    return digest, f'{{"digest":"{digest}",{content}}}'


def _plain(html: str) -> str:
    text = _ELEMENT.sub(" ", _INLINE.sub("", html)) if "<" in html else html
    return " ".join(unescape(text).split())


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
