"""Cheat sheets: what they show of each record, once per sheet."""

import re

from generator.present.pages.cheat_sheets import _first_sentences


def _sheet(result, path):
    return next(page for page in result.rendered.pages if page.path == path)


def _names(page):
    return re.findall(r'<h3><a [^>]*href="([^"]+)"', page.html)


def test_the_sheet_of_an_exam_shows_each_record_once(small):
    page = _sheet(small, "exams/abc-c01/cheat-sheet")
    names = _names(page)
    assert len(names) == len(set(names)) == 3
    assert "Asked here too: " in page.html
    assert re.findall(r"\d+% of the scored content", page.html) == [
        "60% of the scored content",
        "40% of the scored content",
    ]


def test_the_sheet_of_a_domain_shows_all_that_it_asks(small):
    page = _sheet(small, "exams/abc-c01/cheat-sheet-2")
    assert [name.rpartition("concepts/")[2] for name in _names(page)] == ["searching/"]
    assert "Searching trains the model." in page.html and "The weights stay." in page.html
    assert "<q>updated every night</q>" in page.html
    assert "footnote-ref" not in page.html


def test_a_domain_without_a_concept_says_so_in_one_line(edit):
    result = edit("concepts/searching.yml", "exams: {ABC-C01: [1.1.1, 2.1.1]}", "exams: {ABC-C01: [1.1.1]}")
    page = _sheet(result, "exams/abc-c01/cheat-sheet-2")
    assert page.html.count("No concept of this domain has a page here.") == 1
    assert "not covered" not in page.html


def test_exam_and_task_lead_to_the_sheets(small):
    sheet, single = "exams/abc-c01/cheat-sheet", "exams/abc-c01/cheat-sheet-1"
    assert (sheet, "") in _sheet(small, "exams/abc-c01/index").links
    assert (single, "") in _sheet(small, "exams/abc-c01/task-1-1").links
    assert (single, "") in _sheet(small, sheet).links


def test_only_the_sheet_of_the_whole_exam_is_in_the_menu(small):
    exams = next(item for item in small.rendered.menu if getattr(item, "title", "") == "Exams")
    paths = [page.path for menu in exams.items if hasattr(menu, "items") for page in menu.items]
    assert [path for path in paths if "cheat" in path] == ["exams/abc-c01/cheat-sheet"]


def test_what_is_so_is_told_in_few_whole_sentences():
    short, long = (
        "Nothing is learned.",
        "Passages are added to the prompt of one request, and the model reads them there.",
    )
    assert _first_sentences(f"{short} {long} More follows.") == f"{short} {long}"
    assert _first_sentences(short) == short
    assert _first_sentences(f"It is 0.5 at most, {long}") == f"It is 0.5 at most, {long}"
