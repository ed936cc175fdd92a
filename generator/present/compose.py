"""Turns a template and a view into a page. A template has one block per section; a section without text is left out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache, cached_property
from pathlib import Path as FilePath
from types import MappingProxyType
from typing import Any

import jinja2
from markupsafe import Markup

from generator.check.library import Ref
from generator.model.markup import marked
from generator.present.address import cheat_sheet_page, task_page
from generator.present.page import Page, Section, slug
from generator.present.signals import phrases as signal_phrases
from generator.present.site import Site
from generator.present.writer import Writer

TEMPLATES = FilePath(__file__).parent / "templates"


@cache
def _environment() -> jinja2.Environment:
    """One for all builds of a process: templates are compiled once, and again when they change."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=-1,
    )
    environment.filters |= {"day": _day, "marked": marked}
    environment.globals |= {"cheat_sheet_page": cheat_sheet_page, "task_page": task_page}
    return environment


def _day(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


class Composer:
    """Renders the pages of one build."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._shared = {"site": site, "ui": _environment().get_template("macros.html.j2").module}

    @cached_property
    def signals_to(self) -> Mapping[Ref, tuple[str, ...]]:
        """Record → the signal phrases that point to it."""
        found: dict[Ref, list[str]] = defaultdict(list)
        for phrase in signal_phrases(self.site.library):
            for ref in phrase.to:
                found[ref].append(phrase.text)
        return {ref: tuple(texts) for ref, texts in found.items()}

    def page(
        self,
        path: str,
        template: str,
        title: str,
        description: str,
        sections: Iterable[str],
        *,
        menu_title: str = "",
        record: Ref | None = None,
        hide: tuple[str, ...] = (),
        search_names: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
        search_phrases: tuple[str, ...] = (),
        **view: Any,
    ) -> Page:
        """A page from `template`: its block `lead`, then a block for each of `sections` (`What it is`: what_it_is).

        `record` is the one that the page shows and its edit link opens; search finds it by
        `search_names` and `search_phrases`. `view` is what the template sees besides `site`, `writer` (links) and
        `texts` (the record's texts).
        """
        writer = Writer(self.site, path)
        source = _environment().get_template(f"{template}.html.j2")
        texts = writer.of(record) if record else None
        given = {"writer": writer, "texts": texts, "title": title, "description": description, "path": path}
        context = source.new_context(self._shared | given | view)

        def block(name: str) -> Markup:
            return Markup("".join(source.blocks[name](context)).strip())

        lead = block("lead")
        parts = [Section(heading, block(slug(heading).replace("-", "_"))) for heading in sections]
        return Page(
            path=path,
            kind=template,
            title=title,
            menu_title=menu_title or title,
            description=description,
            lead=lead,
            sections=tuple(part for part in parts if part.html),
            edit_path=self._file(record) if record else None,
            links=frozenset(writer.links),
            hide=hide,
            search_names=search_names,
            search_phrases=search_phrases,
        )

    def _file(self, ref: Ref) -> str:
        library = self.site.library
        return (library.records.get(ref) or library.broken[ref]).file
