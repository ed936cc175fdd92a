"""Pages on paper: cheat sheets on few pages with no entry cut, other pages opened and without navigation."""

import io
import re
import unicodedata

import pytest
from pypdf import PdfReader

SHEETS = ("exams/aif-c01/cheat-sheet/", "exams/aif-c01/cheat-sheet-3/", "exams/aip-c01/cheat-sheet/")
SMALLEST = 7.5  # points
PER_PAGE = 10  # concepts


def _printed(page, format):
    """Letters and digits of every printed page."""
    pages = PdfReader(io.BytesIO(page.pdf(format=format))).pages
    return [_solid(sheet.extract_text()) for sheet in pages]


def _solid(text):
    """Letters and digits only: paper has ligatures and labels in capitals, and lines end elsewhere."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", text) if letter.isalnum()).casefold()


@pytest.mark.parametrize("format", ["A4", "Letter"])
@pytest.mark.parametrize("path", SHEETS)
def test_a_cheat_sheet_prints_on_few_pages_and_no_entry_is_cut(path, format, open_page):
    page = open_page(path, scheme="dark")
    entries = [_solid(text) for text in page.locator(".sp-entry").all_text_contents()]
    pages = _printed(page, format)
    assert len(entries) > 5
    assert len(pages) <= 1 + len(entries) / PER_PAGE
    for entry in entries:
        assert any(entry in printed for printed in pages), entry[:60]


@pytest.mark.parametrize("path", SHEETS)
def test_print_on_a_cheat_sheet_is_small_but_readable(path, open_page):
    page = open_page(path, scheme="dark", reduced_motion="reduce")
    page.emulate_media(media="print")
    found = page.eval_on_selector_all(
        ".md-content *",
        """all => all
            .filter(e => e.getClientRects().length && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
            .map(e => [e, getComputedStyle(e)])
            .map(([e, style]) => [e.className || e.tagName, parseFloat(style.fontSize) * 0.75, style.color])""",
    )
    assert found
    assert [entry for entry in found if entry[1] < SMALLEST] == []
    light = [entry for entry in found if sum(map(int, re.findall(r"\d+", entry[2])[:3])) > 3 * 128]
    assert light == [], "text that is too light for paper"


@pytest.mark.parametrize(
    "path", ["concepts/fine-tuning/", "decisions/fine-tuning-or-rag/", "exams/aif-c01/cheat-sheet/"]
)
def test_nothing_but_the_page_is_printed(path, open_page):
    page = open_page(path)
    page.emulate_media(media="print")
    for part in (
        ".md-header",
        ".md-tabs",
        ".md-sidebar",
        ".md-footer",
        ".md-search",
        ".md-content__button",
        ".sp-record",
    ):
        for element in page.locator(part).all():
            assert not element.is_visible(), part


@pytest.mark.parametrize(
    ("path", "answer"), [("concepts/fine-tuning/", ".sp-check"), ("decisions/fine-tuning-or-rag/", ".sp-scenario")]
)
def test_answers_are_open_on_paper(path, answer, open_page):
    page = open_page(path)
    folded = page.locator(f"{answer} details > p").all_text_contents()
    printed = "".join(_printed(page, "A4"))
    assert len(folded) > 3
    for text in folded:
        assert _solid(text.strip().split(".")[0]) in printed, text
