"""Hostile texts in every field: what the check lets through is built, passes the oracle, and does nothing in a browser.

The site is built without the rule that refuses foreign text, so that the pages alone have to hold.
"""

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock

from generator.build import build
from generator.check import record_rules
from oracle.check import check
from oracle.site import Site
from tests.browser.conftest import watch_policy
from tests.browser.server import serve
from tests.conftest import ROOT
from tests.delivery.attacks.library import ids, write
from tests.site.conftest import REPO

ADDRESS = "http://127.0.0.1:8000/"
_LENIENT = (
    "from generator.check import record_rules as rules\n"
    "rules.RULES = tuple(rule for rule in rules.RULES if rule is not rules.no_foreign_text)\n"
    "from mkdocs.__main__ import cli\n"
    "cli()\n"
)
_SHAPE = """() => Object.fromEntries(["h1", "h2", "h3", "table", "tr", "details", "ul", "li", "a", "sup", "form", "img",
  "script", "iframe", "style", "input"].map((name) => [name, document.querySelectorAll(`article ${name}`).length]))"""
# Each page is opened where ATTACKS=all (`make prove`), else every twelfth: a browser needs a second for a page.
_STEP = 1 if os.environ.get("ATTACKS") == "all" else 12
_SHARED = ("", "concepts/", "services/", "signals/", "traps/", "glossary/", "sources/", "exams/abc-c01/", "practice/")


@pytest.fixture(scope="session")
def attacked(tmp_path_factory) -> Path:
    """The project of the attacked library, built without the records that are refused all the same."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "attacked"
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            for name in ("docs", "overrides"):
                shutil.copytree(ROOT / name, folder / name)
            shutil.copy(ROOT / "mkdocs.yml", folder)
            write(folder / "content")
            _drop_refused(folder)
            environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SITE_URL": ADDRESS, "REPO_URL": REPO}
            command = [sys.executable, "-c", _LENIENT, "build"]
            result = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
            assert result.returncode == 0, result.stderr
    return folder


def _drop_refused(folder: Path) -> None:
    """Deletes the records that other rules refuse, hidden characters above all."""
    with pytest.MonkeyPatch.context() as patch:
        lenient = tuple(rule for rule in record_rules.RULES if rule is not record_rules.no_foreign_text)
        patch.setattr(record_rules, "RULES", lenient)
        result = build(folder / "content", date(2026, 11, 22))
    for file in {found.file for found in result.diagnostics if found.severity == "error"}:
        (folder / file).unlink()


def test_there_are_at_least_120_hostile_texts_and_most_are_built(attacked):
    assert len(ids()) > 120
    assert len(list((attacked / "content/concepts").glob("attack-*.yml"))) > 120


def test_the_oracle_finds_nothing_on_attacked_pages(attacked):
    assert check(Site(attacked / "site", attacked, ADDRESS, REPO)).findings == ()


@pytest.mark.parametrize("half", [0, 1])
def test_attacked_pages_run_and_load_nothing_and_keep_their_shape(half, attacked, browser):
    faults: list[str] = []
    context = browser.new_context(service_workers="block")
    watch_policy(context, faults)
    page = context.new_page()
    page.on("dialog", lambda dialog: (faults.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("pageerror", lambda error: faults.append(str(error)))
    with serve(attacked / "site") as address:
        page.on("request", lambda request: request.url.startswith(address) or faults.append(request.url))
        page.goto(f"{address}concepts/attack-0/")
        clean = page.evaluate(_SHAPE)
        built = [path.stem for path in sorted((attacked / "content/concepts").glob("attack-*.yml"))]
        for path in (*(f"concepts/{id}/" for id in built[half * _STEP :: 2 * _STEP]), *_SHARED[half::2]):
            page.goto(address + path, wait_until="load")
            assert page.evaluate("window.ran") is None, path
            if path.startswith("concepts/attack-"):
                assert page.evaluate(_SHAPE) == clean, (path, ids()[path.split("/")[1]])
            assert faults == [], path
    context.close()


def test_attacks_found_by_search_and_practiced_run_nothing(attacked, browser):
    faults: list[str] = []
    context = browser.new_context(service_workers="block")
    watch_policy(context, faults)
    page = context.new_page()
    with serve(attacked / "site") as address:
        page.on("request", lambda request: request.url.startswith(address) or faults.append(request.url))
        page.goto(f"{address}concepts/attack-0/")
        for words in ("script window", "onerror", "javascript", "evil example"):
            page.keyboard.press("/")
            page.fill(".md-search__input", words)
            page.keyboard.press("End")
            page.wait_for_selector(".md-search-result__item a", state="attached")
            assert (
                page.evaluate(
                    "document.querySelector('.md-search-result').querySelector('script, img, iframe, svg[onload]')"
                )
                is None
            )
            page.keyboard.press("Escape")
        page.hover("article .footnote-ref >> nth=0")
        page.goto(f"{address}practice/?of=record:concept/attack-16")
        page.wait_for_selector("[data-tool=practice] button")
        assert page.evaluate("window.ran") is None
    context.close()
    assert faults == []
