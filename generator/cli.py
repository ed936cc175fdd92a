"""The command line: check, count, explain, start and tidy records; export the pages."""

import os
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click

from generator.author.formatter import format_record
from generator.author.scaffold import scaffold
from generator.author.schema import drifted
from generator.author.schema import write as write_schemas
from generator.build import build
from generator.check.folders import check_folder
from generator.check.load import Loaded, load
from generator.deliver.export import ForeignFolder
from generator.deliver.export import export as export_pages
from generator.deliver.today import build_time
from generator.diagnostics.catalog import CATALOG
from generator.diagnostics.report import as_annotations, as_json, as_text, counted
from generator.diagnostics.report import explain as explain_code
from generator.model.fields import id_problem
from generator.model.kinds import BY_FOLDER, KINDS
from generator.present.site import Site
from generator.present.stats import coverage, figures
from generator.present.structured import structured

PROJECT = Path()
CONTENT = PROJECT / "content"
SCHEMAS = PROJECT / "schemas"
READ_BY_ENGINE = (PROJECT / "docs", PROJECT / "overrides")
FILES = click.Path(exists=True, dir_okay=False, path_type=Path)

EXITS = """Exit status: 0 all is well; 1 records have errors, or something is left to do; 2 the command is unclear.

Completion: eval "$(_SIGNPOST_COMPLETE=bash_source signpost)" (or zsh_source, fish_source).
"""


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog=EXITS)
def main() -> None:
    """Signpost turns the records in content/ into a site. Run it in the project folder.

    A first round: `signpost new concept my-concept`, fill the file in, `signpost check`, and `signpost explain CODE`
    for an error that puzzles you.
    """
    if not CONTENT.is_dir():
        raise click.ClickException("there is no folder content/ here; run this in the project folder")


@main.command()
@click.argument("files", nargs=-1, type=FILES)
@click.option("--format", "form", type=click.Choice(["text", "github", "json"]), default="text", help="How to report.")
def check(files: tuple[Path, ...], form: str) -> None:
    """Check all records, and that docs/ and overrides/ hold plain files only; with FILES, report what concerns them.

    `--format github` prints annotations that GitHub shows beside the lines, `--format json` a list for programs.
    """
    loaded = load(CONTENT, date.today())
    wanted = {_name(file) for file in files}
    folders = [folder for folder in READ_BY_ENGINE if folder.is_dir()]
    strays = [d for folder in folders for d in check_folder(folder, folder.name)]
    found = [d for d in (*strays, *loaded.diagnostics) if not wanted or d.file in wanted]
    if form == "json":
        click.echo(as_json(found))
    elif form == "github" and found:
        click.echo(as_annotations(found))
    elif found:
        click.echo(as_text(found, loaded.sources, lambda text, color: click.style(text, fg=color)) + "\n")
    if form != "json":
        click.echo(f"{len(loaded.records)} records: {counted(found)}")
    if found and form == "text":
        click.echo(f"More on the first one: signpost explain {found[0].code}")
    sys.exit(any(d.severity == "error" for d in found))


@main.command()
@click.argument("code", type=click.Choice(list(CATALOG), case_sensitive=False))
def explain(code: str) -> None:
    """Say what CODE means, with an example and its mend."""
    click.echo(explain_code(code))


@main.command()
@click.argument("kind", type=click.Choice([kind.name for kind in KINDS]))
@click.argument("id")
def new(kind: str, id: str) -> None:
    """Start the record of a new KIND under ID, with every field explained in place."""
    chosen = next(k for k in KINDS if k.name == kind)
    if problem := id_problem(id):
        raise click.BadParameter(problem, param_hint="ID")
    path = CONTENT / chosen.folder / f"{id}.yml"
    if path.exists():
        raise click.ClickException(f"{path} exists; choose another id or edit it")
    path.parent.mkdir(exist_ok=True)
    path.write_text(scaffold(chosen, id, date.today()), encoding="utf-8")
    click.echo(f"{path}: fill it in, then run: signpost check {path}")


@main.command()
@click.argument("files", nargs=-1, type=FILES)
@click.option("--check", "only_check", is_flag=True, help="Change nothing; exit with 1 where something would change.")
def fmt(files: tuple[Path, ...], only_check: bool) -> None:
    """Put FILES, or all records, into canonical order and quoting. Values and comments stay as they are."""
    changed = 0
    for path in files or _records():
        if path.parent.name not in BY_FOLDER:
            raise click.BadParameter(f"{path} is not a record below content/", param_hint="FILES")
        data = path.read_bytes()
        text = data.decode("utf-8", errors="strict") if _is_utf8(data) else ""
        wanted = format_record(text, BY_FOLDER[path.parent.name]) if text else text
        if text and wanted.encode() != data:
            changed += 1
            click.echo(path)
            if not only_check:
                path.write_bytes(wanted.encode())
    click.echo(f"{changed} file{'s' * (changed != 1)} {'would change' if only_check else 'changed'}")
    sys.exit(only_check and changed > 0)


@main.command()
@click.option("--check", "only_check", is_flag=True, help="Change nothing; exit with 1 where a schema is out of date.")
def schema(only_check: bool) -> None:
    """Write schemas/ anew from the models, and the ids that editors offer from the records."""
    names = drifted(SCHEMAS) if only_check else write_schemas(SCHEMAS, load(CONTENT, date.today()).library)
    for name in names:
        click.echo(name)
    click.echo(f"{len(names)} {'out of date; run: signpost schema' if only_check else 'changed'}")
    sys.exit(only_check and bool(names))


@main.command()
def stats() -> None:
    """Count records, claims and evidence; show coverage per exam and what is due for a re-check."""
    loaded = load(CONTENT, date.today())
    site = Site(loaded.library, date.today())
    for kind in KINDS:
        click.echo(f"{kind.folder:12}{sum(record.kind is kind for record in loaded.records):6}")
    for name, count in figures(site)._asdict().items():
        click.echo(f"{name:12}{count:6}")
    for exam in loaded.library.exams.values():
        done, total = coverage(site, exam)
        click.echo(f"{exam.code:12}{done:6} of {total} objectives have a page")
    for proof in site.due:
        click.echo(f"due: {loaded.library.records[proof.ref].file} {proof.key}, checked {proof.evidence.checked}")
    _warn_of_broken(loaded)


@main.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export(folder: Path) -> None:
    """Write all pages below FOLDER as Markdown files around finished HTML, for other engines.

    With SITE_URL, the address of the site, they also say in the terms of schema.org what they are.
    """
    try:
        today = build_time(PROJECT, lambda warning: click.echo(f"Warning: {warning}", err=True)).date()
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    result = build(CONTENT, today)
    if result.failed:
        raise click.ClickException(f"nothing was written\n\n{result.report}")
    root = os.environ.get("SITE_URL")
    data = {page.path: structured(result.site, page, root) for page in result.rendered.pages} if root else {}
    try:
        changed = export_pages(result.rendered, folder, data)
    except ForeignFolder as problem:
        raise click.ClickException(str(problem)) from None
    click.echo(f"{len(result.rendered.pages)} pages, {changed} files changed in {folder}")


def _records() -> Iterable[Path]:
    return (path for kind in KINDS for path in sorted((CONTENT / kind.folder).glob("*.yml")) if path.is_file())


def _name(file: Path) -> str:
    try:
        return file.resolve().relative_to(PROJECT.resolve()).as_posix()
    except ValueError:
        raise click.BadParameter(f"{file} is not in this project", param_hint="FILES") from None


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _warn_of_broken(loaded: Loaded) -> None:
    if loaded.library.broken:
        count = len(loaded.library.broken)
        click.echo(f"{count} records have errors and are not counted; run: signpost check", err=True)
