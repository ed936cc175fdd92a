"""The real site, built once by the stock `mkdocs build --strict`."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import html5lib
import pytest
from filelock import FileLock

from tests.conftest import ROOT
from tests.delivery.prove.project import EPOCH

REPO = "https://git.example.com/owner/signpost"
ADDRESS = "http://127.0.0.1:8000/"


def start(*arguments, cwd, **variables):
    """Starts mkdocs as a user would."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "REPO_URL": REPO, **variables}
    command = [sys.executable, "-m", "mkdocs", *arguments]
    return subprocess.Popen(command, cwd=cwd, env=environment, stderr=subprocess.PIPE, text=True)


def mkdocs(*arguments, cwd=ROOT, **variables):
    """Runs mkdocs to its end; gives its exit code and what it printed."""
    process = start(*arguments, cwd=cwd, **variables)
    _, printed = process.communicate(timeout=300)
    return SimpleNamespace(returncode=process.returncode, stderr=printed)


@pytest.fixture(scope="session")
def built(tmp_path_factory) -> Path:
    """The folder of the built site, shared by all workers."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "real-site"
    with FileLock(f"{shared}.lock"):
        if not shared.exists():
            result = mkdocs("build", "--strict", "-d", str(shared), SITE_URL=ADDRESS, SOURCE_DATE_EPOCH=EPOCH)
            assert result.returncode == 0, result.stderr
            assert "WARNING" not in result.stderr
    return shared


@pytest.fixture(scope="session")
def pages(built):
    """Address → parsed page, for every HTML file of the site."""
    return {
        path.relative_to(built).as_posix(): html5lib.parse(path.read_bytes(), namespaceHTMLElements=False)
        for path in sorted(built.rglob("*.html"))
    }
