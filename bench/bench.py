"""Time and peak memory of `mkdocs build` on generated records, beside stock MkDocs + Material on the same pages.

Both build the same finished pages with the same theme and navigation: Signpost from YAML records through its plugin,
stock MkDocs from the Markdown files that `signpost export` writes of them. Runs alternate; the figures are medians
of whole processes, and the ratio is the median of the ratios of neighboring runs.

    make bench                                # 1,000 records, 3 rounds
    .venv/bin/python bench/bench.py 100 5     # 100 records, 5 rounds
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

import yaml

ROOT = Path(__file__).resolve().parent.parent
REFERENCES = ("aliases", "former_ids", "confused_with", "requires")


class Run(NamedTuple):
    """One whole process."""

    seconds: float
    megabytes: float


def generate(content: Path, count: int) -> None:
    """Fills `content` with the real library, its concepts repeated under new ids up to `count`."""
    shutil.copytree(ROOT / "content", content)
    originals = sorted((content / "concepts").glob("*.yml"))
    for number in range(len(originals), count):
        source = originals[number % len(originals)]
        record = yaml.load(source.read_text(encoding="utf-8"), yaml.CBaseLoader)
        for key in REFERENCES:
            record.pop(key, None)
        record["name"] = f"{record['name'][:70]} {number}"
        target = content / "concepts" / f"{source.stem}-{number}.yml"
        target.write_text(
            yaml.dump(record, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False), encoding="utf-8"
        )


def signpost_project(folder: Path, count: int) -> None:
    """A project that builds the records with the plugin."""
    for name in ("docs", "overrides"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    generate(folder / "content", count)


def stock_project(folder: Path, signpost: Path) -> None:
    """A project that builds the same pages without the plugin: exported Markdown, the same theme and navigation."""
    docs = folder / "docs"
    subprocess.run(
        [sys.executable, "-m", "generator", "export", str(docs)], cwd=signpost, check=True, stdout=subprocess.DEVNULL
    )
    navigation: list[Any] = json.loads((docs / "nav.json").read_text(encoding="utf-8"))
    (docs / "nav.json").unlink()
    shutil.copytree(ROOT / "docs", docs, dirs_exist_ok=True)
    shutil.copytree(ROOT / "overrides", folder / "overrides")
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    settings, own_navigation = text.replace("  - signpost\n", "").split("\nnav:\n")
    navigation += yaml.safe_load(own_navigation)
    (folder / "mkdocs.yml").write_text(f"{settings}\nnav: {json.dumps(navigation)}\n", encoding="utf-8")


def measure(folder: Path) -> Run:
    """Builds once, in a process of its own."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1795300000"}
    begin = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=folder, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"the build in {folder} failed")
    return Run(time.perf_counter() - begin, usage.ru_maxrss / 1024)


def main() -> None:
    """Prints medians and the ratio."""
    count, rounds = (int(a) for a in (*sys.argv[1:], *("1000", "3")[len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory() as place:
        ours, stock = Path(place, "signpost"), Path(place, "stock")
        ours.mkdir()
        stock.mkdir()
        print(f"{count} concept records, {rounds} rounds after one to warm up", flush=True)
        signpost_project(ours, count)
        stock_project(stock, ours)
        runs = [(measure(ours), measure(stock)) for _ in range(rounds + 1)][1:]
        pages = [sum(1 for _ in (folder / "site").rglob("*.html")) for folder in (ours, stock)]
    assert pages[0] == pages[1], f"not the same pages: {pages}"
    for name, index in (("signpost", 0), ("stock", 1)):
        seconds = statistics.median(pair[index].seconds for pair in runs)
        memory = statistics.median(pair[index].megabytes for pair in runs)
        print(f"{name:10}{seconds:8.2f} s{memory:8.0f} MB peak{pages[index]:7} pages")
    time_ratio = statistics.median(one.seconds / other.seconds for one, other in runs)
    memory_ratio = statistics.median(one.megabytes / other.megabytes for one, other in runs)
    print(f"signpost / stock: time {time_ratio:.2f}, memory {memory_ratio:.2f}")


if __name__ == "__main__":
    main()
