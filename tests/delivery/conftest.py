"""Two clones of a small repository with this generator, as the workflow checks them out."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import LIBRARY, ROOT


def git(folder: Path, *arguments: str) -> None:
    """Runs git as somebody."""
    who = ["-c", "user.name=Test", "-c", "user.email=test@example.com"]
    subprocess.run(["git", "-C", folder, *who, *arguments], check=True, capture_output=True)


def install(clone: Path) -> None:
    """What `make .venv/site` leaves behind, without fetching packages: the command runs the clone's own generator."""
    command = clone / ".venv/bin/signpost"
    command.parent.mkdir(parents=True)
    command.write_text(
        f"#!{sys.executable}\nimport sys\n\nsys.path.insert(0, {str(clone)!r})\n"
        "from generator.cli import main\n\nmain()\n"
    )
    command.chmod(0o755)
    for done in (".venv/pip", ".venv/site"):
        (clone / done).touch()


@pytest.fixture
def clones(tmp_path: Path) -> tuple[Path, Path]:
    """The base branch and a proposal that changes nothing yet, each with its generator installed."""
    origin = tmp_path / "origin"
    shutil.copytree(ROOT / "generator", origin / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / ".github", origin / ".github")
    shutil.copytree(LIBRARY, origin / "content")
    for name in ("Makefile", "requirements.txt", "pyproject.toml", ".gitignore"):
        shutil.copy(ROOT / name, origin)
    git(tmp_path, "init", "-q", "-b", "main", "origin")
    git(origin, "add", "-A")
    git(origin, "commit", "-q", "-m", "base")
    for name in ("base", "proposal"):
        git(tmp_path, "clone", "-q", str(origin), name)
        install(tmp_path / name)
    return tmp_path / "base", tmp_path / "proposal"
