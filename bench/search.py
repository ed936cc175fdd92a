"""What search costs a reader, at the real library and at 1,000 generated records: bytes and time in a browser.

    make bench-search                       # the real library and 1,000 records
    .venv/bin/python -m bench.search 130    # another count of generated records

Bytes are those of the files as a server sends them (gzip -6). Time is from the query to the first result drawn, in a
browser that kept nothing from before, served from this machine. Each query has a page of its own and is pasted.
"""

import gzip
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

from bench.records import ROOT, generate, moment
from generator.build import build
from generator.deliver.search_files import parts_of, search_files
from generator.deliver.search_index import index_entries
from generator.deliver.today import build_time
from tests.browser.chromium import FLAGS, find
from tests.browser.server import serve

QUERIES = (
    "rag",
    "embed",
    "amazon sagemaker",
    "updated every day",
    "cost of a foundation model",
    "difference between rag and fine-tuning",
)
FIRST = ".md-search-result__item a"


class Cost(NamedTuple):
    """What a reader pays."""

    bytes_before: int
    """For search, on a page where nothing is searched."""
    bytes_first: int
    """For the first result."""
    files: int
    seconds: float


def main() -> None:
    """Prints the figures."""
    counts = [int(count) for count in sys.argv[1:]] or [1000]
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        for count in (0, *counts):
            folder = Path(place, str(count))
            project(folder, count)
            print(f"\n{f'{count:,} generated records' if count else 'the real library'}: {built(folder)}")
            with serve(folder / "site") as address:
                costs = [searched(browser, address, folder / "site", query) for query in QUERIES]
            for query, cost in zip(QUERIES, costs, strict=True):
                first = f"{cost.bytes_first / 1000:6.1f} KB in {cost.files:2} files, {cost.seconds * 1000:4.0f} ms"
                print(f"  page view {cost.bytes_before / 1000:4.1f} KB, first result {first}: {query}")
            most, median = max(c.bytes_first for c in costs), statistics.median(c.seconds for c in costs)
            print(f"  at most {most / 1000:.0f} KB to the first result, median {median * 1000:.0f} ms", flush=True)
        browser.close()


def project(folder: Path, count: int) -> None:
    """A project with the real library, or with generated records, built with the plugin."""
    for name in ("docs", "overrides"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    generate(folder / "content", count)
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": moment()}
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=folder, env=environment, check=True)


def built(folder: Path) -> str:
    """The processor time that the index takes to make, and how large it is."""
    pages = build(folder / "content", build_time(ROOT, print).date()).rendered.pages
    entries = [entry for page in pages for entry in index_entries(page)]
    begin = time.process_time()
    parts = parts_of(entries)
    between = time.process_time()
    files = [text for _, text in search_files(parts)]
    end = time.process_time()
    size = sum(len(gzip.compress(text.encode(), 6)) for text in files)
    return (
        f"{len(entries):,} entries of {len(parts):,} pages; made in {between - begin:.2f} s page by page "
        f"and {end - between:.2f} s together; {len(files):,} files, {size / 1e6:.2f} MB"
    )


def searched(browser: Browser, address: str, site: Path, query: str) -> Cost:
    """Opens a page, then types a query."""
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url.removeprefix(address).partition("?")[0]))
    page.goto(f"{address}about/", wait_until="networkidle")
    before = [name for name in asked if "search" in name]
    asked.clear()
    page.keyboard.press("/")
    page.keyboard.insert_text(query)
    begin = time.perf_counter()
    page.keyboard.press("End")
    page.wait_for_selector(FIRST, state="attached")
    seconds = time.perf_counter() - begin
    context.close()
    return Cost(weight(site, before), weight(site, asked), len(asked), seconds)


def weight(site: Path, names: list[str]) -> int:
    """Bytes of files, compressed."""
    return sum(len(gzip.compress((site / name).read_bytes(), 6)) for name in names if (site / name).is_file())


if __name__ == "__main__":
    main()
