"""Projects to build in a proof, and what a built site is compared by."""

import hashlib
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from tests.conftest import DAY, LIBRARY, ROOT

EPOCH = str(int(datetime(DAY.year, DAY.month, DAY.day, tzinfo=UTC).timestamp()))
"""A moment for projects that are no git checkout: the same all day."""
TRAP = "A river that digs its own bed."


def small_project(folder: Path) -> Path:
    """The small library with the pages, templates and settings of the real site."""
    for name in ("docs", "overrides"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copytree(LIBRARY, folder / "content")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return folder


def real_project(folder: Path) -> Path:
    """The real library with its generator, as the only commit of a repository."""
    for name in ("content", "docs", "generator", "overrides"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in (".gitignore", "mkdocs.yml"):
        shutil.copy(ROOT / name, folder)
    moment = {"GIT_AUTHOR_DATE": f"{EPOCH} +0000", "GIT_COMMITTER_DATE": f"{EPOCH} +0000"}
    who = ["-c", "user.name=Test", "-c", "user.email=test@example.com"]
    for arguments in (["init", "-q"], ["add", "-A"], [*who, "commit", "-qm", "all"]):
        subprocess.run(["git", "-C", folder, *arguments], check=True, env={**os.environ, **moment})
    return folder


def write_version(project: Path, number: int) -> None:
    """Gives the small library one of many texts, which changes a page, the downloads and the service worker."""
    text = (LIBRARY / "concepts/tuning.yml").read_text(encoding="utf-8")
    assert TRAP in text
    record = project / "content/concepts/tuning.yml"
    record.write_text(text.replace(TRAP, f"A river that digs bed number {number}."), encoding="utf-8")


def command(*arguments: str) -> list[str]:
    """The command line of a build."""
    return [sys.executable, "-m", "mkdocs", "build", "-q", *arguments]


def environment(**variables: str) -> dict[str, str]:
    """Variables of a build: those of this process, without what a build counts from, and with those given."""
    kept = {name: value for name, value in os.environ.items() if name not in ("SOURCE_DATE_EPOCH", "SITE_URL")}
    return {**kept, "NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1", **variables}


def digest(site: Path) -> dict[str, tuple[int, str]]:
    """Path → mode and SHA-256 of every file of a site, and the mode of every folder."""
    found = {}
    for path in sorted(site.rglob("*")):
        data = path.read_bytes() if path.is_file() else b""
        found[path.relative_to(site).as_posix()] = (path.stat().st_mode, hashlib.sha256(data).hexdigest())
    return found
