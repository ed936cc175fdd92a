"""One failing record for every code of the catalog: each is reported once, at the place at fault."""

import shutil
from dataclasses import dataclass

import pytest

from generator.build import build
from generator.diagnostics.catalog import CATALOG
from tests.conftest import TODAY

T = "concepts/tuning.yml"
S = "concepts/searching.yml"
D = "decisions/tune-or-search.yml"
E = "exams/abc-c01.yml"
G = "sources/guide.yml"


@dataclass(frozen=True)
class Fault:
    """Replace `old` by `new` in `file`: the finding stands at `at`, from the change on or else from the top."""

    code: str
    file: str
    old: str
    new: str | bytes
    at: str = ""
    field: str = ""


FAULTS = (
    Fault("F101", "concepts/notes.txt", "", b"hello"),
    Fault("F102", "concepts/big.yml", "", b"name: " + b"x" * 70_000),
    Fault("F103", "concepts/latin.yml", "", "name: caf\xe9".encode("latin-1"), "\xe9"),
    Fault("F104", T, "A river that", "A river\u202e that", "\u202e"),
    Fault("F104", T, "A river that digs its own bed.", '"A river\\u202e that"', "\\u202e"),
    Fault("F107", T, "aliases: [fine tuning]", f"aliases: [{', '.join(['fine tuning'] * 105)}]"),
    Fault("F105", "concepts/Bad_Name.yml", "", b"name: x"),
    Fault("Y201", T, "short_name: Tuning", "short_name: [Tuning", "[Tuning"),
    Fault("Y201", T, "\nkind: technique", "\n\tkind: technique", "\tkind"),
    Fault("Y201", T, "summary: More", "summary: Note: more", ": more"),
    Fault("Y202", T, "kind: technique", "kind: technique\nkind: metric", "kind: metric", "kind"),
    Fault("Y203", T, "slip: Tuning", "slip: &x Tuning", "&x", "exam.slip"),
    Fault("Y203", T, "slip: Tuning whenever data is private.", "slip: *x", "*x"),
    Fault("Y203", T, "kind: technique", "<<: {kind: technique}", "<<"),
    Fault("Y204", T, "slip: Tuning", "slip: !!str Tuning", "!!str", "exam.slip"),
    Fault("Y205", T, "kind: technique", "kind: technique\n---\nkind: metric", "---"),
    Fault("Y206", T, "kind: technique", "kind: " + "[" * 40, "[" * 8),
    Fault("Y207", T, "kind: technique", "? [a, b]\n: technique", "[a, b]"),
    Fault("Y208", T, "slip: Tuning whenever data is private.", "slip: Tuning of issue #12", "#12", "exam.slip"),
    Fault("R301", T, "    belief: Tuning", "    beleif: Tuning", "beleif", "misconceptions[0].beleif"),
    Fault(
        "R302", T, "    decide_by: The words *look up* decide.\n", "", "id: adds-facts", "misconceptions[0].decide_by"
    ),
    Fault("R303", T, "[fine tuning]", "fine tuning", "fine tuning", "aliases"),
    Fault("R303", T, "summary: More training", "summary: [More training]\nx-old: More training", "[More"),
    Fault("R303", E, "scored: 50", "scored: many", "many", "questions.scored"),
    Fault("R304", T, "short_name: Tuning", "short_name:", "short_name", "short_name"),
    Fault("R304", T, "short_name: Tuning", 'short_name: ""', '""', "short_name"),
    Fault("R305", T, "summary: More training", "summary: " + "More " * 40, "More More", "summary"),
    Fault("R306", T, "kind: technique", "kind: technic", "technic", "kind"),
    Fault("R306", T, "- type: single", "- type: sigle", "sigle", "checks[0].type"),
    Fault("R307", T, "checked: 2026-11-01", "checked: 2026-02-30", "2026-02-30", "evidence.trains.checked"),
    Fault("R307", T, "id: adds-facts", "id: Adds facts", "Adds facts", "misconceptions[0].id"),
    Fault("R307", T, "  trains: {source", "  Trains: {source", "Trains", "evidence.Trains"),
    Fault("R307", G, "https://docs.example.com/guide/tuning.html", "http://docs.example.com/", "http://"),
    Fault(
        "R307",
        G,
        "https://docs.example.com/guide/tuning.html",
        "https://docs.example.com@evil.com/",
        "https://docs.example.com@",
    ),
    Fault("R307", G, "https://docs.example.com/guide/tuning.html", "https://other.example.com/", "https://other"),
    Fault(
        "C401",
        T,
        "model as it is.[^searches]\n\n  - It needs `examples`.[^trains]",
        "model as it is.[^searches]\n\n  - It needs `examples`.",
        "It needs",
        "definition",
    ),
    Fault("C401", T, '"No", "Yes[^trains]"', '"No", "Yes"', "[Changes", "choose.tables[0].rows[0]"),
    Fault("C402", T, "few weights only.[^trains]", "few weights only.[^nothing]", "[^nothing]", "variants[0].text"),
    Fault(
        "C403",
        T,
        "evidence:\n",
        "evidence:\n  idle: {source: guide-tuning, says: Nothing., checked: 2026-11-01}\n",
        "idle",
        "evidence.idle",
    ),
    Fault("C404", T, "checked: 2026-11-01", "checked: 2026-12-24", "2026-12-24", "evidence.trains.checked"),
    Fault("C405", T, "from [[searching]]", "from [[Searching]]", "[[Searching]]", "definition"),
    Fault("C406", T, '[Changes weights?, "No", "Yes[^trains]"]', '[Changes weights?, "Yes[^trains]"]', "[Changes"),
    Fault("C407", T, "aliases: [fine tuning]", "aliases: [fine tuning, fine tuning]", "fine tuning]", "aliases[1]"),
    Fault("C408", T, "related: [searching]", "related: [tuning]", "tuning]", "related[0]"),
    Fault("C409", E, "weight: 60", "weight: 50", "domains:", "domains"),
    Fault("C410", T, "right: true, ", "", "options:", "checks[0].options"),
    Fault(
        "C411", D, "replace: updated every night", "replace: updated now", "updated now", "scenarios[0].flip.replace"
    ),
    Fault(
        "C411", D, "answer: [neither]\n    instead: searching", "answer: [nothing]", "nothing", "scenarios[2].answer[0]"
    ),
    Fault("C412", T, "A river that", "A <b>river</b> that", "<b>", "mental_model.text"),
    Fault("C413", T, "A river that", "A {{ river }} that", "{{", "mental_model.text"),
    Fault("C414", T, "A river that", "A [river](https://example.com) that", "[river]", "mental_model.text"),
    Fault("L501", T, "services: [modelhub]", "services: [modelhab]", "modelhab", "services[0]"),
    Fault("L501", T, "from [[searching]]", "from [[serching]]", "[[serching", "definition"),
    Fault("L501", T, "shows: adds-facts", "shows: other", "other", "checks[0].options[2].shows"),
    Fault("L502", S, "kind: technique", "aliases: [Fine Tuning]\nkind: technique", "", ""),
    Fault("L503", T, "related: [searching]", "requires: [searching]", "", ""),
    Fault("L504", S, "confused_with: [{concept: tuning, deciding_fact: Whether the weights change.}]\n", "", "", ""),
    Fault("L505", T, "ABC-C01: [1.1.1]", "ABC-C01: [1.1.9]", "1.1.9", "exams.ABC-C01[0]"),
)


def test_every_code_of_the_catalog_has_a_failing_record():
    assert {fault.code for fault in FAULTS} | {"F106", "F108"} == set(CATALOG)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda f: f"{f.code}-{f.field or f.file}")
def test_a_fault_is_reported_once_at_its_place(fault, edit, content):
    if fault.code == "L503":
        edit(S, "confused_with:", "requires: [tuning]\nconfused_with:")
    result = edit(fault.file, fault.old, fault.new)
    found = [d for d in result.diagnostics if d.code == fault.code]
    assert len(found) == 1, result.report
    only = found[0]
    if fault.at and isinstance(fault.new, str):
        text = (content / fault.file).read_text(encoding="utf-8")
        changed = text.find(fault.new)
        offset = text.find(fault.at, changed) if text.find(fault.at, changed) >= 0 else text.index(fault.at)
        line = text.count("\n", 0, offset) + 1
        column = offset - text.rfind("\n", 0, offset)
        if fault.code == "Y206":
            assert only.span.line == line, result.report
        else:
            assert (only.span.line, only.span.column) == (line, column), result.report
    if fault.field:
        assert only.field_name == fault.field
    assert only.message and only.hint
    assert only.file in result.report and only.hint in result.report


def test_unfaulted_library_is_clean(small):
    assert small.diagnostics == ()


def test_a_file_that_the_system_does_not_hand_out_is_reported(content):
    shutil.rmtree(content)
    assert [(d.code, d.file) for d in build(content, TODAY).diagnostics] == [("F106", "content")]


def test_one_run_reports_the_errors_of_all_files(edit, content):
    edit(T, "kind: technique", "kind: technic")
    result = edit(D, "hinge: Is", "hynge: Is")
    assert {(d.code, d.file) for d in result.diagnostics} == {
        ("R306", "content/concepts/tuning.yml"),
        ("R301", "content/decisions/tune-or-search.yml"),
    }


def test_a_record_with_a_wrong_field_is_still_checked_in_all_others(edit):
    edit(T, "kind: technique", "kind: technic")
    result = edit(T, "model as it is.[^searches]", "model as it is.[^nothing]")
    assert [d.code for d in result.diagnostics] == ["R306", "C402"]


def test_a_slip_in_a_key_is_one_finding_with_a_suggestion(edit):
    result = edit(T, "    belief: Tuning", "    beleif: Tuning")
    assert [d.code for d in result.diagnostics] == ["R301"]
    assert "Did you mean `belief`?" in result.report


def test_the_excerpt_shows_the_line_and_a_caret_under_the_fault(edit):
    lines = edit(T, "kind: technique", "kind: technic").report.split("\n")
    assert lines[0].startswith("content/concepts/tuning.yml:6:7: error R306")
    assert lines[1].endswith("kind: technic")
    assert lines[2].index("^") == lines[1].index("technic")
    assert lines[2].count("^") == len("technic")


def test_a_symbolic_link_is_not_followed(content, edit, tmp_path):
    outside = tmp_path / "secret.yml"
    outside.write_text("name: secret")
    (content / "concepts/link.yml").symlink_to(outside)
    result = edit(T, "kind: technique", "kind: technique")
    assert [d.code for d in result.diagnostics] == ["F101"]
    assert "secret" not in "".join(page.html for page in result.rendered.pages)


def test_texts_that_yaml_1_1_would_change_stay_as_typed(edit):
    result = edit(T, "aliases: [fine tuning]", "aliases: [no, 3.10, 012, 2026-01-01, 3:30, 1_000]")
    assert result.diagnostics == ()
    assert result.site.library.concepts["tuning"].aliases == ("no", "3.10", "012", "2026-01-01", "3:30", "1_000")


def test_dates_are_held_against_the_day_of_the_build():
    assert TODAY.isoformat() == "2026-11-22"
