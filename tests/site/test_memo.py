"""A build that keeps what did not change gives what a build from nothing gives."""

import re
import shutil

import pytest

from generator.build import build
from generator.memo import Remembering, Same
from tests.conftest import DAY, LIBRARY, ROOT, TODAY

EDITS = (
    ("concepts/embeddings.yml", r"(?s)(?<=definition:).*", " the ", " this "),
    ("decisions/which-customization-method.yml", r"(?s)(?<=hinge:).*", " the ", " this "),
    ("exams/aif-c01.yml", r"label: .*", "label: ", "label: New "),
)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The real library, and what was made of it."""
    content = shutil.copytree(ROOT / "content", tmp_path_factory.mktemp("memo") / "content")
    memo = Remembering()
    build(content, DAY, memo)
    memo.turn()
    return content, memo


def _next(content, memo):
    result = build(content, DAY, memo)
    memo.turn()
    return result


def test_edits_show_wherever_they_would_in_a_build_from_nothing(built):
    content, memo = built
    texts = {}
    for path, part, old, new in EDITS:
        file = content / path
        texts[file] = file.read_text(encoding="utf-8")
        edited = re.sub(part, lambda found, old=old, new=new: found[0].replace(old, new), texts[file])
        assert edited != texts[file]
        file.write_text(edited, encoding="utf-8")
        kept = _next(content, memo)
    anew = build(content, DAY)
    for file, text in texts.items():
        file.write_text(text, encoding="utf-8")
    assert kept.diagnostics == anew.diagnostics
    assert kept.rendered == anew.rendered


def test_pages_that_an_edit_does_not_concern_are_not_made_again(built):
    content, memo = built
    first = {page.path: page for page in _next(content, memo).rendered.pages}
    path = content / "concepts/model-distillation.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("limits: |\n", "limits: |\n    Edited.\n", 1), encoding="utf-8")
    second = {page.path: page for page in _next(content, memo).rendered.pages}
    made = {path for path in second if second[path] is not first[path]}
    assert "concepts/model-distillation" in made
    assert "concepts/amazon-bedrock-knowledge-bases" not in made


def test_a_memo_forgets_what_the_last_build_did_not_ask_for():
    memo, made = Remembering(), []

    def make(things):
        made.extend(things)
        return [thing.upper() for thing in things]

    def ask(things):
        found = memo.each(things, key=str, make=make)
        memo.turn()
        return found

    assert ask("ab") == ["A", "B"]
    assert ask("a") == ["A"]
    assert ask("bac") == ["B", "A", "C"]
    assert made == ["a", "b", "b", "c"]


def test_two_equal_things_are_made_once():
    made = []
    found = Remembering().each("aa", key=str, make=lambda things: [made.append(thing) or "A" for thing in things])
    assert (found, made) == (["A", "A"], ["a"])


def test_a_thing_is_the_same_as_itself_only():
    one, other = [1], [1]
    assert Same(one) == Same(one) != Same(other)


def test_the_small_library_is_not_changed_by_a_memo():
    memo = Remembering()
    assert [build(LIBRARY, TODAY, memo).rendered for _ in range(2)] == [build(LIBRARY, TODAY).rendered] * 2
