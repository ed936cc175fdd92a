#!/usr/bin/env python3
"""page_diff.py BASE PROPOSAL: what a proposal does to the pages, as Markdown for a job summary.

Both are checkouts with their own generator installed. Needs nothing but Python and git.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOM = 60_000
"""Characters of each block; a summary holds a million bytes."""

WIDTH = 2_000
"""Characters of a line."""

_CONTROL = re.compile(r"[^\n\t\x20-\x7e\xa0-\u2027\u2030-\ud7ff\ue000-\U0010ffff]")
_GIT_DIFF = ["git", "-c", "core.pager=cat", "diff", "--no-index", "--no-color", "--no-ext-diff", "--no-textconv"]


def export(checkout: Path, folder: Path, epoch: str) -> str:
    """Exports all pages of a checkout into a folder, as of one moment. Gives what went wrong, or nothing."""
    command = [checkout / ".venv/bin/signpost", "export", folder]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": epoch}
    folder.mkdir()
    done = subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, errors="replace")
    return done.stderr if done.returncode else ""


def fenced(text: str, language: str = "") -> str:
    """Text as a block of code that it cannot end: its fence is longer than any run of backticks in it."""
    lines = [line if len(line) <= WIDTH else f"{line[:WIDTH]} […]" for line in _CONTROL.sub("\ufffd", text).split("\n")]
    kept = "\n".join(lines)
    if len(kept) > ROOM:
        kept = f"{kept[:ROOM]}\n[the rest is left out]"
    fence = "`" * (1 + max(2, len(max(re.findall("`+", kept), key=len, default=""))))
    return f"{fence}{language}\n{kept.rstrip()}\n{fence}\n"


def diff(folder: Path, *options: str) -> str:
    """The difference between the folders before/ and after/; empty where there is none."""
    done = subprocess.run([*_GIT_DIFF, *options, "before", "after"], cwd=folder, capture_output=True)
    if done.returncode > 1:
        raise RuntimeError(done.stderr.decode(errors="replace"))
    return done.stdout.decode(errors="replace")


def summary(base: Path, proposal: Path, folder: Path) -> str:
    """The whole text: what changes in numbers, then line by line for the pages."""
    committed = ["git", "-C", proposal, "log", "-1", "--format=%ct"]
    epoch = subprocess.run(committed, capture_output=True, text=True, check=True).stdout.strip()
    title = "## What changes on the pages\n\n"
    for name, checkout in (("before", base), ("after", proposal)):
        if problem := export(checkout, folder / name, epoch):
            return f"{title}The pages {name} the change could not be made:\n\n{fenced(problem)}"
    figures = diff(folder, "--stat=160")
    if not figures:
        return f"{title}Nothing.\n"
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix != ".md":
            path.unlink()
    return f"{title}{fenced(figures)}\n{fenced(diff(folder), 'diff')}"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        print(summary(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve(), Path(scratch)))
