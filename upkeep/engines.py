"""Builds the site with other engines, from the same mkdocs.yml: from the plugin's pages, or from exported ones."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from generator.build import Result, build
from generator.deliver.export import export
from generator.deliver.menu import merged, pages_of
from generator.deliver.offline import write_worker
from generator.deliver.search_index import index_entries
from generator.deliver.today import EPOCH, build_time
from generator.deliver.write import write
from generator.present.data.pictures import pictures
from generator.present.data.texts import page_texts
from generator.present.structured import structured
from upkeep.built import INDEXES

PROJECT = Path(__file__).parent.parent
SOURCES = ("content", "docs", "overrides")
ADDRESS = "http://127.0.0.1:8000/"
SETTINGS = {
    "SITE_URL": ADDRESS,
    "REPO_URL": "https://git.example.com/owner/signpost",
    "NO_MKDOCS_2_WARNING": "1",
    "DISABLE_MKDOCS_2_WARNING": "true",
}


class CannotBuild(Exception):
    """An engine failed to build the site."""


class CannotInstall(Exception):
    """An engine is not to be had here."""


@dataclass(frozen=True)
class Engine:
    """An engine and how it gets the pages."""

    name: str
    package: str
    """What to install; empty for this environment's own MkDocs."""
    command: tuple[str, ...]
    """How to build, but for the configuration file."""
    runs_plugin: bool = False
    """It reads mkdocs.yml itself and runs the plugin; otherwise it builds exported pages."""
    needs_theme: bool = True
    """The theme is a package of its own, the locked one."""


_MKDOCS = ("mkdocs", "build", "--strict", "--config-file")
_PROPERDOCS = ("properdocs", "build", "--strict", "--config-file")
_ZENSICAL = ("zensical", "build", "--strict", "--clean", "--config-file")
REFERENCE = Engine("mkdocs", "", _MKDOCS, runs_plugin=True)
ENGINES = (
    Engine("mkdocs-export", "", _MKDOCS),
    Engine("properdocs", "properdocs==1.6.7", _PROPERDOCS, runs_plugin=True),
    Engine("properdocs-export", "properdocs==1.6.7", _PROPERDOCS),
    Engine("zensical-0.0.73", "zensical==0.0.73", _ZENSICAL, needs_theme=False),
    Engine("zensical-0.1.2", "zensical==0.1.2", _ZENSICAL, needs_theme=False),
)


class Workshop:
    """A folder with a copy of the project, exported pages beside it, and a site for each engine."""

    def __init__(self, folder: Path, sources: Path = PROJECT) -> None:
        """Copies what pages are made from, so that all engines build the same, and exports the pages."""
        self.folder = folder.resolve()
        self.project, self.exported = self.folder / "project", self.folder / "export"
        for old in (self.project, self.exported):
            shutil.rmtree(old, ignore_errors=True)
        for name in SOURCES:
            shutil.copytree(sources / name, self.project / name)
        shutil.copy(sources / "mkdocs.yml", self.project)
        time = build_time(sources, print)
        self.settings = {**SETTINGS, EPOCH: str(int(time.timestamp()))}
        self.result = build(self.project / "content", time.date())
        if self.result.failed:
            raise CannotBuild(self.result.report)
        self._export()

    def _export(self) -> None:
        docs = self.exported / "docs"
        pages = self.result.rendered.pages
        data = {page.path: str(structured(self.result.site, page, ADDRESS)) for page in pages}
        export(self.result.rendered, docs, data)
        shutil.copytree(self.project / "docs", docs, dirs_exist_ok=True)
        shutil.copytree(self.project / "overrides", self.exported / "overrides")

    def _config(self) -> dict[str, Any]:
        """The configuration of the project as one that builds exported pages: no plugin of ours, the whole navigation.

        Not by INHERIT: Zensical joins the lists of both files.
        """
        settings = yaml.load((self.project / "mkdocs.yml").read_text(encoding="utf-8"), _Loader)
        generated = json.loads((self.exported / "docs/nav.json").read_text(encoding="utf-8"))
        rendered = self.result.rendered
        in_menu = {page.path for page in pages_of(rendered.menu)}
        return {
            **settings,
            "plugins": [plugin for plugin in settings["plugins"] if plugin != "signpost"],
            "nav": merged(generated, settings["nav"]),
            "not_in_nav": "\n".join(page.file for page in rendered.pages if page.path not in in_menu),
            "exclude_docs": "/nav.json",
        }

    def build(self, engine: Engine) -> Path:
        """Builds the site with an engine and gives its folder. Raises CannotInstall or CannotBuild."""
        home = _installed(engine, self.folder / "environments")
        if engine.runs_plugin:
            site = self.project / f"site-{engine.name}"
            command = (*engine.command, "mkdocs.yml", "--site-dir", site.name)
        else:
            site = self.exported / f"site-{engine.name}"
            config = {**self._config(), "site_dir": site.name}
            file = site.with_name(f"{site.name}.yml")
            file.write_text(json.dumps(config, indent=1), encoding="utf-8")
            command = (*engine.command, file.name)
        _run([str(home / command[0]), *command[1:]], site.parent, self.settings)
        if not engine.runs_plugin:
            finish(self.result, site)
        return site


class _Loader(yaml.SafeLoader):
    """Reads mkdocs.yml with the values that this program sets in the environment."""


def _from_environment(loader: yaml.SafeLoader, node: yaml.Node) -> str | None:
    return next((SETTINGS[part.value] for part in node.value if part.value in SETTINGS), None)


_Loader.add_constructor("!ENV", _from_environment)


def finish(result: Result, site: Path) -> None:
    """Adds what no engine makes of exported pages: pictures, the pages' texts, search entries, the service worker."""
    for path, contents in pictures(result.site).items():
        write(site / path, contents)
    for path, text in page_texts(result.rendered.pages):
        write(site / path, text)
    _index(result, site)
    write_worker(site)


def _index(result: Result, site: Path) -> None:
    """Puts our search entries in the place of those that the engine read from the finished pages."""
    file = next(site / name for name in INDEXES if (site / name).is_file())
    index = json.loads(file.read_text(encoding="utf-8"))
    key = "docs" if "docs" in index else "items"
    theirs = {entry["location"]: entry for entry in index[key]}
    ours = [(page.url, entry) for page in result.rendered.pages for entry in index_entries(page)]
    generated = {page.url for page in result.rendered.pages}
    kept = [entry for place, entry in theirs.items() if place.partition("#")[0] not in generated]
    index[key] = kept + [{**theirs.get(entry["location"], theirs[page]), **entry} for page, entry in ours]
    file.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def _installed(engine: Engine, folder: Path) -> Path:
    """The folder of the engine's programs."""
    if not engine.package:
        return Path(sys.executable).parent
    home = folder / engine.package
    done, programs = home / "done", home / "bin"
    if not done.exists():
        pip = [str(programs / "python"), "-m", "pip", "install", "-q"]
        _install([sys.executable, "-m", "venv", "--clear", str(home)])
        if engine.needs_theme:
            _install([*pip, "--require-hashes", "-r", str(PROJECT / "requirements.txt")])
            _install([*pip, "--no-deps", "--no-build-isolation", "-e", str(PROJECT)])
        _install([*pip, engine.package])
        done.touch()
    return programs


def _install(command: list[str]) -> None:
    ran = subprocess.run(command, capture_output=True, text=True)
    if ran.returncode:
        raise CannotInstall(ran.stderr.strip().rpartition("\n")[2])


def _run(command: list[str], folder: Path, settings: Mapping[str, str]) -> None:
    environment = {**os.environ, **settings}
    ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    if ran.returncode:
        raise CannotBuild(f"{ran.stdout}{ran.stderr}".strip()[-3000:])
