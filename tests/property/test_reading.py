"""Reading: positions are true, and no bytes make it raise."""

from datetime import date

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.build import build
from generator.check.load import load
from generator.read.events import parse
from generator.read.text import decode
from generator.read.tree import find, scalars, to_data
from tests.conftest import LIBRARY, TODAY

TEXTS = {path.relative_to(LIBRARY).as_posix(): path.read_text() for path in sorted(LIBRARY.rglob("*.yml"))}


@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "surrogatepass")))
@settings(max_examples=500, deadline=None)
def test_no_bytes_make_the_reader_raise(data):
    text, found = decode(data, "content/concepts/x.yml")
    if not found:
        node, found = parse(text, "content/concepts/x.yml")
        assert node is not None or found or not text.strip() or text.lstrip().startswith(("#", "%", "-"))
    for diagnostic in found:
        assert diagnostic.span.line >= 1 and diagnostic.span.column >= 1


@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_cut_or_scrambled_record_gives_findings_not_an_exception(data, tmp_path_factory):
    file = data.draw(st.sampled_from(sorted(TEXTS)))
    text = TEXTS[file]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 60)))
    junk = data.draw(st.text("{}[]:-&*!|>'\"#%@`\n\t abcT1", max_size=8))
    root = tmp_path_factory.mktemp("scrambled") / "content"
    for name, content in TEXTS.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text[:start] + junk + text[end:] if name == file else content)
    result = build(root, TODAY)
    lines = {f"content/{file}": (text[:start] + junk + text[end:]).count("\n") + 1}
    for diagnostic in result.diagnostics:
        if diagnostic.file in lines:
            assert 1 <= diagnostic.span.line <= lines[diagnostic.file] + 1


WORDS = st.text("abcé漢😀-_.", min_size=1, max_size=8).filter(lambda w: w[0] not in "-." and w not in ("null",))
TREE = st.recursive(
    WORDS,
    lambda inner: st.lists(inner, min_size=1, max_size=4) | st.dictionaries(WORDS, inner, min_size=1, max_size=4),
    max_leaves=12,
)


@given(TREE, st.booleans(), st.sampled_from(["\n", "\r\n"]))
@settings(max_examples=300, deadline=None)
def test_every_value_is_found_where_its_span_says(tree, flow, newline):
    text = yaml.safe_dump({"top": tree}, allow_unicode=True, default_flow_style=flow, width=1000)
    text, found = decode(text.replace("\n", newline).encode(), "f")
    node, more = parse(text, "f")
    assert found + more == []
    lines = text.split("\n")
    for path, scalar in scalars(node):
        span = scalar.span
        assert find(node, path) is scalar
        if span.line == span.end_line:
            written = lines[span.line - 1][span.column - 1 : span.end_column - 1].rstrip()
            assert yaml.load(written, yaml.BaseLoader) == scalar.text
    assert to_data(node)["top"] is not None


@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_a_wrong_value_at_any_place_is_reported_at_that_place(data, tmp_path_factory):
    """An unknown reference is put in the place of any id; the finding stands there."""
    text = TEXTS["concepts/tuning.yml"]
    places = [i for i in range(len(text)) if text.startswith("searching", i) and text[i - 1] in " ["]
    at = data.draw(st.sampled_from(places))
    root = tmp_path_factory.mktemp("wrong") / "content"
    for name, content in TEXTS.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content)
    changed = text[:at] + "searchinq" + text[at + 9 :]
    (root / "concepts/tuning.yml").write_text(changed)
    found = [d for d in load(root, date(2026, 11, 22)).diagnostics if d.code == "L501"]
    bracket = 2 if changed[at - 2 : at] == "[[" else 0
    line, column = changed.count("\n", 0, at) + 1, at - changed.rfind("\n", 0, at) - bracket
    assert [(d.span.line, d.span.column) for d in found] == [(line, column)]
