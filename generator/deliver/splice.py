"""The theme rendered once per kind of page instead of once per page.

Pages of one kind, with the same neighborhood in the menu, share a shell (see shell.py). It is learned from a stand-in:
a page with a mark wherever its model has a value, which the theme renders in the model's place. Some pages of each
kind are rendered both ways and compared byte for byte; where they differ, the theme renders all pages of that kind.
"""

import copy
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import jinja2
from markupsafe import Markup
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import normalize_url

from generator.deliver.pages import SignpostPage, contents
from generator.deliver.shell import NotUnderstood, Shell, learn, mark

_TEMPLATE = "signpost-page.html"
_META = ("title", "description", "record", "picture", "structured")
_HEADING = "<h1"  # the theme looks for it in an article
_ARTICLE = mark("article") + _HEADING
_ENOUGH = 4  # pages for which learning a shell pays


class _Shape(NamedTuple):
    """What templates branch on: pages that agree in it share a shell."""

    group: int
    """Identity of the page's group in the menu; that of None outside of the menu."""
    leads: bool
    """Whether it is the group's first page, to which the menus of other groups link."""
    folder: str
    kind: str
    hide: tuple[str, ...]
    has: tuple[bool, ...]


class _Kind(NamedTuple):
    """A shell, and for each of its holes what each page of the group adds to a menu there."""

    shell: Shell
    leaves: tuple[tuple[str, ...], ...]


class Splicer:
    """Renders pages from shells, within one build of MkDocs."""

    def __init__(self, env: jinja2.Environment, nav: Navigation, config: MkDocsConfig) -> None:
        self._env, self._nav, self._config = env, nav, config
        self._kinds: dict[_Shape, _Kind] = {}
        self._places: dict[str, int] = {}
        self._shared: set[_Shape] = set()
        self._alone: set[str] = set()
        self.unlike: list[str] = []
        """Addresses of pages whose shell did not give what the theme gives."""

    def adopt(self, pages: Sequence[SignpostPage]) -> int:
        """Has MkDocs take from shells all pages that share one; says how many these are."""
        self._env.globals["spliced"] = self.html
        loaders = (jinja2.DictLoader({_TEMPLATE: "{{ spliced(page) }}"}), self._env.loader)
        self._env.loader = jinja2.ChoiceLoader([loader for loader in loaders if loader])
        # A page links to those below its own address unlike its neighbors do.
        above = {f"{_folder(page)}/" for page in self._nav.pages}
        self._alone = {page.url for page in pages if page.url in above or not self._can_share(page)}
        shapes: dict[_Shape, list[SignpostPage]] = defaultdict(list)
        for page in pages:
            if page.url not in self._alone:
                shapes[_shape(page)].append(page)
        self._shared = {shape for shape, alike in shapes.items() if len(alike) >= _ENOUGH and self._learn(alike)}
        return sum(self.place(page) for page in pages)

    def place(self, page: SignpostPage) -> bool:
        """Has MkDocs take a page from its shell, where it has one; says whether."""
        shared = page.url not in self._alone and _shape(page) in self._shared
        if shared:
            page.meta["template"] = _TEMPLATE
        return shared

    def html(self, page: SignpostPage) -> str:
        """A whole page, from its shell."""
        shell, leaves = self._kinds[_shape(page)]
        place = self._places.get(page.url, 0)
        texts = []
        for hole, of_siblings in zip(shell.holes, leaves, strict=True):
            match hole.list:
                case "sections":
                    texts.append(hole.fill(_section(heading, id) for heading, id in _sections(page)[1:]))
                case "before":
                    texts.append("".join(of_siblings[1:place]))
                case _:
                    texts.append("".join(of_siblings[place + 1 :]))
        return shell.fill(_values(page), texts)

    def _can_share(self, page: SignpostPage) -> bool:
        around = [page.previous_page, page.next_page, *_siblings(page)]
        return (
            # Only the titles of our pages are escaped, so that no filter changes them.
            all(other is None or isinstance(other, SignpostPage) for other in around)
            and (page.parent is not None or page not in self._nav.items)
            and _HEADING in str(page.content)
        )

    def _learn(self, pages: Sequence[SignpostPage]) -> bool:
        """Learns the shell of alike pages and compares it; False where the theme does what no shell can."""
        model = pages[0]
        own = self._stand_in(model)
        try:
            shell = self._shell(model, own)
        except NotUnderstood:
            self.unlike.append(model.url)
            return False
        siblings = _siblings(model)
        self._places |= {page.url: place for place, page in enumerate(siblings)}
        entries = [{"leafurl": normalize_url(page.url, own), "leaftitle": str(page.title)} for page in siblings]
        leaves = (entries if hole.list != "sections" else () for hole in shell.holes)
        filled = tuple(tuple(hole.fill([e]) for e in es) for hole, es in zip(shell.holes, leaves, strict=True))
        self._kinds[_shape(model)] = _Kind(shell, filled)
        most_to_escape = max(pages, key=lambda page: str(page.title).count("&"))
        for page in (most_to_escape, random.choice(pages)):
            if self.html(page) != self._rendered(page):
                self.unlike.append(page.url)
                return False
        return True

    def _shell(self, model: SignpostPage, own: SignpostPage) -> Shell:
        """The shell of pages like the model, from what the theme makes of a stand-in with one more of each list."""
        leaf = self._marked("leaf")
        siblings = _siblings(model)
        first = siblings[:1] if siblings and siblings[0] is not model else []

        def example(*children: StructureItem) -> str:
            with _children(model, children):
                text = self._rendered(own).replace(_ARTICLE, mark("article"))
            for name in ("previous", "next", "leaf"):
                text = text.replace(normalize_url(self._marked(name).url, own), mark(f"{name}url"))
            return text

        plain = example(*first, own)
        longer = {}
        if siblings:
            longer["after"] = (example(*first, own, leaf), mark("leafurl"))
        if first:
            longer["before"] = (example(*first, leaf, own), mark("leafurl"))
        if model.signpost.sections:
            own.toc = contents("", [(mark("firstheading"), mark("firstid")), (mark("heading"), mark("id"))])
            longer["sections"] = (example(*first, own), mark("id"))
        return learn(plain, longer)

    def _stand_in(self, model: SignpostPage) -> SignpostPage:
        """A page like the model, with marks for its values."""
        own = copy.copy(model)
        own.title = Markup(mark("menu"))
        own.file = File.generated(self._config, f"{_folder(model)}/{mark('name')}/index.md", content="")
        own._set_canonical_url(self._config.site_url)
        own.meta = {**model.meta, **{name: mark(name) for name in _META if model.meta[name]}}
        own.content = _ARTICLE
        own.toc = contents("", [(mark("firstheading"), mark("firstid"))] if model.signpost.sections else [])
        own.previous_page = model.previous_page and self._marked("previous")
        own.next_page = model.next_page and self._marked("next")
        return own

    def _marked(self, name: str) -> MkDocsPage:
        """A page that others link to."""
        file = File.generated(self._config, f"{mark(f'{name}url')}.md", content="")
        return MkDocsPage(Markup(mark(f"{name}title")), file, self._config)

    def _rendered(self, page: MkDocsPage) -> str:
        """A page as the theme renders it."""
        page.active = True
        try:
            return self._env.get_template("main.html").render(get_context(self._nav, [], self._config, page))
        finally:
            page.active = False


def _shape(page: SignpostPage) -> _Shape:
    around = (page.previous_page, page.next_page, page.signpost.sections, page.edit_url, page.canonical_url)
    siblings = _siblings(page)
    return _Shape(
        group=id(page.parent),
        leads=bool(siblings) and siblings[0] is page,
        folder=_folder(page),
        kind=page.signpost.kind,
        hide=page.signpost.hide,
        has=tuple(map(bool, (*around, *(page.meta[name] for name in _META)))),
    )


def _values(page: SignpostPage) -> Mapping[str, str]:
    around = {"previous": page.previous_page, "next": page.next_page}
    urls = {f"{name}url": normalize_url(other.url, page) for name, other in around.items() if other}
    titles = {f"{name}title": str(other.title) for name, other in around.items() if other}
    first = _sections(page)[:1]
    return {
        **{name: page.meta[name] for name in _META},
        **{f"first{key}": value for section in first for key, value in _section(*section).items()},
        **urls,
        **titles,
        "menu": str(page.title),
        "name": page.url.rstrip("/").rpartition("/")[2],
        "article": str(page.content),
    }


def _sections(page: SignpostPage) -> list[tuple[str, str]]:
    return [(section.heading, section.id) for section in page.signpost.sections]


def _section(heading: str, id: str) -> Mapping[str, str]:
    return {"heading": heading, "id": id}


def _siblings(page: MkDocsPage) -> list[Any]:
    return page.parent.children if page.parent else []


def _folder(page: MkDocsPage) -> str:
    return page.url.rstrip("/").rpartition("/")[0]


@contextmanager
def _children(model: MkDocsPage, children: Sequence[StructureItem]) -> Iterator[None]:
    """Puts others in the place of the model and its siblings."""
    if not model.parent:
        yield
        return
    own = model.parent.children
    model.parent.children = list(children)
    try:
        yield
    finally:
        model.parent.children = own
