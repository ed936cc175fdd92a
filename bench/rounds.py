"""Runs the scenarios round by round, contender by contender, so that a busy minute meets all alike."""

import os
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.contenders import Contender, Library
from bench.measure import Failed, Output, Project, Run
from bench.programs import Unavailable

BASE = "hugo"
SCENARIOS = ("cold", "edit", "live")
SLOW = 30.0
"""Seconds: a contender whose build took longer in the round to warm up is not run again."""
EDITS = 5


@dataclass
class Figures:
    """What was measured of one contender."""

    runs: dict[str, dict[int, Run]] = field(default_factory=lambda: {"cold": {}, "edit": {}})
    """Scenario → round → run. Round 0 is the one to warm up."""
    live: list[float] = field(default_factory=list)
    output: Output | None = None
    notes: dict[str, str] = field(default_factory=dict)
    """Scenario → why there are no figures."""

    def seconds(self, scenario: str) -> dict[int, float]:
        """Round → seconds of the rounds that count; the one to warm up only where it is all there is."""
        if scenario == "live":
            return dict(enumerate(self.live, 1))
        runs = {number: run.seconds for number, run in self.runs[scenario].items()}
        return {number: seconds for number, seconds in runs.items() if number} or runs

    def median(self, scenario: str) -> float | None:
        """The median of the rounds that count."""
        seconds = self.seconds(scenario).values()
        return statistics.median(seconds) if seconds else None

    def ratio(self, scenario: str, base: "Figures") -> float | None:
        """The median of the ratios to another contender, round by round; of live edits, the ratio of the medians."""
        if scenario == "live":
            ours, theirs = self.median(scenario), base.median(scenario)
            return ours / theirs if ours and theirs else None
        runs = base.runs[scenario]
        ratios = [s / runs[number].seconds for number, s in self.seconds(scenario).items() if number in runs]
        return statistics.median(ratios) if ratios else None

    @property
    def megabytes(self) -> float | None:
        """The median of the peaks of cold builds."""
        return statistics.median(run.megabytes for run in self.runs["cold"].values()) if self.runs["cold"] else None

    @property
    def slow(self) -> bool:
        """True where one round is enough."""
        return any(runs[0].seconds > SLOW for runs in self.runs.values() if 0 in runs)


@dataclass
class Comparison:
    """All figures of one number of records."""

    count: int
    rounds: int
    figures: dict[str, Figures] = field(default_factory=dict)
    """By contender; those that were to be had."""
    skipped: dict[str, str] = field(default_factory=dict)
    """Contender → why it was not run."""
    loads: list[float] = field(default_factory=list)
    """Processes that wanted a core, ours included: the mean of the last minute, after each run."""


def compare(
    contenders: Sequence[Contender], count: int, rounds: int, limit: float, folder: Path, say: Callable[[str], None]
) -> Comparison:
    """Runs everything at one number of records in an empty folder; `limit` is in seconds, of each run."""
    result = Comparison(count, rounds)
    library = Library(folder, count)
    projects: dict[str, Project] = {}
    for contender in contenders:
        try:
            projects[contender.name] = Project(contender, library, folder / f"project-{contender.name}", limit)
            result.figures[contender.name] = Figures()
        except Unavailable as problem:
            result.skipped[contender.name] = str(problem)
            say(f"{contender.name}: skipped, {problem}")
    for number in range(rounds + 1):
        for name, project in projects.items():
            if not result.figures[name].slow:
                _round(project, result.figures[name], number)
                _say_round(say, name, number, result.figures[name])
                result.loads.append(os.getloadavg()[0])
    for name, project in projects.items():
        figures = result.figures[name]
        if not figures.notes:
            try:
                figures.live = project.live(1 if figures.slow else EDITS)
                say(f"{name}: live {', '.join(f'{seconds:.2f}' for seconds in figures.live)} s")
            except Failed as problem:
                figures.notes["live"] = str(problem)
                say(f"{name}: live: {problem}")
    return result


def _round(project: Project, figures: Figures, number: int) -> None:
    """A build from nothing, then one after an edit. What failed once is not tried again."""
    for scenario, run in (("cold", project.cold), ("edit", project.after_edit)):
        if figures.notes:
            return
        try:
            figures.runs[scenario][number] = run()
        except Failed as problem:
            figures.notes[scenario] = str(problem)
        if scenario == "cold" and not figures.notes:
            figures.output = project.output()


def _say_round(say: Callable[[str], None], name: str, number: int, figures: Figures) -> None:
    done = [f"{scenario} {runs[number].seconds:.2f} s" for scenario, runs in figures.runs.items() if number in runs]
    notes = [f"{scenario} {note}" for scenario, note in figures.notes.items()]
    say(f"{name}: round {number}: {', '.join(done + notes)}")
