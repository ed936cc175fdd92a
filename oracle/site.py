"""A built site as its files are: pages parsed as a browser would, and the files beside them."""

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import html5lib

from oracle.finding import Finding
from oracle.records import Records
from oracle.reviewed import Reviewed

BLOCKS = frozenset(("p", "li", "dt", "dd", "td", "th", "h1", "h2", "h3", "h4", "caption"))


def one_line(text: str) -> str:
    """A text with each run of white space as one space."""
    return " ".join(text.split())


def words_of(text: str) -> set[str]:
    """The words of a text, in lower case."""
    return set(re.findall(r"[^\W_]+", text.lower()))


class Page:
    """A parsed HTML file."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self.tree = html5lib.parse(data, namespaceHTMLElements=False)
        self.elements: list[Any] = [element for element in self.tree.iter() if isinstance(element.tag, str)]
        self.ids = [element.get("id") for element in self.elements if element.get("id") is not None]
        self.is_redirect = not any(element.tag == "article" for element in self.elements)

    @cached_property
    def by_id(self) -> dict[str, Any]:
        """Id → element."""
        return {element.get("id"): element for element in self.elements if element.get("id") is not None}

    @cached_property
    def parents(self) -> dict[Any, Any]:
        """Element → the one around it."""
        return {child: element for element in self.elements for child in element}

    @cached_property
    def article(self) -> list[Any]:
        """All elements inside the article."""
        return [
            element for article in self.tree.iter("article") for element in article.iter() if element is not article
        ]

    @cached_property
    def sections(self) -> dict[str, list[Any]]:
        """Id of a second-level heading → the elements between it and the next."""
        found: dict[str, list[Any]] = {}
        current: list[Any] = []
        for element in self.article:
            if element.tag == "h2":
                current = found.setdefault(element.get("id", ""), [])
            elif isinstance(element.tag, str):
                current.append(element)
        return found

    @cached_property
    def statements(self) -> dict[str, set[str]]:
        """Text of every block of the article, without its citations → the notes it cites, by their addresses."""
        found: dict[str, set[str]] = {}
        for element in self.article:
            if element.tag in BLOCKS:
                found.setdefault(said(element), set()).update(cited(element))
        return found

    @cached_property
    def words(self) -> set[str]:
        """All words of the page and of its description, in lower case; touching elements as one word and as two."""
        texts = ["".join(self.tree.itertext()), " ".join(self.tree.itertext())]
        texts += [element.get("content", "") for element in self.elements if element.get("name") == "description"]
        return words_of(" ".join(texts))

    @cached_property
    def citations(self) -> set[str]:
        """The addresses of all notes that the page cites."""
        return cited(self.tree)

    def finding(self, element: Any, wrong: str, mend: str) -> Finding:
        """A finding at an element."""
        return Finding(self.name, self.place(element), wrong, mend)

    def place(self, element: Any) -> str:
        """Where an element is: the nearest id around it, its name, the beginning of its text."""
        above = element
        while above is not None and not above.get("id"):
            above = self.parents.get(above)
        near = f"#{above.get('id')} " if above is not None and above is not element else ""
        text = one_line("".join(element.itertext()))[:40]
        return f"{near}<{element.tag}>{f' “{text}”' if text else ''}"


def said(element: Any) -> str:
    """The text of an element without its citations."""
    return one_line("".join(_words(element)))


def _words(element: Any) -> Iterator[str]:
    if element.tag == "sup":
        return
    yield element.text or ""
    for child in element:
        yield from _words(child)
        yield child.tail or ""


def cited(element: Any) -> set[str]:
    """The addresses of the notes that an element cites."""
    return {link.get("href", "") for sup in element.iter("sup") for link in sup.iter("a")}


class Site:
    """All files of a built site, and what they are held against."""

    def __init__(self, folder: Path, project: Path, root: str, repository: str) -> None:
        self.root = root
        """The address that the site was built for, with a slash at its end."""
        self.path = urlsplit(root).path
        self.repository = repository
        """The address of the repository; empty where there is none."""
        self.records = Records(project / "content")
        self.reviewed = Reviewed()
        self.docs = project / "docs"
        self.files = {
            path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if not path.is_dir()
        }
        self.pages = {
            name: Page(name, path.read_bytes())
            for name, path in self.files.items()
            if name.endswith(".html") and not path.is_symlink()
        }

    def of(self, record: tuple[str, str]) -> Page | None:
        """The page that shows a record; None where it is missing."""
        kind, id = record
        lists = {"services": "services", "sources": "sources", "wording": "signals"}
        return self.pages.get(f"{lists.get(kind, f'{kind}/{id}')}/index.html")
