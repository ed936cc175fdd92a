"""The figures as Markdown, and their place in the documentation."""

import platform
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from bench.contenders import Contender
from bench.records import ROOT
from bench.rounds import BASE, EDITS, SCENARIOS, SLOW, Comparison, Figures

PAGE = ROOT / "docs" / "about" / "speed.md"
BEGIN, END = "<!-- written by make bench -->", "<!-- end of what make bench writes -->"
HEADINGS = ("Builder", "Cold", "× Hugo", "One edit", "× Hugo", "Live", "× Hugo", "Peak memory", "Files", "Size")


def figures_text(contenders: Sequence[Contender], comparisons: Sequence[Comparison], today: date, cores: int) -> str:
    """All that was measured: a line about the machine, then a table for each number of records."""
    versions = {c.name: c.title.format(version=c.version()) for c in contenders}
    system = f"{platform.system()} on {platform.machine()}, {cores} cores, Python {platform.python_version()}"
    parts = [f"Measured on {today}: {system}."]
    for comparison in comparisons:
        parts += [f"### {comparison.count:,} concepts", table(comparison, versions)]
        parts += [f"Not run: {versions[name]}, {_short(reason)}." for name, reason in comparison.skipped.items()]
        parts += [_counts(comparison, versions)]
    return "\n\n".join(parts)


def table(comparison: Comparison, titles: Mapping[str, str]) -> str:
    """One row for each contender. `titles` says what the table calls them."""
    base = comparison.figures.get(BASE)
    rows = [HEADINGS, ["---"] * len(HEADINGS)]
    rows += [(titles[name], *_cells(figures, base)) for name, figures in comparison.figures.items()]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cells(figures: Figures, base: Figures | None) -> list[str]:
    cells = []
    for scenario in SCENARIOS:
        seconds = figures.median(scenario)
        ratio = figures.ratio(scenario, base) if base else None
        cells += [_short(figures.notes.get(scenario, "–")) if seconds is None else f"{seconds:.2f} s"]
        cells += ["–" if ratio is None else f"{ratio:.2f}"]
    memory, output = figures.megabytes, figures.output
    cells.append("–" if memory is None else f"{memory:.0f} MB")
    return [*cells, *(("–", "–") if output is None else (f"{output.files:,}", f"{output.megabytes:.0f} MB"))]


def _counts(comparison: Comparison, titles: Mapping[str, str]) -> str:
    """How often each was run."""
    slow = [titles[name] for name, figures in comparison.figures.items() if figures.slow]
    low, high = min(comparison.loads, default=0), max(comparison.loads, default=0)
    text = f"Load of the machine, where 1 is one process at work: {low:.1f} to {high:.1f}. "
    text += f"Rounds: {comparison.rounds}, after one to warm up. Live edits: {EDITS}. The figures are medians."
    if slow:
        text += f" One run and one live edit only, as a build took more than {SLOW:.0f} s: {'; '.join(slow)}."
    return text


def _short(reason: str) -> str:
    """A reason without what a program said: that may name paths and hosts."""
    return reason.partition(":")[0]


def in_page(page: str, figures: str) -> str:
    """The page with new figures. Raises ValueError where it does not hold the two marks, in order and once."""
    if page.count(BEGIN) != 1 or page.count(END) != 1 or page.index(END) < page.index(BEGIN):
        raise ValueError("the page does not hold both marks, in order and once")
    head, _, rest = page.partition(BEGIN)
    return f"{head}{BEGIN}\n\n{figures}\n\n{END}{rest.partition(END)[2]}"


def write(figures: str, page: Path = PAGE) -> None:
    """Puts the figures into the documentation. Raises ValueError as in_page() does."""
    page.write_text(in_page(page.read_text(encoding="utf-8"), figures), encoding="utf-8", newline="\n")
