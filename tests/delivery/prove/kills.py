"""Kills builds at random moments: the site is the old or the new one, and the next build works."""

import multiprocessing
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.delivery.prove.project import EPOCH, digest, environment, real_project, small_project, write_version

# Builds start from a process that has everything imported, so that the moments spread over the work itself.
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["mkdocs.__main__", "generator.deliver.plugin", "material.plugins.search.plugin"])


def _build(project: Path) -> None:
    os.environ.update(environment(SOURCE_DATE_EPOCH=EPOCH))
    os.chdir(project)
    from mkdocs.__main__ import cli

    sys.argv = ["mkdocs"]
    cli(["build", "-q"])


def kills(project: Path, write: Callable[[Path, int], None], count: int, seed: int) -> Counter[str]:
    """Builds version after version, killing each once, and once more to its end. Counts what the kills left."""
    moments = random.Random(seed)
    site, left = project / "site", Counter[str]()
    write(project, 0)
    code, lasts = _whole(project)
    assert code == 0, f"the first build ended with {code}"
    old = digest(site)
    for number in range(1, count + 1):
        write(project, number)
        process = _FORKS.Process(target=_build, args=(project,))
        process.start()
        process.join(moments.random() * lasts)
        staged = (project / ".site.new").exists()
        process.kill()
        process.join()
        now = digest(site)
        code, lasts = _whole(project)
        new = digest(site)
        left["killed" if process.exitcode == -9 else "ended before"] += 1
        left["with a staged folder"] += staged
        left["old" if now == old else "new" if now == new else "neither"] += 1
        left["next build worked"] += code == 0 and new != old
        left["wrong exit code"] += process.exitcode not in (0, -9) or (process.exitcode == 0 and now != new)
        old = new
    return left


def _whole(project: Path) -> tuple[int | None, float]:
    """Exit code of a build, and how long it took."""
    began = time.monotonic()
    process = _FORKS.Process(target=_build, args=(project,))
    process.start()
    process.join()
    return process.exitcode, time.monotonic() - began


def write_page(project: Path, number: int) -> None:
    """Gives the real site one of many texts."""
    page = project / "docs/about/number.md"
    page.write_text(f"# Number\n\nThis is site number {number}.\n", encoding="utf-8")


def prove(folder: Path, small: int = 200, real: int = 10) -> bool:
    """Prints what the kills left; True where no site was damaged."""
    with ThreadPoolExecutor(2) as pool:
        halves = pool.map(
            lambda n: kills(small_project(folder / f"small-{n}"), write_version, small // 2, seed=n), range(2)
        )
        on_small = sum(halves, Counter())
    on_real = kills(real_project(folder / "real"), write_page, real, seed=3)
    return all([_report("small", small, on_small), _report("real", real, on_real)])


def _report(name: str, count: int, left: Counter[str]) -> bool:
    print(
        f"kill -9, {name} site: {count} random moments ({left['with a staged folder']} in the midst of writing,"
        f" {left['ended before']} after the end): {left['old']} left the old site, {left['new']} the new one,"
        f" {left['neither']} neither; {left['wrong exit code']} wrong exit codes;"
        f" {left['next build worked']} of {count} next builds worked",
        flush=True,
    )
    return not left["neither"] and not left["wrong exit code"] and left["next build worked"] == count
