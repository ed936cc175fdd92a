"""`make bench`: times Signpost and others on generated records, and writes the figures into the documentation."""

import os
import tempfile
from datetime import date
from pathlib import Path

import click

from bench.contenders import CONTENDERS
from bench.report import figures_text, write
from bench.rounds import compare


def _numbers(context: click.Context, option: click.Parameter, text: str) -> list[int]:
    try:
        return [int(part) for part in text.split(",")]
    except ValueError:
        raise click.BadParameter("numbers with commas between") from None


def _names(context: click.Context, option: click.Parameter, text: str) -> list[str]:
    known = [contender.name for contender in CONTENDERS]
    chosen = text.split(",") if text else known
    if unknown := set(chosen) - set(known):
        raise click.BadParameter(f"{', '.join(sorted(unknown))}; there are {', '.join(known)}")
    return chosen


@click.command()
@click.option("--sizes", default="100,1000", show_default=True, callback=_numbers, help="Numbers of concepts.")
@click.option("--rounds", default=3, show_default=True, type=click.IntRange(1), help="After one to warm up.")
@click.option("--only", default="", callback=_names, help="Builders to run, by name; the documentation stays as it is.")
@click.option("--minutes", default=5.0, show_default=True, help="A run that takes longer is stopped.")
def main(sizes: list[int], rounds: int, only: list[str], minutes: float) -> None:
    """Times builds from nothing, builds after an edit, and live edits, of Signpost and of others."""
    contenders = [contender for contender in CONTENDERS if contender.name in only]
    comparisons = []
    for count in sizes:
        click.echo(f"{count} concepts, load {os.getloadavg()[0]:.1f}")
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            comparisons.append(compare(contenders, count, rounds, minutes * 60, Path(folder), click.echo))
    text = figures_text(contenders, comparisons, date.today(), os.cpu_count() or 1)
    click.echo(f"\n{text}")
    if len(contenders) == len(CONTENDERS):
        write(text)


if __name__ == "__main__":
    main()
