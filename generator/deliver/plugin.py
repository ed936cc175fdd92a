"""The MkDocs adapter: hands finished pages to `mkdocs build` and `mkdocs serve`.

With live.py, pages.py and splice.py it is all that knows MkDocs.
"""

import gc
import logging
import os
import time
from collections.abc import Callable
from fnmatch import fnmatch
from functools import partial
from itertools import chain
from pathlib import Path

from jinja2 import Environment
from mkdocs.config import base
from mkdocs.config import config_options as option
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.utils import CountHandler

from generator.build import Result, build
from generator.check.folders import check_folder
from generator.check.load import load
from generator.cores import on_all_cores
from generator.deliver.live import Served, stamps
from generator.deliver.menu import menu, merged, pages_of
from generator.deliver.offline import WORKER, leaving_worker, write_worker
from generator.deliver.pages import SignpostPage
from generator.deliver.search_files import Part, parts_of, write_search
from generator.deliver.search_index import index_entries
from generator.deliver.splice import Splicer
from generator.deliver.swap import Staging, place_problem
from generator.deliver.today import EPOCH, build_time
from generator.deliver.write import write
from generator.diagnostics.report import as_text, counted
from generator.memo import FORGETFUL, Memo, Remembering, Same
from generator.present.compose import TEMPLATES
from generator.present.data.pictures import pictures
from generator.present.data.texts import page_texts
from generator.present.page import Page
from generator.present.site import Site
from generator.present.structured import structured
from generator.read.names import key

log = get_plugin_logger("signpost")
_ENGINE = logging.getLogger(log.logger.name.partition(".")[0])  # what strict mode listens to; ProperDocs has its own

_SEARCH_WORKER = "assets/javascripts/workers/search.*.min.js"


class Config(base.Config):  # type: ignore[no-untyped-call]
    """Options of the plugin in mkdocs.yml."""

    content = option.Type(str, default="content")
    """Folder of the records, beside mkdocs.yml."""
    splice = option.Type(bool, default=True)
    """Whether the theme renders one page of each kind, from which all of that kind are made, or every page."""


class SignpostPlugin(BasePlugin[Config]):  # type: ignore[no-untyped-call]
    """Adds the pages of all records to the site, and swaps the finished site in whole."""

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remembers whether a failing record stops the build or is shown in its page."""
        self.serving = command == "serve"
        self.staging: Staging | None = None
        self.served: Served | None = None
        self.memo: Memo = Remembering() if self.serving else FORGETFUL

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Watches what pages are made from; a build goes to a folder beside the site."""
        project = Path(config.config_file_path).parent
        self.content = project / self.config.content
        try:
            time = build_time(project, log.warning)
        except ValueError as error:
            raise PluginError(str(error)) from None
        self.today = time.date()
        if self.serving:
            _count_no_warnings()
        self._refuse_unsafe(config, project)
        if not config.repo_url:
            config.edit_uri = None
        if self.serving:
            config.extra["serving"] = True
            config.watch += [str(self.content), str(TEMPLATES)]
            self.served = None
            folders = (config.docs_dir, config.theme.custom_dir, config.config_file_path, TEMPLATES)
            self.around = [Path(folder) for folder in folders if folder]
            self.stamps = stamps(self.around)
        else:
            os.environ[EPOCH] = str(int(time.timestamp()))
            self.site_dir = config.site_dir
            config.site_dir = str(self._staged(project, config))
        return config

    def _refuse_unsafe(self, config: MkDocsConfig, project: Path) -> None:
        """Looks at the folders that MkDocs reads by itself, following links, before it does."""
        folders = [Path(folder) for folder in (config.docs_dir, config.theme.custom_dir) if folder]
        found = [d for folder in folders for d in check_folder(folder, os.path.relpath(folder, project))]
        self.refused = [diagnostic.file for diagnostic in found]
        if found and self.serving:
            log.warning("\n%s\n\n%s", as_text(found, {}), counted(found))
        elif found:
            loaded = load(self.content, self.today)
            together = [*found, *loaded.diagnostics]
            raise PluginError(f"\n{as_text(together, loaded.sources)}\n\n{counted(together)}")

    def _staged(self, project: Path, config: MkDocsConfig) -> Path:
        """An empty folder beside the site, to build into."""
        site = Path(config.site_dir)
        folders = (self.content, config.docs_dir, config.theme.custom_dir, project / ".git", TEMPLATES.parent.parent)
        inputs = [Path(folder) for folder in folders if folder]
        if problem := place_problem(site, project, inputs):
            raise PluginError(f"{site} cannot take the site: {problem}")
        staging = Staging(site)
        try:
            folder = staging.begin()
        except OSError as error:
            raise PluginError(f"{site} cannot take the site: {error}") from error
        self.staging = staging
        return folder

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Adds a page for every record and list."""
        for file in list(files):
            if any(f"docs/{file.src_uri}/".startswith(f"{path}/") for path in self.refused):
                files.remove(file)
        self.result = result = build(self.content, self.today, self.memo)
        self._report(result)
        in_menu = {page.path for page in pages_of(result.rendered.menu)}
        written = {key(file.dest_uri): file.src_uri for file in files}
        for page in result.rendered.pages:
            file = self._add(files, config, page, result.site, page.path in in_menu)
            if other := written.get(key(file.dest_uri)):
                raise PluginError(f"docs/{other} is in the way of a generated page of that name: rename or delete it")
        beside = {WORKER: leaving_worker()} if self.serving else pictures(result.site)
        for path, contents in {**result.rendered.files, **beside}.items():
            files.append(File.generated(config, path, content=contents))
        _own_search_worker(files, config)
        config.nav = merged(menu(result.rendered.menu), config.nav or [])
        if not self.serving:
            gc.freeze()  # all of it stays until the end: looking through it for garbage takes a tenth of the build
        return files

    def _report(self, result: Result) -> None:
        if result.failed and not self.serving:
            raise PluginError(f"\n{result.report}")
        if result.report:
            log.warning("\n%s", result.report)

    def _add(self, files: Files, config: MkDocsConfig, page: Page, site: Site, in_menu: bool) -> File:
        inclusion = InclusionLevel.INCLUDED if in_menu else InclusionLevel.NOT_IN_NAV
        file = File.generated(config, page.file, content="", inclusion=inclusion)
        if page.edit_path:
            file.edit_uri = f"../{page.edit_path}"
        files.append(file)
        data = structured(site, page, config.site_url) if config.site_url else ""
        SignpostPage(page, data, file, config)
        return file

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Remembers the menu, which the theme shows on every page."""
        self.nav = nav
        return nav

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Has most pages made from shells; says where that cannot be."""
        ours = [file.page for file in files.documentation_pages() if isinstance(file.page, SignpostPage)]
        splicer = None
        others = [name for name, plugin in config.plugins.items() if _sees_each_page(plugin)]
        if others:
            log.info("The theme renders every page, which takes long: the plugin %s looks at each", ", ".join(others))
        elif self.config.splice:
            splicer = Splicer(env, self.nav, config)
            log.debug("%d of %d pages are made from shells", splicer.adopt(ours), len(ours))
            for url in splicer.unlike:
                log.info("The theme renders all pages like %s: what it does there is not understood", url)
        if self.serving and not others:
            self.served = Served(self.result, tuple(ours), config, files, self.nav, env, splicer)
        return env

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Adds the pages' texts, and swaps the new site in, unless strict mode is about to refuse it."""
        self._write_beside(config)
        if self.staging:
            if config.strict and _warnings():
                self.staging.drop()
            else:
                write_worker(Path(config.site_dir))
                self.staging.commit()
            self.staging = None
            config.site_dir = self.site_dir

    def _write_beside(self, config: MkDocsConfig) -> None:
        """Writes the texts of the pages, and what search loads of them."""
        pages = self.result.rendered.pages
        for path, text in page_texts(pages, self.memo):
            # As files of MkDocs they would be pages.
            write(Path(config.site_dir, path), text)
        if search := config.plugins.get("material/search"):
            ours = self.memo.each(
                pages,
                key=lambda page: ("search", Same(page)),
                make=lambda changed: on_all_cores(_parts, changed),
            )
            write_search(Path(config.site_dir), [*parts_of(search.search_index.entries), *chain(*ours)])
        self.memo.turn()

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Has most edits of records shown without another build of MkDocs."""
        server.builder = partial(self._rebuild, builder)
        return server

    def _rebuild(self, builder: Callable[[], None]) -> None:
        begin = time.monotonic()
        if self.served and self.stamps == stamps(self.around):
            result = build(self.content, self.today, self.memo)
            if served := self.served.renewed(result):
                self._report(result)
                self.served, self.result = served, result
                self._write_beside(served.config)
                log.info("The pages are up to date, after %.1f seconds", time.monotonic() - begin)
                return
        builder()

    def on_build_error(self, *, error: Exception) -> None:
        """Leaves the old site as it was. Raises PluginError for a fault of the disk: MkDocs would print a traceback."""
        if self.staging:
            self.staging.drop()
            self.staging = None
            if isinstance(error, OSError):
                raise PluginError(f"{self.site_dir} is left as it was: {error}") from error


def _parts(page: Page) -> list[Part]:
    return parts_of(index_entries(page))


def _sees_each_page(plugin: object) -> bool:
    """Whether a plugin may change what the theme is told of a page. The search plugin only looks."""
    return hasattr(plugin, "on_page_context") and not hasattr(plugin, "search_index")


def _strict_counters() -> list[CountHandler]:
    """What strict mode counts warnings with."""
    return [handler for handler in _ENGINE.handlers if isinstance(handler, CountHandler)]


def _warnings() -> bool:
    return any(counter.get_counts() for counter in _strict_counters())


def _count_no_warnings() -> None:
    """Keeps `serve` up in strict mode: a record with errors is shown in its page instead."""
    for counter in _strict_counters():
        _ENGINE.removeHandler(counter)


def _own_search_worker(files: Files, config: MkDocsConfig) -> None:
    """Puts our search worker (docs/assets/javascripts/search.js) in the place of the theme's."""
    workers = [file for file in files if fnmatch(file.src_uri, _SEARCH_WORKER)]
    if len(workers) != 1:
        raise PluginError(f"the theme has {len(workers)} files {_SEARCH_WORKER}; this plugin knows themes with one")
    files.remove(workers[0])
    files.append(File.generated(config, workers[0].src_uri, content='importScripts("../search.js")\n'))
