"""Reports: for people, for the code host, for programs; and the explanation of every code."""

import json
import re

import pytest

from generator.build import build
from generator.diagnostics.catalog import CATALOG
from generator.diagnostics.diagnostic import Diagnostic
from generator.diagnostics.examples import EXAMPLES
from generator.diagnostics.place import Span
from generator.diagnostics.report import as_annotations, as_json, as_text, explain
from tests.conftest import LIBRARY, TODAY

NASTY = Diagnostic(
    "R301", "content/concepts/a,b:c%.yml", Span(3, 5, 3, 9), ("a", 0, "b"), "found\n::error::x\x1b[31m", "100% wrong"
)
NO_PIECE = {"F101", "F102", "F103", "F105", "F106", "F107", "F108", "L503"}


def test_annotations_cannot_be_forged_by_record_text():
    text = as_annotations([NASTY])
    assert "\n" not in text and "\x1b" not in text
    head, _, message = text.removeprefix("::").partition("::")
    assert head.startswith("error file=content/concepts/a%2Cb%3Ac%25.yml,line=3,col=5,endLine=3,endColumn=9,title=R301")
    assert message.endswith("100%25 wrong")


def test_text_shows_control_characters_as_escapes():
    assert "\x1b" not in as_text([NASTY], {})
    assert "\\x1b[31m" in as_text([NASTY], {})


def test_json_holds_place_field_and_mend():
    (found,) = json.loads(as_json([NASTY]))
    assert (found["line"], found["column"], found["field"], found["hint"]) == (3, 5, "a[0].b", "100% wrong")


def test_every_code_is_explained_and_all_that_one_piece_can_show_by_example():
    for code, kind in CATALOG.items():
        assert re.fullmatch(r"[A-Z]\d{3}", code)
        assert kind.why.endswith(".") and kind.title in explain(code)
    assert set(CATALOG) - set(EXAMPLES) == NO_PIECE


@pytest.mark.parametrize("code", EXAMPLES)
def test_the_wrong_example_has_the_fault_and_the_right_one_has_not(code, content):
    example = EXAMPLES[code]
    files = [path for path in sorted(content.rglob("*.yml")) if example.right in path.read_text(encoding="utf-8")]
    assert files, "the right piece must stand in the small library"
    assert build(LIBRARY, TODAY).diagnostics == ()
    seen = set()
    for path in files:
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(example.right, example.wrong, 1), encoding="utf-8")
        seen |= {found.code for found in build(content, TODAY).diagnostics}
        path.write_text(text, encoding="utf-8")
    assert code in seen
