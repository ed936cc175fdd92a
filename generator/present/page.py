"""A finished page: our fixed headings around finished HTML. Knows no engine."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from markupsafe import Markup

from generator.present.address import url_of


def slug(heading: str) -> str:
    """The id of a heading of ours, the same that Markdown engines give it."""
    return re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page under a second-level heading. Headings are ours, never a record's."""

    heading: str
    html: Markup

    @property
    def id(self) -> str:
        """The anchor of its heading."""
        return slug(self.heading)

    def to_html(self) -> Markup:
        """Heading and body."""
        return Markup('<h2 id="{}">{}</h2>\n{}').format(self.id, self.heading, self.html)


@dataclass(frozen=True)
class Page:
    """One page of the site."""

    path: str
    """Path below the site, without ending: concepts/fine-tuning."""
    kind: str
    """Which template made it."""
    title: str
    """Its heading, as plain text."""
    menu_title: str
    """Its name in menus, as plain text."""
    description: str
    """One line for search engines and previews, as plain text."""
    lead: Markup
    """What stands above the first section, the heading included."""
    sections: tuple[Section, ...]
    edit_path: str | None = None
    """The record the page is made from, below the project folder."""
    links: frozenset[tuple[str, str]] = field(default=frozenset())
    """Page and anchor of every internal link on it."""
    hide: tuple[str, ...] = ()
    """Sidebars the page does without."""
    search_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Anchor (empty for the page itself) → all names of what stands there, for search."""
    search_phrases: tuple[str, ...] = ()
    """Other words that search finds the page by."""

    @property
    def url(self) -> str:
        """Its address below the site's root."""
        return url_of(self.path)

    @property
    def file(self) -> str:
        """Its Markdown file, for engines, in a folder of its own: links are right from the file and from the address.

        MkDocs takes links in HTML as they are; Zensical takes them as seen from the file.
        """
        return f"{self.url}index.md"

    @cached_property
    def html(self) -> Markup:
        """Everything from the heading on."""
        return Markup("\n").join([self.lead, *(section.to_html() for section in self.sections)])

    @cached_property
    def ids(self) -> frozenset[str]:
        """All anchors on it."""
        return frozenset(re.findall(r'\sid="([^"]+)"', self.html))


@dataclass(frozen=True)
class Menu:
    """A group of pages in the navigation."""

    title: str
    items: tuple["Menu | Page", ...]


def by_menu_title(pages: Iterable[Page]) -> tuple[Page, ...]:
    """Pages in the order that a menu shows them in."""
    return tuple(sorted(pages, key=lambda page: page.menu_title.casefold()))


@dataclass(frozen=True)
class Rendered:
    """All pages and their order in the navigation."""

    pages: tuple[Page, ...]
    menu: tuple[Menu | Page, ...]
    files: Mapping[str, str | bytes] = field(default_factory=dict)
    """Files that are not pages: path below the site → contents."""
