"""Wordings and signals: what the question reader is given, and that none of it is copied from its measure."""

import json
import re

from generator.build import build
from generator.model.markup import parse_line, plain
from generator.present.data.signals import SIGNALS
from generator.present.signals import phrases
from tests.browser.reader_score import flips, held_out, library_of_today, scenarios
from tests.conftest import TODAY

COPIED = 4
"""From this many words on, a phrase that stands in a scenario counts as copied."""


def test_the_reader_gets_every_phrase_with_what_it_points_to_and_away_from(small):
    data = json.loads(small.rendered.files[SIGNALS])
    names = [concept["name"] for concept in data["concepts"]]
    written = {
        phrase.text: ({id for _, id in phrase.to}, {id for _, id in phrase.away})
        for phrase in phrases(small.site.library)
    }
    pages = [concept["page"] for concept in data["concepts"]]
    read = {
        phrase: tuple({pages[concept].split("/")[1] for concept in concepts} for concepts in (to, away))
        for phrase, to, away in data["signals"]
    }
    assert names and read == written


def test_the_reader_gets_the_decisions_with_their_options_and_the_wordings(small):
    data = json.loads(small.rendered.files[SIGNALS])
    assert data["wordings"] == [["changes often", "revised", "every night"]]
    (decision,) = data["decisions"]
    assert {data["concepts"][option]["page"] for option in decision["options"]} == {
        "concepts/tuning/",
        "concepts/searching/",
    }
    assert decision["page"] == "decisions/tune-or-search/" and decision["hinge"]


def test_signals_shows_the_wordings(small):
    page = next(page for page in small.rendered.pages if page.path == "signals")
    assert 'id="wording-changes"' in page.html and "changes often, revised, every night" in page.html


def test_a_word_may_stand_in_two_wordings_but_once_in_each(edit):
    assert not edit("wording/again.yml", new="name: Again\nwords: [revised, once more]\n").diagnostics
    (found,) = edit("wording/again.yml", "once more", "revised").diagnostics
    assert (found.code, found.field) == ("C407", ("words", 1))


def test_without_wordings_the_pages_are_whole(content):
    (content / "wording/changes.yml").unlink()
    result = build(content, TODAY)
    assert not result.diagnostics
    assert json.loads(result.rendered.files[SIGNALS])["wordings"] == []


def test_no_signal_and_no_wording_is_copied_from_a_scenario():
    library = library_of_today()
    texts = [_words(case.text) for case in (*scenarios(library), *flips(library), *held_out())]
    known = [phrase.text for phrase in phrases(library)]
    known += [word for wording in library.wordings.values() for word in wording.words]
    long = [phrase for phrase in known if len(_words(phrase).split()) >= COPIED]
    assert len(long) > 50
    assert [phrase for phrase in long if any(f" {_words(phrase)} " in f" {text} " for text in texts)] == []


def test_each_concept_has_signals_to_be_found_by():
    library = library_of_today()
    assert [id for id, concept in library.concepts.items() if len(concept.exam.signals) < 5] == []


def _words(text):
    return " ".join(re.findall(r"[\w']+", plain(parse_line(text)).lower()))
