"""Which files are kept for reading offline, and when the worker changes."""

import hashlib
import json
import re

import pytest

from generator.deliver.offline import WORKER, kept_files, worker, write_worker

KEPT = (
    "404.html",
    "index.html",
    "data/index.html",
    "data/items/index.json",
    "data/signals.json",
    "data/terms.json",
    "assets/stylesheets/signpost.css",
    "assets/javascripts/offline.js",
    "search/search_index.json",
    "search/index.json",
    "search/words/tu.json",
    "search/pages/index.json",
    "search/pages/concepts/a/index.json",
    "manifest.webmanifest",
    "a page's name/größe.html",
)
LEFT_OUT = (
    WORKER,
    "sitemap.xml",
    "sitemap.xml.gz",
    "llms.txt",
    "concepts/a.md",
    "pictures/concepts/a.png",
    "data/index.json",
    "data/concepts/a.json",
    "data/items.csv",
    "data/signpost.apkg",
    "assets/javascripts/bundle.min.js.map",
    "assets/javascripts/lunr/wordcut.js",
)


@pytest.fixture
def site(tmp_path):
    for name in (*KEPT, *LEFT_OUT):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    return tmp_path


def test_what_a_reader_needs_is_kept_with_its_hash_and_what_others_fetch_is_not(site):
    kept = kept_files(site)
    assert set(kept) == {*KEPT[:-1], "a%20page's%20name/gr%C3%B6%C3%9Fe.html"}
    assert kept["404.html"] == hashlib.sha256(b"404.html").hexdigest()


def test_the_worker_changes_exactly_when_a_kept_file_does(site):
    write_worker(site)
    before = (site / WORKER).read_text(encoding="utf-8")
    for name in LEFT_OUT:
        (site / name).write_text("changed", encoding="utf-8")
    assert worker(site) == before
    (site / "index.html").write_text("changed", encoding="utf-8")
    after = worker(site)
    assert after != before
    assert _version(after) != _version(before)


def test_the_worker_states_its_version_and_files_before_its_code(site):
    text = worker(site)
    files = re.search(r"^const FILES = (\{.*?\n\})\n", text, re.DOTALL | re.MULTILINE)
    assert json.loads(files[1]) == kept_files(site)
    assert 'addEventListener("fetch"' in text[files.end() :]


def _version(text: str) -> str:
    return re.match(r'const VERSION = "([0-9a-f]{16})"\n', text)[1]
