"""Formatting: any order and any style of writing come to one form; no comment and no datum is lost."""

import json
import random
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.author.formatter import format_record
from generator.model.kinds import BY_FOLDER
from generator.read.events import parse
from generator.read.text import decode
from generator.read.tree import to_data
from tests.conftest import LIBRARY

PATHS = sorted(LIBRARY.rglob("*.yml"))
RECORDS = st.sampled_from([(BY_FOLDER[path.parent.name], path.read_text(encoding="utf-8")) for path in PATHS])
FREE = ("evidence", "exams", "depth", "pages")
"""Keys whose values are free maps: their order means something."""
BARE = re.compile(r"[A-Za-z]{3,}( [a-z]+)*|\d+|\d{4}-\d\d-\d\d")
SEEDS = st.integers(0, 2**32)


def read(text):
    root, _ = parse(decode(text.encode(), "")[0], "")
    return None if root is None else to_data(root)


class Writer:
    """Writes data as YAML in an order and a style that the seed decides."""

    def __init__(self, seed, comments=False):
        self.random = random.Random(seed)
        self.comments = comments
        self.count = 0

    def write(self, record):
        return "\n".join(self.lines(read(record), 0)) + "\n"

    def comment(self, what):
        self.count += 1
        return f"# {self.count} {what}" if self.comments and self.random.randint(0, 3) == 0 else ""

    def lines(self, node, column, name=""):
        """The node's lines at that column."""
        if isinstance(node, dict):
            return self.mapping(node, column, name in FREE)
        return self.sequence(node, column)

    def mapping(self, node, column, free):
        written = []
        entries = list(node.items())
        if not free:
            self.random.shuffle(entries)
        for number, (key, value) in enumerate(entries):
            above = self.comment(f"above {key}")
            if above and number:
                written.append(" " * column + above)
            quoted = self.random.choice([key, json.dumps(key), f"'{key}'"])
            written += self.value(f"{' ' * column}{quoted}:", value, column, key)
        return written

    def value(self, start, value, column, key):
        beside = self.comment(f"beside {key}")
        beside = f"  {beside}" if beside else ""
        if isinstance(value, str) and "\n" in value:
            step = self.random.randint(1, 5)
            return [
                f"{start} |{beside}",
                *(" " * (column + step) + line if line else "" for line in value.split("\n")[:-1]),
            ]
        if isinstance(value, str):
            bare = [value] if BARE.fullmatch(value) else []
            return [f"{start} {self.random.choice([*bare, json.dumps(value, ensure_ascii=False)])}{beside}"]
        if not value:
            return [f"{start} {'{}' if isinstance(value, dict) else '[]'}{beside}"]
        step = self.random.randint(0, 4) if isinstance(value, tuple) else self.random.randint(1, 4)
        return [start + beside, *self.lines(value, column + step, key)]

    def sequence(self, node, column):
        written = []
        for item in node:
            gap = " " * self.random.randint(1, 3)
            start = f"{' ' * column}-"
            if isinstance(item, str):
                written += self.value(start, item, column, "-")
                continue
            inner = self.lines(item, column + 1 + len(gap))
            if self.comments or self.random.randint(0, 3):
                inner[0] = start + gap + inner[0].lstrip()
            else:
                written.append(start)
            written += inner
        return written


@given(RECORDS, SEEDS)
@settings(max_examples=80, deadline=None)
def test_any_order_and_style_come_to_the_order_of_the_model(record, seed):
    kind, text = record
    formatted = format_record(Writer(seed).write(text), kind)
    assert json.dumps(read(formatted)) == json.dumps(read(format_record(text, kind)))
    assert list(read(formatted)) == list(kind.model.model_validate(read(text)).model_dump(exclude_unset=True))
    assert format_record(formatted, kind) == formatted


@given(RECORDS, SEEDS, SEEDS)
@settings(max_examples=80, deadline=None)
def test_two_ways_of_writing_one_record_come_to_the_same_bytes(record, one, other):
    kind, text = record
    assert format_record(Writer(one).write(text), kind) == format_record(Writer(other).write(text), kind)


@given(RECORDS, SEEDS)
@settings(max_examples=80, deadline=None)
def test_every_comment_stays_on_its_line_or_goes_with_the_key_below(record, seed):
    kind, text = record
    scrambled = Writer(seed, comments=True).write(text)
    formatted = format_record(scrambled, kind)
    assert read(formatted) == read(scrambled)
    assert formatted == format_record(formatted, kind)
    pattern = re.compile(r"# \d+ (?:above|beside) [\w-]+")
    assert sorted(pattern.findall(formatted)) == sorted(pattern.findall(scrambled))
    lines = [line.strip(" -") for line in formatted.split("\n") if line.strip()]
    for number, line in enumerate(lines):
        if found := re.match(r"# \d+ above ([\w-]+)", line):
            below = next(other for other in lines[number:] if not other.startswith("#"))
            assert below.split(":")[0].strip('"') == found[1], formatted
        elif (found := re.search(r"  # \d+ beside ([\w-]+)$", line)) and found[1] != "-":
            assert line.split(":")[0].strip('"') == found[1], formatted


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_a_cut_or_scrambled_record_keeps_its_data_and_does_not_raise(data):
    kind, text = data.draw(RECORDS)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 60)))
    junk = data.draw(st.text("{}[]:-&*!|>'\"#%@`?\\\n\r\t abcT1é", max_size=8))
    before = text[:start] + junk + text[end:]
    after = format_record(before, kind)
    assert format_record(after, kind) == after
    assert read(after) == read(before)
