"""The MkDocs adapter: hands finished pages to `mkdocs build` and `mkdocs serve`. The only module that knows MkDocs."""

import logging
import os
from pathlib import Path
from typing import Any

from markupsafe import escape
from mkdocs.config import base
from mkdocs.config import config_options as option
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import CountHandler

from generator.build import Result, build
from generator.deliver.swap import Staging
from generator.deliver.today import EPOCH, build_time
from generator.present.compose import TEMPLATES
from generator.present.page import Menu, Page
from generator.present.search import Entry, entries

log = get_plugin_logger("signpost")


class Config(base.Config):  # type: ignore[no-untyped-call]
    """Options of the plugin in mkdocs.yml."""

    content = option.Type(str, default="content")
    """Folder of the records, beside mkdocs.yml."""


class SignpostPage(MkDocsPage):
    """A page that was finished before MkDocs saw it: no Markdown is read or rendered."""

    def __init__(self, page: Page, file: File, config: MkDocsConfig) -> None:
        # Theme templates do not escape titles and descriptions.
        super().__init__(escape(page.menu_title), file, config)
        self.signpost = page

    def read_source(self, config: MkDocsConfig) -> None:
        """Sets what front matter would set."""
        page = self.signpost
        self.markdown = ""
        self.meta = {
            "title": escape(page.title),
            "description": escape(page.description),
            "record": page.edit_path,
            "kind": page.kind,
            "hide": list(page.hide),
            "search": {"exclude": True},  # the plugin has added its entries already
        }

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Takes over the finished HTML with its table of contents and anchors."""
        page = self.signpost
        self.content = page.html
        top = AnchorLink(str(escape(page.title)), "title", level=1)
        top.children = [AnchorLink(section.heading, section.id, level=2) for section in page.sections]
        self.toc = TableOfContents([top])
        self.present_anchor_ids = set(page.ids)

    def validate_anchor_links(self, *, files: Files, log_level: int) -> None:
        """Nothing to do: the core has proved all links already."""


class SignpostPlugin(BasePlugin[Config]):  # type: ignore[no-untyped-call]
    """Adds the pages of all records to the site, and swaps the finished site in whole."""

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remembers whether a failing record stops the build or is shown in its page."""
        self.serving = command == "serve"
        self.staging: Staging | None = None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Watches what pages are made from; a build goes to a folder beside the site."""
        project = Path(config.config_file_path).parent
        self.content = project / self.config.content
        time = build_time(project)
        self.today = time.date()
        if not config.repo_url:
            config.edit_uri = None
        if self.serving:
            _count_no_warnings()
            config.watch += [str(self.content), str(TEMPLATES)]
        else:
            os.environ[EPOCH] = str(int(time.timestamp()))
            self.staging = Staging(Path(config.site_dir))
            self.site_dir = config.site_dir
            config.site_dir = str(self.staging.begin())
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Adds a page for every record and list."""
        result = build(self.content, self.today)
        self._report(result)
        for page in result.rendered.pages:
            self._add(files, config, page)
        for path, text in result.rendered.files.items():
            files.append(File.generated(config, path, content=text))
        config.nav = _merged([_menu(item) for item in result.rendered.menu], config.nav or [])
        return files

    def _report(self, result: Result) -> None:
        if result.failed and not self.serving:
            raise PluginError(f"\n{result.report}")
        if result.report:
            log.warning("\n%s", result.report)

    def _add(self, files: Files, config: MkDocsConfig, page: Page) -> None:
        uri = f"{page.path}.md"
        if files.get_file_from_path(uri):
            raise PluginError(f"docs/{uri} is in the way of a generated page of that name: rename or delete it")
        file = File.generated(config, uri, content="")
        if page.edit_path:
            file.edit_uri = f"../{page.edit_path}"
        files.append(file)
        SignpostPage(page, file, config)
        if search := config.plugins.get("material/search"):
            search.search_index.entries += [_search_entry(page, entry) for entry in entries(page)]

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Swaps the new site in, unless strict mode is about to refuse it."""
        if self.staging:
            refused = config.strict and _warnings()
            self.staging.drop() if refused else self.staging.commit()
            self.staging = None
            config.site_dir = self.site_dir

    def on_build_error(self, *, error: Exception) -> None:
        """Leaves the old site as it was."""
        if self.staging:
            self.staging.drop()
            self.staging = None


def _strict_counters() -> list[CountHandler]:
    """What strict mode counts warnings with."""
    return [handler for handler in logging.getLogger("mkdocs").handlers if isinstance(handler, CountHandler)]


def _warnings() -> bool:
    return any(counter.get_counts() for counter in _strict_counters())


def _count_no_warnings() -> None:
    """Keeps `serve` up in strict mode: a record with errors is shown in its page instead."""
    for counter in _strict_counters():
        logging.getLogger("mkdocs").removeHandler(counter)


def _merged(generated: list[Any], own: list[Any]) -> list[Any]:
    """The generated navigation with that of mkdocs.yml: its pages lead the group of the same name, or come last."""
    groups = {title: pages for item in own if isinstance(item, dict) for title, pages in item.items()}
    merged = [
        {title: [*groups.pop(title, []), *pages] for title, pages in item.items()} if isinstance(item, dict) else item
        for item in generated
    ]
    return merged + [item for item in own if not isinstance(item, dict) or item.keys() & groups.keys()]


def _search_entry(page: Page, entry: Entry) -> dict[str, str]:
    """An entry as Material's index has it. Its own reading of the finished page takes half of a build."""
    location = f"{page.url}#{entry.anchor}" if entry.anchor else page.url
    return {"location": location, "title": entry.title, "text": entry.text}


def _menu(item: Menu | Page) -> dict[str, Any] | str:
    if isinstance(item, Page):
        return f"{item.path}.md"
    return {str(escape(item.title)): [_menu(child) for child in item.items]}
