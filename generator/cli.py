"""The command line: check the records, count them, export the pages."""

import sys
from datetime import date
from pathlib import Path

import click

from generator.build import build
from generator.check.load import load
from generator.deliver.export import ForeignFolder
from generator.deliver.export import export as export_pages
from generator.deliver.today import build_time
from generator.diagnostics.report import as_text, counted
from generator.present.site import Site
from generator.present.stats import figures

PROJECT = Path()
CONTENT = PROJECT / "content"


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Signpost turns the records in content/ into a site. Run it in the project folder."""
    if not CONTENT.is_dir():
        raise click.ClickException("there is no folder content/ here; run this in the project folder")


@main.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
def check(files: tuple[Path, ...]) -> None:
    """Check all records, or show only what concerns FILES. Exits with 1 where there are errors."""
    loaded = load(CONTENT, date.today())
    wanted = {file.resolve().relative_to(PROJECT.resolve()).as_posix() for file in files}
    found = [d for d in loaded.diagnostics if not wanted or d.file in wanted]
    if found:
        click.echo(as_text(found, loaded.sources) + "\n")
    click.echo(f"{len(loaded.records)} records: {counted(found)}")
    sys.exit(any(d.severity == "error" for d in found))


@main.command()
def stats() -> None:
    """Count records, claims, evidence notes and the pages they rest on."""
    loaded = load(CONTENT, date.today())
    for name, count in figures(Site(loaded.library, date.today()))._asdict().items():
        click.echo(f"{name:8}{count:6}")


@main.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export(folder: Path) -> None:
    """Write all pages below FOLDER as Markdown files around finished HTML, for other engines."""
    result = build(CONTENT, build_time(PROJECT).date())
    if result.failed:
        raise click.ClickException(f"nothing was written\n\n{result.report}")
    try:
        changed = export_pages(result.rendered, folder)
    except ForeignFolder as problem:
        raise click.ClickException(str(problem)) from None
    click.echo(f"{len(result.rendered.pages)} pages, {changed} files changed in {folder}")
