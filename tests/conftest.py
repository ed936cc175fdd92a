"""What several tests share: the small library, and a place to change it in."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from generator.build import Result, build
from generator.deliver.today import build_time
from tests.browser.chromium import FLAGS, find

# The same examples on every machine; HYPOTHESIS_PROFILE=explore draws new ones.
settings.register_profile("steady", derandomize=True)
settings.register_profile("explore", derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

ROOT = Path(__file__).parent.parent
LIBRARY = Path(__file__).parent / "library"
TODAY = date(2026, 11, 22)
"""The day of the small library."""
DAY = build_time(ROOT, print).date()
"""The day of the real site."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden pages anew")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the small library."""
    return Path(shutil.copytree(LIBRARY, tmp_path / "content"))


@pytest.fixture
def edit(content: Path) -> Callable[..., Result]:
    """Replaces a piece of a file of the small library, or all of it, and builds."""

    def change(file: str, old: str = "", new: str | bytes = "") -> Result:
        path = content / file
        if isinstance(new, bytes):
            path.write_bytes(new)
        else:
            text = path.read_text(encoding="utf-8") if path.exists() else ""
            assert old in text, f"{file} does not hold {old!r}"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.replace(old, new, 1) if old else new, encoding="utf-8")
        return build(content, TODAY)

    return change


@pytest.fixture(scope="session")
def small() -> Result:
    """The small library, built."""
    return build(LIBRARY, TODAY)


@pytest.fixture(scope="session")
def real() -> Result:
    """The real library, built for the day of the real site."""
    return build(ROOT / "content", DAY)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a worker. There must be one: `make test` sees to that."""
    path = find()
    assert path, "no Chromium: run `make test`, which installs one, or name one in CHROMIUM"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()
