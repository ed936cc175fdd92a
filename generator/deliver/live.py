"""`serve` after an edit of a record: brings the served site up to date, without building all of it again."""

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.commands.build import _build_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

from generator.build import Result
from generator.deliver.menu import menu
from generator.deliver.pages import SignpostPage
from generator.deliver.splice import Splicer
from generator.deliver.write import write
from generator.present.structured import structured

Stamps = frozenset[tuple[str, int, int]]


@dataclass(frozen=True)
class Served:
    """The site as MkDocs built it last, and what it makes pages with."""

    result: Result
    pages: tuple[SignpostPage, ...]
    config: MkDocsConfig
    files: Files
    nav: Navigation
    env: jinja2.Environment
    splicer: Splicer | None

    def renewed(self, result: Result) -> "Served | None":
        """Writes the pages and files that are no longer the same.

        None, and nothing written, where another page, title or order of pages would show in the menus of all.
        """
        if _frame(result) != _frame(self.result):
            return None
        for shown, page in zip(self.pages, result.rendered.pages, strict=True):
            data = structured(result.site, page, self.config.site_url or "")
            if (page, data) != (shown.signpost, shown.structured):
                shown.take(page, data, self.config, self.files)
                if self.splicer:
                    self.splicer.place(shown)
                _build_page(shown, self.config, [], self.nav, self.env)
        folder, files = Path(self.config.site_dir), result.rendered.files
        for path, contents in files.items():
            write(folder / path, contents)
        for path in self.result.rendered.files.keys() - files.keys():
            (folder / path).unlink()
        return replace(self, result=result)


def _frame(result: Result) -> Any:
    """What pages show of each other by way of the theme."""
    pages = [(page.path, page.menu_title) for page in result.rendered.pages]
    return pages, menu(result.rendered.menu)


def stamps(places: Iterable[Path]) -> Stamps:
    """Files, and those in folders, with what tells whether they have changed."""
    files = (Path(folder, name) for place in places for folder, _, names in os.walk(place) for name in names)
    found = [(file, file.stat()) for file in [*files, *(place for place in places if place.is_file())]]
    return frozenset((str(file), state.st_mtime_ns, state.st_size) for file, state in found)
