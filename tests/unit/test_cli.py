"""The command line, as a contributor uses it."""

import json

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.model.kinds import KINDS
from tests.conftest import ROOT

TUNING = "content/concepts/tuning.yml"


@pytest.fixture
def run(content, monkeypatch):
    """Runs a command in a project of its own around the small library."""
    monkeypatch.chdir(content.parent)
    return lambda *arguments: CliRunner().invoke(main, arguments)


@pytest.fixture
def broken(content):
    """The small library with one wrong word."""
    path = content / "concepts/tuning.yml"
    path.write_text(path.read_text().replace("kind: technique", "kind: technic"))
    return path


def test_check_passes_on_the_real_records(monkeypatch):
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(main, ["check"])
    assert result.exit_code == 0
    assert "0 errors, 0 warnings" in result.output


def test_check_fails_on_an_error_and_names_the_place_and_the_explanation(run, broken):
    result = run("check")
    assert result.exit_code == 1
    assert f"{TUNING}:6:7: error R306" in result.output
    assert "signpost explain R306" in result.output
    assert "\x1b" not in result.output


def test_check_of_another_file_is_not_troubled(run, broken):
    assert run("check", "content/concepts/searching.yml").exit_code == 0
    assert run("check", TUNING).exit_code == 1


def test_check_names_what_a_build_would_not_open_beside_the_records(run, content):
    (content.parent / "docs").mkdir()
    (content.parent / "docs/page.md").symlink_to(content.parent / "elsewhere")
    result = run("check")
    assert result.exit_code == 1
    assert "docs/page.md:1:1: error F108" in result.output


def test_check_prints_annotations_for_the_code_host(run, broken):
    result = run("check", "--format", "github")
    assert result.exit_code == 1
    assert result.output.startswith(f"::error file={TUNING},line=6,col=7,")


def test_check_prints_json_for_programs(run, broken):
    result = run("check", "--format", "json")
    assert result.exit_code == 1
    assert [(f["code"], f["line"], f["field"]) for f in json.loads(result.output)] == [("R306", 6, "kind")]
    assert json.loads(run("check", "--format", "json", "content/concepts/searching.yml").output) == []


def test_commands_say_where_to_run_them(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["check"])
    assert result.exit_code == 1
    assert "run this in the project folder" in result.output


def test_explain_shows_a_fault_and_its_mend(run):
    result = run("explain", "r306")
    assert result.exit_code == 0
    assert "kind: technic\n" in result.output and "kind: technique" in result.output
    assert run("explain", "R999").exit_code == 2


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_new_starts_a_record_that_check_then_asks_to_fill_in(kind, run, content):
    result = run("new", kind.name, "something-new")
    path = content / kind.folder / "something-new.yml"
    assert result.exit_code == 0
    assert str(path.relative_to(content.parent)) in result.output
    assert path.read_text().startswith("# yaml-language-server: $schema=../../schemas/")
    assert run("check", f"content/{kind.folder}/something-new.yml").exit_code == 1


def test_new_refuses_a_bad_id_and_never_overwrites(run, content):
    assert run("new", "concept", "Bad Id").exit_code == 2
    assert run("new", "concept", "con").exit_code == 2
    before = (content / "concepts/tuning.yml").read_text()
    assert run("new", "concept", "tuning").exit_code == 1
    assert (content / "concepts/tuning.yml").read_text() == before


def test_fmt_puts_keys_in_order_and_then_has_nothing_to_do(run, content):
    path = content / "concepts/tuning.yml"
    text = path.read_text()
    path.write_text(text.replace("kind: technique\n", "").replace("evidence:\n", "kind: technique\nevidence:\n"))
    assert run("fmt", "--check").exit_code == 1
    assert run("fmt").exit_code == 0
    assert path.read_text().index("kind: technique") < path.read_text().index("definition:")
    assert run("fmt", "--check").exit_code == 0
    assert run("check").exit_code == 0


def test_fmt_leaves_what_it_cannot_read_alone(run, content):
    path = content / "concepts/tuning.yml"
    for data in (b"name: [\n", b"name: caf\xe9\n", b""):
        path.write_bytes(data)
        assert run("fmt").exit_code == 0
        assert path.read_bytes() == data


def test_schema_writes_what_check_then_finds_current(run, content):
    assert run("schema", "--check").exit_code == 1
    assert run("schema").exit_code == 0
    assert run("schema", "--check").exit_code == 0
    assert {path.name for path in (content.parent / "schemas").iterdir()} >= {
        f"{kind.name}.schema.json" for kind in KINDS
    }


def test_stats_counts_records_claims_notes_and_coverage(run):
    output = run("stats").output
    counts = dict(line.split()[:2] for line in output.splitlines() if not line.startswith("due"))
    assert counts["concepts"] == "2" and counts["notes"] == "8"
    assert "2 of 3 objectives have a page" in output
    assert "due: content/concepts/tuning.yml searches, checked 2026-02-01" in output


def test_help_teaches_the_first_round(run):
    output = run("--help").output
    assert "signpost new concept" in output and "Exit status" in output and "Completion" in output
