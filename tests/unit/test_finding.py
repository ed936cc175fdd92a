"""What search knows of each page, the definitions for popups, and how deep each exam goes."""

import json

import pytest
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files

from generator.build import build
from generator.deliver.plugin import _own_search_worker
from generator.deliver.search_index import index_entries
from generator.present.data.terms import TERMS
from generator.present.page import Page, Section
from generator.present.search import entries
from tests.conftest import TODAY

T = "concepts/tuning.yml"


def found(result, path):
    """Anchor → entry of a page."""
    page = next(page for page in result.rendered.pages if page.path == path)
    return {entry.anchor: entry for entry in entries(page)}


def test_search_has_an_entry_for_the_page_and_for_every_heading(small):
    concept = found(small, "concepts/searching")
    assert next(iter(concept)) == ""
    assert concept[""].title == 'Searching &amp; quoting "facts" &lt;fast&gt;'
    assert "puts them into the prompt." in concept[""].text
    assert concept["misconception-trains-the-model"].title == "Trap: Searching trains the model."
    assert all("<" not in entry.title + entry.text for entry in concept.values())


def test_search_leaves_out_what_other_pages_say_too(small):
    left_out = {"evidence", "in-the-decisions", "in-scenarios", "related-concepts", "objectives"}
    concept, decision = found(small, "concepts/tuning"), found(small, "decisions/tune-or-search")
    assert not left_out & {*concept, *decision}
    assert {"what-it-is", "check-yourself"} <= concept.keys() and "scenarios" in decision
    for path in ("glossary", "signals", "traps"):
        assert list(found(small, path)) == [""]


def test_search_knows_all_names_of_a_record_and_the_phrases_that_point_to_it(small):
    tuning = found(small, "concepts/tuning")
    assert tuning[""].names == ("Tuning a model", "Tuning", "fine tuning")
    assert {"always the same tone", "Small tuning"} <= set(tuning[""].phrases)
    assert "updated every night" not in tuning[""].phrases
    assert "updated every night" in found(small, "concepts/searching")[""].phrases
    assert not any(entry.names or entry.phrases for anchor, entry in tuning.items() if anchor)
    assert found(small, "decisions/tune-or-search")[""].names


def test_search_has_an_entry_for_every_service_with_its_former_names(small):
    services = found(small, "services")
    hub = services["service-modelhub"]
    assert (hub.title, hub.names) == ("Modelhub", ("Modelhub", "Old Hub"))
    assert hub.text.startswith("Runs models of many makers behind one interface. Formerly Old Hub.")
    assert "Documentation" not in hub.text
    assert "makers" not in services["all-services"].text


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<p>Changes its <strong>weights</strong>, the <em>numbers</em>.</p>", "Changes its weights, the numbers."),
        ("<ul>\n<li>One thing</li>\n<li>Why?</li></ul><p>Then</p>", "One thing. Why? Then."),
        ('<p class="sp-label">What decides</p>\n<p>Tone.</p>', "What decides: Tone."),
        ('<p><span class="sp-label">Data</span> pairs</p>', "Data: pairs."),
        ("<dl><dt>In fact</dt><dd><p>It is so.</p></dd></dl>", "In fact: It is so."),
        ('<a href="x">Name</a><span>Summary</span>', "Name Summary"),
        ('<p>Read<sup id="n"><a href="#fn:n">1</a></sup>.</p>', "Read."),
        ('<p>4<span class="sp-visually-hidden"> of four</span></p>', "4."),
        ("<p>A isn&#39;t &#34;bold&#34; &amp; so on</p>", 'A isn\'t "bold" &amp; so on.'),
    ],
)
def test_the_text_of_an_entry_reads_as_sentences(html, said):
    page = Page("x", "x", "X", "X", "", Markup('<h1 id="title">X</h1>'), (Section("Part", Markup(html)),))
    assert [entry.text for entry in entries(page)] == ["", said]


def test_the_index_holds_names_and_phrases_only_where_there_are_some(small):
    page = next(page for page in small.rendered.pages if page.path == "concepts/tuning")
    first, second, *_ = index_entries(page)
    assert first["location"] == "concepts/tuning/" and first["names"] and first["phrases"]
    assert second.keys() == {"location", "title", "text"}


def test_every_concept_has_a_definition_as_plain_text(edit):
    hostile = '1 < 2 & "quoted" onerror=alert(1) \\u003c'
    result = edit(T, "summary: More training that changes how a model answers.", f"summary: '{hostile}'")
    assert result.diagnostics == ()
    terms = json.loads(result.rendered.files[TERMS])
    assert terms == {
        "concepts/searching/": "Finds passages & puts them into the prompt.",
        "concepts/tuning/": hostile,
    }


@pytest.fixture
def two_exams(content):
    """The small library with a second exam, of Professional level."""
    text = (content / "exams/abc-c01.yml").read_text(encoding="utf-8")
    second = text.replace("ABC-C01", "XYZ-C01").replace("level: Foundational", "level: Professional")
    (content / "exams/xyz-c01.yml").write_text(second, encoding="utf-8")
    assert build(content, TODAY).diagnostics == ()
    return content


def test_a_page_says_what_each_exam_asks_at_its_level(two_exams, edit):
    edit(T, "exams: {ABC-C01: [1.1.1]}", "exams: {ABC-C01: [1.1.1], XYZ-C01: [1.1.1]}")
    result = edit(T, "{ABC-C01: recognize it}", "{ABC-C01: Recognize it., XYZ-C01: Design with it.}")
    page = next(page for page in result.rendered.pages if page.path == "concepts/tuning")
    assert "<dt>ABC-C01 asks you to recognize</dt><dd>Recognize it.</dd>" in page.html
    assert "<dt>XYZ-C01 asks you to design</dt><dd>Design with it.</dd>" in page.html


def test_an_exam_of_another_level_is_named_alone(edit):
    result = edit("exams/abc-c01.yml", "level: Foundational", "level: Specialty")
    page = next(page for page in result.rendered.pages if page.path == "concepts/tuning")
    assert "<dt>ABC-C01</dt><dd>recognize it</dd>" in page.html


@pytest.mark.parametrize(
    ("old", "new", "code", "field"),
    [
        ("{ABC-C01: [1.1.1]}", "{ABC-C01: [1.1.1], XYZ-C01: [1.1.1]}", "R302", "exam.depth.XYZ-C01"),
        ("{ABC-C01: recognize it}", "{ABC-C01: a, XYZ-C01: b}", "R301", "exam.depth.XYZ-C01"),
        ("{ABC-C01: recognize it}", "{ABC-C02: recognize it}", "L501", "exam.depth.ABC-C02"),
        ("{ABC-C01: [1.1.1]}", "{ABC-C02: [1.1.1]}", "L501", "exams.ABC-C02"),
        ("{ABC-C01: [1.1.1]}", "{abc: [1.1.1]}", "R307", "exams.abc"),
    ],
)
def test_how_deep_is_said_for_exactly_the_exams_of_a_concept(two_exams, edit, old, new, code, field):
    assert [(d.code, d.field_name) for d in edit(T, old, new).diagnostics] == [(code, field)]


def test_a_theme_with_another_search_worker_is_refused():
    with pytest.raises(PluginError, match="search"):
        _own_search_worker(Files([]), MkDocsConfig())
