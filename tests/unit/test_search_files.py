"""The search index: which words, names and texts are in which file."""

import json

import pytest

from generator.deliver.search_files import key_of, page_file, part_of, parts_of, place_of, search_files, write_search
from generator.deliver.search_index import index_entries

ENTRIES = [
    {"location": "", "title": "Signpost", "text": "Tuning, tuning and more tuning of models."},
    {
        "location": "concepts/tuning/",
        "title": "Tuning a model",
        "text": "Changes <b>weights</b>, 1 &lt; 2.",
        "names": ("Tuning", "Fine-tuning"),
        "phrases": ("always the same tone",),
    },
    {"location": "concepts/tuning/#what-it-is", "title": "What it is", "text": "<p>More</p><p>training.</p>"},
    {"location": "services/", "title": "Services", "text": ""},
    {"location": "services/#hub", "title": "Hub", "text": "Runs a model.", "names": ("Hub", "Old Hub")},
]


@pytest.fixture(scope="module")
def files():
    return dict(search_files(parts_of(ENTRIES)))


def words(files, place):
    return json.loads(files[f"search/words/{place}.json"])


def pages(files, word):
    """Page → what the word counts for there."""
    listed = [url for url, _, _ in json.loads(files["search/index.json"])["pages"]]
    number, found = 0, {}
    for posting in words(files, place_of(word))["words"][word]:
        number += posting >> 4
        found[listed[number]] = posting & 15
    return found


@pytest.mark.parametrize(
    ("text", "key"),
    [("Fine-tuning  (LoRA)", "fine tuning lora"), ("snake_case", "snake case"), ("Größe", "größe"), ("--", "")],
)
def test_a_name_is_compared_by_its_words(text, key):
    assert key_of(text) == key


def test_words_end_where_they_end_in_a_browser():
    # In lower case this letter is two characters, of which the second is no letter.
    assert key_of("İstanbul x") == "i\u0307stanbul x"


@pytest.mark.parametrize(
    ("word", "place"), [("tuning", "tu"), ("a", "a"), ("3d", "3d"), ("über", "other"), ("größe", "gr"), ("nß", "other")]
)
def test_a_word_is_in_the_file_of_its_first_two_letters(word, place):
    assert place_of(word) == place


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("", "search/pages/index.json"),
        ("concepts/tuning/", "search/pages/concepts/tuning/index.json"),
        ("a%20b/", "search/pages/a b/index.json"),
        ("index.html", "search/pages/index.html/index.json"),
    ],
)
def test_each_page_has_a_file_of_its_own(url, file):
    assert page_file(url) == file


def test_texts_are_plain_and_begin_with_the_anchor(files):
    tuning = json.loads(files["search/pages/concepts/tuning/index.json"])["entries"]
    assert tuning == [
        ["", "Tuning a model", "Changes weights, 1 < 2.", "Tuning", "Fine-tuning", "always the same tone"],
        ["what-it-is", "What it is", "More training."],
    ]


def test_a_word_counts_for_more_in_a_name_than_in_a_heading_and_least_in_a_text(files):
    assert pages(files, "tuning") == {"": 2, "concepts/tuning/": 10}
    assert pages(files, "hub") == {"services/": 4}
    assert pages(files, "tone") == {"concepts/tuning/": 4}
    assert pages(files, "model") == {"concepts/tuning/": 10, "services/": 1}


def test_what_a_word_counts_for_has_four_bits():
    part = part_of("x/", [{"location": "x/", "title": "word", "text": "word " * 99, "phrases": ("a word",)}])
    assert part.words == {"word": 15, "a": 4}


def test_names_and_phrases_lead_to_their_places_from_the_file_of_their_first_word(files):
    assert words(files, "tu")["names"] == {"tuning": ["concepts/tuning/"]}
    assert words(files, "ol")["names"] == {"old hub": ["services/#hub"]}
    assert words(files, "al")["phrases"] == {"always the same tone": ["concepts/tuning/"]}


def test_a_page_without_names_is_called_as_its_title_and_a_heading_is_not(files):
    assert words(files, "si")["names"] == {"signpost": [""]}
    assert words(files, "wh")["names"] == {}


def test_a_page_that_begins_with_a_heading_has_that_as_its_title():
    assert part_of("x/", [{"location": "x/#a", "title": "A", "text": ""}]).title == "A"


def test_the_list_names_all_files_with_their_digests(files):
    listed = json.loads(files["search/index.json"])
    found = {page_file(url): digest for url, _, digest in listed["pages"]}
    found |= {f"search/words/{place}.json": digest for place, digest in listed["words"].items()}
    assert found == {path: json.loads(text)["digest"] for path, text in files.items() if path != "search/index.json"}
    assert len(set(found.values())) == len(found)


def test_a_changed_text_changes_its_page_and_its_words_alone(files):
    changed = [*ENTRIES[:-1], {**ENTRIES[-1], "text": "Runs a model well."}]
    after = dict(search_files(parts_of(changed)))
    assert {path for path in after if after[path] != files.get(path)} == {
        "search/index.json",
        "search/pages/services/index.json",
        "search/words/we.json",
    }


def test_the_part_of_a_page_depends_on_that_page_alone(small):
    by_page = [(page.url, index_entries(page)) for page in small.rendered.pages]
    alone = [part_of(url, entries) for url, entries in by_page if entries]
    assert alone == parts_of(entry for _, entries in by_page for entry in entries)


def test_the_index_that_every_page_loads_is_emptied_and_keeps_its_settings(tmp_path):
    theirs = tmp_path / "search/search_index.json"
    theirs.parent.mkdir()
    theirs.write_text(json.dumps({"config": {"lang": ["en"]}, "docs": ENTRIES}))
    write_search(tmp_path, parts_of(ENTRIES))
    assert json.loads(theirs.read_text()) == {"config": {"lang": ["en"]}, "docs": []}
    written = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.json")}
    assert written == {"search/search_index.json", *dict(search_files(parts_of(ENTRIES)))}
