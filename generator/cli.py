"""The command line: check records, count them, export the pages."""

import sys
from datetime import date
from pathlib import Path

import click

from generator.check.load import load
from generator.diagnostics.report import as_text, counted

CONTENT = Path("content")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Signpost turns the records in content/ into a site. Run it in the project folder."""


@main.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
def check(files: tuple[Path, ...]) -> None:
    """Check all records, or show only what concerns FILES. Exits with 1 where there are errors."""
    loaded = load(CONTENT, date.today())
    wanted = {file.as_posix() for file in files}
    found = [d for d in loaded.diagnostics if not wanted or d.file in wanted]
    if found:
        click.echo(as_text(found, loaded.sources) + "\n")
    click.echo(f"{len(loaded.records)} records: {counted(found)}")
    sys.exit(any(d.severity == "error" for d in found))
