"""What can be taken away: records as JSON, tables, the Anki deck, llms.txt."""

import csv
import io
import json
import re
import sqlite3
import zipfile
from datetime import date, timedelta

import pytest
import yaml
from jsonschema import Draft7Validator
from referencing import Registry, Resource

from generator.build import build
from generator.model.kinds import KINDS
from generator.present.data.anki import deck_files
from generator.present.data.tables import _guarded
from generator.present.site import Site
from tests.conftest import LIBRARY, ROOT, TODAY
from tests.unit.test_schema import as_an_editor_reads

FOLDERS = {kind.name: kind.folder for kind in KINDS}
DECK = "data/signpost.apkg"


def _rows(result, name):
    text = result.rendered.files[f"data/{name}.csv"].decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def _json(result, path):
    return json.loads(result.rendered.files[path])


# Records


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_record_follows_the_schema_that_is_published_with_it(real, kind):
    ids = _json(real, "data/schema/ids.schema.json")
    registry = Registry().with_resource("ids.schema.json", Resource.from_contents(ids))
    schema = Draft7Validator(_json(real, f"data/schema/{kind.name}.schema.json"), registry=registry)
    records = [path for path in real.rendered.files if re.fullmatch(rf"data/{kind.folder}/[^/]+\.json", path)]
    assert len(records) == len(list((ROOT / "content" / kind.folder).glob("*.yml")))
    for path in records:
        assert list(schema.iter_errors(_json(real, path))) == [], path


def _trimmed(value):
    if isinstance(value, dict):
        return {key: _trimmed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_trimmed(item) for item in value]
    return value.strip() if isinstance(value, str) else value


def test_a_record_is_what_its_file_holds_and_nothing_more(real):
    for kind in KINDS:
        for file in sorted((ROOT / "content" / kind.folder).glob("*.yml")):
            published = _json(real, f"data/{kind.folder}/{file.stem}.json")
            assert published == _trimmed(as_an_editor_reads(file)), file


def test_the_index_leads_to_every_record_and_its_page(real):
    pages = {page.url for page in real.rendered.pages}
    records = _json(real, "data/index.json")["records"]
    assert {(r["kind"], r["id"]) for r in records} == set(real.site.library.records)
    for record in records:
        assert record["json"] == f"data/{FOLDERS[record['kind']]}/{record['id']}.json" in real.rendered.files
        assert record["page"].partition("#")[0] in pages
        assert record["name"]


def test_a_record_with_errors_has_no_file(edit):
    result = edit("concepts/searching.yml", "kind: technique", "kind: technic")
    assert "data/concepts/searching.json" not in result.rendered.files
    assert "data/concepts/tuning.json" in result.rendered.files


# Tables


def test_tables_hold_everything_in_plain_words_with_ids_of_their_own(real):
    library = real.site.library
    scenarios = [s for d in library.decisions.values() for s in d.scenarios]
    counts = {
        "misconceptions": sum(len(c.misconceptions) for c in library.concepts.values()),
        "decisions": len(library.decisions),
        "items": sum(len(c.checks) for c in library.concepts.values())
        + len(scenarios)
        + sum(s.flip is not None for s in scenarios),
    }
    for name, count in counts.items():
        rows = _rows(real, name)
        assert len({row["id"] for row in rows}) == len(rows) == count
    for name in (*counts, "signals"):
        text = real.rendered.files[f"data/{name}.csv"].decode()
        assert not re.search(r"\[\[|\[\^|\*\*", text)
        assert "\n" not in text.replace("\r\n", "")


def test_items_say_what_is_asked_and_what_is_right(small):
    items = {row["id"]: row for row in _rows(small, "items")}
    night = items["scenario/tune-or-search/night"]
    assert night["question"] == "A shop has prices updated every night. Answers must be right today."
    assert len(night["options"].split(" | ")) == 2
    assert night["answer"] == 'Searching & quoting "facts" <fast>'
    flip = items["flip/tune-or-search/night"]
    assert "prices fixed for ever." in flip["question"] and "Tuning" in flip["answer"]
    assert items["scenario/tune-or-search/none"]["answer"].startswith("Neither, but Searching")
    assert " | " in items["scenario/tune-or-search/both"]["answer"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_starts_a_formula(edit, start):
    assert _guarded(f"{start}1") == f"'{start}1"
    assert _guarded("1=1") == "1=1"
    if start in "=+-@":
        belief = f'"{start}HYPERLINK(1) trains the model."'
        rows = _rows(edit("concepts/searching.yml", "Searching trains the model.", belief), "misconceptions")
        assert f"'{start}HYPERLINK(1) trains the model." in {row["belief"] for row in rows}


# The deck


def _opened(package):
    """The database of a deck."""
    with zipfile.ZipFile(io.BytesIO(package)) as folder:
        assert set(folder.namelist()) == {"collection.anki2", "media"}
        collection = sqlite3.connect(":memory:")
        collection.deserialize(folder.read("collection.anki2"))
    return collection


def _notes(package):
    """Guid → fields and tags."""
    found = _opened(package).execute("select guid, flds, tags from notes order by id").fetchall()
    assert len({guid for guid, *_ in found}) == len(found)
    return {guid: (fields.split("\x1f"), tags.split()) for guid, fields, tags in found}


def test_the_deck_has_a_card_for_all_there_is_to_learn(real):
    package = real.rendered.files[DECK]
    notes = _notes(package)
    library = real.site.library
    ids = {fields[0] for fields, _ in notes.values()}
    wanted = {f"concept/{id}" for id in library.concepts}
    wanted |= {f"misconception/{id}/{m.id}" for id, c in library.concepts.items() for m in c.misconceptions}
    wanted |= {row["id"] for row in _rows(real, "items")}
    assert ids == wanted and len(notes) == len(wanted)
    collection = _opened(package)
    assert collection.execute("pragma integrity_check").fetchone() == ("ok",)
    assert collection.execute("select count(distinct nid), count(*) from cards").fetchone() == (len(notes),) * 2
    decks = json.loads(collection.execute("select decks from col").fetchone()[0])
    used = {str(deck) for (deck,) in collection.execute("select distinct did from cards")}
    assert used <= decks.keys()
    assert all(re.match(r"Signpost::[A-Z]{3}-C\d\d::\d ", decks[deck]["name"]) for deck in used)
    assert all(tag.partition("::")[0] in library.exams for _, tags in notes.values() for tag in tags)


def test_a_changed_text_keeps_its_card(content, edit):
    before = _notes(build(content, TODAY).rendered.files[DECK])
    old, new = "Searching trains the model.", "Searching teaches the model."
    after = _notes(edit("concepts/searching.yml", old, new).rendered.files[DECK])
    assert before.keys() == after.keys()
    changed = [guid for guid in before if before[guid] != after[guid]]
    assert [after[guid][0][2] for guid in changed] == [new]


def test_a_deck_of_a_later_day_counts_as_newer(small):
    later = Site(small.site.library, TODAY + timedelta(days=1))
    times = [
        _opened(package).execute("select distinct mod from notes").fetchall()
        for package in (small.rendered.files[DECK], deck_files(later)[DECK])
    ]
    assert times[1][0][0] - times[0][0][0] == 86400


def test_the_deck_is_the_same_bytes_every_time(small, monkeypatch, tmp_path):
    monkeypatch.setattr("time.time", lambda: 1.0)
    monkeypatch.chdir(tmp_path)
    again = build(LIBRARY, TODAY).rendered.files[DECK]
    assert again == small.rendered.files[DECK]
    with zipfile.ZipFile(io.BytesIO(again)) as folder:
        assert {(e.date_time, e.create_system, e.compress_type) for e in folder.infolist()} == {
            ((1980, 1, 1, 0, 0, 0), 3, zipfile.ZIP_STORED)
        }
        assert folder.read("collection.anki2")[96:100] == bytes(4), "the SQLite that wrote it is named"


def test_record_text_is_text_on_a_card(edit):
    hostile = "If 1<2 & 3>2, <fast> [sound:x.mp3] it trains."
    notes = _notes(edit("concepts/searching.yml", "Searching trains the model.", f"'{hostile}'").rendered.files[DECK])
    questions = [fields[2] for fields, _ in notes.values() if "sound" in fields[2]]
    assert questions == ["If 1&lt;2 &amp; 3&gt;2, &lt;fast&gt; &#91;sound:x.mp3] it trains."]


# llms.txt


def test_the_list_for_language_models_names_every_page_of_records(small):
    text = small.rendered.files["llms.txt"]
    assert text.startswith("# Signpost\n\n> ")
    links = dict(re.findall(r"^- \[(.*?[^\\])\]\((\S+)\): ", text, re.MULTILINE))
    assert links[r'Searching & quoting "facts" \<fast>'] == "concepts/searching.md"
    assert {f"{page.path}.md" for page in small.rendered.pages if page.kind in ("concept", "decision", "task")} <= set(
        links.values()
    )
    assert set(links.values()) <= {f"{page.path}.md" for page in small.rendered.pages}


def test_days_are_written_as_in_the_record(small):
    published = _json(small, "data/exams/abc-c01.json")
    assert published["guide"]["dated"] == "2026-04-30"
    assert date.fromisoformat(published["changes"]["dated"]) == date(2026, 3, 26)
    assert yaml.safe_load((LIBRARY / "exams/abc-c01.yml").read_text())["guide"]["dated"] == date(2026, 4, 30)
