"""A new record: every field is there, what is left to write is reported, and once written it passes."""

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from generator.author.formatter import format_record
from generator.author.scaffold import scaffold
from generator.check.load import Loaded, load
from generator.model.kinds import KINDS, RecordKind
from tests.conftest import TODAY

NEW = "new-c01"
EVERY_KIND = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
EVIDENCE = " / page / guide-tuning / The page says so."
FILLED = {
    "source": """A paper / A university / paper / https://papers.example.org/
        / paper-start / Start / https://papers.example.org/start""",
    "service": "Thirdhub / Machine Learning / Keeps models.[^page] / https://docs.example.com/third/" + EVIDENCE,
    "concept": """Reading / Reads a text. / process / ABC-C01 / 1.1.2 / It reads.[^page] / It writes nothing.[^page]
        / An eye. / Eyes tire. / Texts come in.[^page] / Texts go out.[^page]
        / reads-minds / It reads minds. / It looks so. / It reads texts.[^page] / The word text.
        / The guide asks it.[^page] / ABC-C01 / recognize it / texts come in / change the tone / tuning / To write."""
    + EVIDENCE,
    "decision": """Tune or search, again? / Which one. / ABC-C01 / 1.1.1 / It is asked.[^page] / A fact?
        / Fresh / Steady / Fresh facts are searched. / Now / Later / Later is tuned.
        / tuning / Training.[^page] / No search.[^page] / Tone.[^page] / Form.[^page] / a tone / a form / Time. / All.
        / searching / Looks up.[^page] / No tone.[^page] / Facts.[^page] / Names.[^page] / a fact / a name / An index.
        / All. / Two methods / Question / Answer / Which one? / This one.[^page] / The last sentence decides.
        / prices / "**Prices** change." / searching / They are facts."""
    + EVIDENCE,
    "exam": """NEW-C01 / A Certified Expert / Professional / For people who know. / https://docs.example.com/new/
        / https://docs.example.com/new/guide.html / page / 65 / 10 / multiple choice / page
        / 750 / 100 / 1000 / The whole counts.[^page] / page / Somebody.[^page] / Selling / page / page
        / 1 / All of it / 100 / guide-tuning / "1.1" / Do it. / 1.1.1 / Do it well"""
    + EVIDENCE,
    "wording": "Low cost / cheap / inexpensive",
}
"""What a contributor writes in place of each TODO, from top to bottom."""


def left_to_write(text: str) -> list[int]:
    """Numbers of the lines where something is to be written."""
    return [n for n, line in enumerate(text.split("\n"), 1) if "TODO" in line and not line.lstrip().startswith("#")]


def filled(kind: RecordKind) -> str:
    values = iter(re.split(r"\s+/\s", FILLED[kind.name]))
    lines = scaffold(kind, NEW, TODAY).split("\n")
    for number in left_to_write("\n".join(lines)):
        marks = r"# TODO .*|(?<![#] )TODO(?=:)"
        lines[number - 1] = re.sub(marks, lambda _: next(values), lines[number - 1])
    assert next(values, None) is None, "more values than places to write them"
    return "\n".join(lines)


def with_optional_fields(text: str) -> str:
    """The text with the optional fields switched on, those of optional parts too."""
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        help = re.match(r"( *)# Optional\. ", lines[number])
        number += 1
        if help:
            indent = help[1]
            while not re.match(rf"{indent}# \w+:( |$)", lines[number]):
                number += 1
            end = number + 1
            while end < len(lines) and lines[end].startswith(f"{indent}#   "):
                end += 1
            lines[number:end] = [indent + line[len(indent) + 2 :] for line in lines[number:end]]
    return "\n".join(lines)


def check(content: Path, kind: RecordKind, text: str) -> Loaded:
    (content / kind.folder / f"{NEW}.yml").write_text(text, encoding="utf-8")
    return load(content, TODAY)


@EVERY_KIND
def test_a_new_record_names_its_schema_first_and_its_file_next(kind):
    first, second, *_ = scaffold(kind, NEW, TODAY).split("\n")
    assert first == f"# yaml-language-server: $schema=../../schemas/{kind.name}.schema.json"
    assert second == f"# content/{kind.folder}/{NEW}.yml"


@EVERY_KIND
def test_every_field_stands_below_its_help(kind):
    lines = scaffold(kind, NEW, TODAY).split("\n")
    for name, field in kind.model.model_fields.items():
        required = field.is_required()
        at = next(n for n, line in enumerate(lines) if re.match(rf"{'' if required else '# '}{name}:( |$)", line))
        help = " ".join(field.description.split())
        assert lines[at - 1] == (f"# {help}" if required else f"# Optional. {help}")


@EVERY_KIND
def test_whatever_is_left_to_write_is_reported_in_its_line(kind, content):
    text = scaffold(kind, NEW, TODAY)
    found = check(content, kind, text).diagnostics
    assert {d.span.line for d in found} == set(left_to_write(text))
    assert len(left_to_write(text)) >= 3


@EVERY_KIND
def test_a_filled_record_passes(kind, content):
    loaded = check(content, kind, filled(kind))
    assert loaded.diagnostics == ()
    assert (kind.name, NEW) in loaded.library.records


@EVERY_KIND
def test_optional_fields_fit_the_model_once_switched_on(kind, content):
    text = with_optional_fields(scaffold(kind, NEW, TODAY))
    assert not re.search(r"^ *# \w+:( |$)", text, re.M), "an optional field is still off"
    found = check(content, kind, text).diagnostics
    assert {d.span.line for d in found} == set(left_to_write(text))
    assert list(yaml.load(text, yaml.CBaseLoader)) == list(kind.model.model_fields)


@EVERY_KIND
def test_a_new_record_is_laid_out_as_fmt_does(kind):
    text = scaffold(kind, NEW, TODAY)
    assert format_record(text, kind) == text


def test_a_list_has_as_many_entries_as_it_needs():
    decision = next(kind for kind in KINDS if kind.name == "decision")
    record = yaml.load(scaffold(decision, NEW, TODAY), yaml.CBaseLoader)
    assert [len(record["drivers"]), len(record["drivers"][0]["between"]), len(record["scenarios"])] == [2, 2, 1]


def test_evidence_is_dated_the_day_the_record_is_made():
    concept = next(kind for kind in KINDS if kind.name == "concept")
    assert scaffold(concept, NEW, date(2027, 1, 5)).endswith("    checked: 2027-01-05\n")
