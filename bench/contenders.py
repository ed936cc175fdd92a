"""Who is timed: how each gets the records, builds, serves, and where its pages are."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml

from bench.programs import PEERS, hugo, node_packages, own, pinned, python_packages
from bench.records import ROOT, generate, titles

SHARED = ("docs", "overrides", "mkdocs.yml")
CONCEPT = "concepts/{id}/index.html"


class Library:
    """Generated records, and the finished pages that `signpost export` writes of them."""

    def __init__(self, folder: Path, count: int) -> None:
        """Generates `count` concepts in a folder that is there."""
        self.folder = folder
        self.content = folder / "content"
        generate(self.content, count)
        self.titles = titles(self.content)

    @cached_property
    def exported(self) -> Path:
        """A folder with the pages as Markdown, and their navigation in nav.json."""
        docs = self.folder / "export"
        command = [sys.executable, "-m", "generator", "export", str(docs)]
        subprocess.run(command, cwd=self.folder, check=True, stdout=subprocess.DEVNULL)
        return docs


@dataclass(frozen=True)
class Contender:
    """A way to build the site."""

    name: str
    title: str
    """As the table calls it; {version} is filled in."""
    lay_out: Callable[[Path, Library], None]
    """Fills an empty folder with a project. Raises Unavailable where the builder is not to be had."""
    build: Callable[[], list[str]]
    """The command that builds."""
    serve: Callable[[int], list[str]]
    """The command that serves on a port, and rebuilds what is edited."""
    version: Callable[[], str]
    source: str = "content/concepts/{id}.yml"
    """The file to edit."""
    site: str = "site"


def _signpost(folder: Path, library: Library) -> None:
    for name in SHARED:
        _copy(ROOT / name, folder / name)
    _copy(library.content, folder / "content")


def _exported(folder: Path, library: Library) -> None:
    docs = folder / "docs"
    _copy(library.exported, docs)
    navigation: list[Any] = json.loads((docs / "nav.json").read_text(encoding="utf-8"))
    (docs / "nav.json").unlink()
    _copy(ROOT / "docs", docs)
    _copy(ROOT / "overrides", folder / "overrides")
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    settings, own_navigation = text.replace("  - signpost\n", "").split("\nnav:\n")
    navigation += yaml.safe_load(own_navigation)
    (folder / "mkdocs.yml").write_text(f"{settings}\nnav: {json.dumps(navigation)}\n", encoding="utf-8")


def _zensical(folder: Path, library: Library) -> None:
    _exported(folder, library)
    # Its own template of this page never ends with navigation.prune.
    (folder / "overrides" / "404.html").write_text("<!doctype html>\n<title>404</title>\n", encoding="utf-8")


def _gen_files(folder: Path, library: Library) -> None:
    _copy(PEERS / "gen-files", folder)
    _copy(library.content, folder / "records")


def _hugo(folder: Path, library: Library) -> None:
    _copy(PEERS / "hugo", folder)
    _copy(library.content, folder / "data")


def _eleventy(folder: Path, library: Library) -> None:
    _copy(PEERS / "eleventy", folder)
    _copy(library.content, folder / "records")
    (folder / "node_modules").symlink_to(node_packages("eleventy") / "node_modules")


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)
    else:
        shutil.copy(source, target)


def _in(name: str, program: str) -> str:
    return str(python_packages(name) / "bin" / program)


def _eleventy_program() -> str:
    return str(node_packages("eleventy") / "node_modules/.bin/eleventy")


def _eleventy_version() -> str:
    package = json.loads((PEERS / "eleventy/package.json").read_text(encoding="utf-8"))
    return str(package["dependencies"]["@11ty/eleventy"])


def _mkdocs_serve(program: str, port: int) -> list[str]:
    return [program, "serve", "-q", "-a", f"127.0.0.1:{port}"]


def _material() -> str:
    return f"MkDocs {version('mkdocs')} + Material {version('mkdocs-material')}"


SIGNPOST = Contender(
    "signpost",
    "Signpost, on {version}",
    _signpost,
    lambda: [str(own("mkdocs")), "build", "-q"],
    lambda port: _mkdocs_serve(str(own("mkdocs")), port),
    _material,
)
HUGO = Contender(
    "hugo",
    "Hugo {version}, bare layout",
    _hugo,
    lambda: [str(hugo()), "build", "--quiet", "--noBuildLock"],
    lambda port: [str(hugo()), "server", "--noBuildLock", "--bind", "127.0.0.1", "--port", str(port)],
    lambda: pinned("hugo", "hugo"),
    source="data/concepts/{id}.yml",
    site="public",
)
CONTENDERS = (
    SIGNPOST,
    HUGO,
    Contender(
        "eleventy",
        "Eleventy {version}, bare layout",
        _eleventy,
        lambda: [_eleventy_program(), "--quiet"],
        lambda port: [_eleventy_program(), "--serve", "--quiet", f"--port={port}"],
        _eleventy_version,
        source="records/concepts/{id}.yml",
        site="_site",
    ),
    Contender(
        "stock",
        "{version}, exported pages",
        _exported,
        lambda: [str(own("mkdocs")), "build", "-q"],
        lambda port: _mkdocs_serve(str(own("mkdocs")), port),
        _material,
        source="docs/concepts/{id}/index.md",
    ),
    Contender(
        "zensical",
        "Zensical {version}, exported pages",
        _zensical,
        lambda: [_in("zensical", "zensical"), "build"],
        lambda port: [_in("zensical", "zensical"), "serve", "--dev-addr", f"127.0.0.1:{port}"],
        lambda: pinned("zensical", "zensical"),
        source="docs/concepts/{id}/index.md",
    ),
    Contender(
        "gen-files",
        "{version}, through mkdocs-gen-files",
        _gen_files,
        lambda: [_in("gen-files", "mkdocs"), "build", "-q"],
        lambda port: _mkdocs_serve(_in("gen-files", "mkdocs"), port),
        lambda: f"MkDocs {pinned('gen-files', 'mkdocs')} + Material {pinned('gen-files', 'mkdocs-material')}",
        source="records/concepts/{id}.yml",
    ),
)
