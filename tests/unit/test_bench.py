import re
import shutil
from datetime import date
from types import SimpleNamespace

import pytest

from bench import records, report
from bench.contenders import CONTENDERS, HUGO, SIGNPOST
from bench.measure import Failed, Output, Project, Run
from bench.rounds import Comparison, Figures
from generator.check.load import load
from tests.conftest import DAY

COUNT = len(list((records.ROOT / "content/concepts").glob("*.yml"))) + 27


@pytest.fixture(scope="module")
def generated(tmp_path_factory):
    content = tmp_path_factory.mktemp("bench") / "content"
    records.generate(content, COUNT)
    return content


def test_generated_records_have_no_errors(generated):
    assert not load(generated, DAY).diagnostics


def test_there_are_as_many_concepts_as_asked_for_each_with_a_name_of_its_own(generated):
    names = records.titles(generated)
    assert len(names) == len(set(names.values())) == COUNT


def test_the_same_records_are_generated_each_time(generated, tmp_path):
    records.generate(tmp_path / "content", COUNT)
    files = {path.relative_to(generated): path.read_bytes() for path in generated.rglob("*.yml")}
    again = {
        path.relative_to(tmp_path / "content"): path.read_bytes() for path in (tmp_path / "content").rglob("*.yml")
    }
    assert files == again


def test_copies_link_to_the_copies_made_with_them(generated):
    text = (generated / "concepts/agent-memory-1.yml").read_text(encoding="utf-8")
    assert "[[ai-agents-1]]" in text


def test_an_edit_replaces_the_edit_before_and_leaves_the_record_sound(generated, tmp_path):
    shutil.copytree(generated, tmp_path / "content")
    file = tmp_path / "content/concepts/agent-memory-1.yml"
    before = file.read_text(encoding="utf-8")
    assert records.edit(file, 1) in file.read_text(encoding="utf-8")
    words = records.edit(file, 2)
    after = file.read_text(encoding="utf-8")
    assert after.replace(words, "") == before
    assert not load(tmp_path / "content", DAY).diagnostics


def test_a_file_without_a_definition_is_not_edited(tmp_path):
    file = tmp_path / "some.yml"
    file.write_text("name: Some\n")
    with pytest.raises(ValueError, match="has no definition"):
        records.edit(file, 1)


class _Contender:
    """Stands for a builder: `script` is run by a shell in the project."""

    site, source = "site", "some.yml"

    def __init__(self, script):
        self.script = script

    def lay_out(self, folder, library):
        (folder / "some.yml").write_text("definition: |\n  Some text.\n")

    def build(self):
        return ["sh", "-c", self.script]


def _project(tmp_path, script, limit=20.0):
    return Project(_Contender(script), SimpleNamespace(titles={"some": "Some & more"}), tmp_path / "project", limit)


WRITES = "mkdir -p site/concepts/some; (echo 'Some &amp; more'; cat some.yml) > site/concepts/some/index.html"


def test_a_builder_that_writes_no_page_gets_no_figure(tmp_path):
    with pytest.raises(Failed, match="there is no page of some"):
        _project(tmp_path, "true").cold()


def test_a_builder_that_keeps_the_old_text_gets_no_figure(tmp_path):
    project = _project(tmp_path, f"test -d site || {{ {WRITES}; }}")
    project.cold()
    with pytest.raises(Failed, match="the edit is not in the page"):
        project.after_edit()


def test_a_builder_that_fails_gets_no_figure_but_its_last_line(tmp_path):
    with pytest.raises(Failed, match="failed: no disk"):
        _project(tmp_path, "echo first; echo no disk; exit 3").cold()


def test_a_builder_that_takes_too_long_is_stopped(tmp_path):
    with pytest.raises(Failed, match="stopped after"):
        _project(tmp_path, "sleep 60", limit=0.3).cold()


def test_a_cold_build_finds_nothing_of_the_one_before(tmp_path):
    project = _project(tmp_path, f"test ! -e site && test ! -e .cache && {WRITES} && touch .cache")
    for _ in range(2):
        assert project.cold().megabytes > 0
    assert project.output().files == 1


def _figures(cold, megabytes=100.0):
    runs = {number: Run(seconds, megabytes) for number, seconds in enumerate(cold)}
    return Figures({"cold": runs, "edit": {}}, [], Output(2000, 12.3))


def test_the_round_to_warm_up_does_not_count_unless_it_is_alone():
    assert _figures([9, 1, 3, 2]).median("cold") == 2
    assert _figures([9]).median("cold") == 9
    assert _figures([]).median("cold") is None


def test_a_ratio_is_the_median_of_the_ratios_of_single_rounds():
    ours, theirs = _figures([9, 1, 30, 4]), _figures([9, 2, 10, 4])
    assert ours.ratio("cold", theirs) == 1
    assert _figures([18]).ratio("cold", theirs) == 2


def test_the_page_holds_a_table_for_each_size_in_the_form_that_is_written_now():
    written = report.PAGE.read_text(encoding="utf-8").partition(report.BEGIN)[2].partition(report.END)[0]
    tables = re.findall(r"^### [\d,]+ concepts\n\n((?:\|.*\|\n)+)", written, re.MULTILINE)
    assert tables
    for table in tables:
        heading, rule, *rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in table.splitlines()]
        assert heading == list(report.HEADINGS)
        assert all(set(cell) <= set("-:") for cell in rule)
        assert rows
        assert all(len(row) == len(heading) for row in rows)
        assert any(row[0].startswith("Signpost") for row in rows)


def test_written_figures_replace_those_before_and_nothing_else():
    page = f"above\n\n{report.BEGIN}\n\nfigures of last year\n\n{report.END}\n\nbelow\n"
    comparison = Comparison(
        100,
        3,
        {"signpost": _figures([2, 1, 1]), "hugo": _figures([2, 2, 2])},
        {"eleventy": "no npm: said /some/path"},
        [0.4, 2.6],
    )
    text = report.figures_text(CONTENDERS, [comparison], date(2026, 11, 22), 2)
    new = report.in_page(page, text)
    assert new.startswith("above\n\n")
    assert new.endswith(f"{report.END}\n\nbelow\n")
    assert "last year" not in new
    assert f"| {HUGO.title.format(version=HUGO.version())} | 2.00 s | 1.00 | – |" in new
    assert f"| {SIGNPOST.title.format(version=SIGNPOST.version())} | 1.00 s | 0.50 | – |" in new
    assert "no npm.\n" in new
    assert "0.4 to 2.6" in new


@pytest.mark.parametrize("page", ["", report.BEGIN, f"{report.END}{report.BEGIN}", f"{report.BEGIN * 2}{report.END}"])
def test_a_page_without_both_marks_is_refused(page):
    with pytest.raises(ValueError, match="both marks"):
        report.in_page(page, "text")
