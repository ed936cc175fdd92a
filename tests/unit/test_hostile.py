"""Records that strangers write: each broken one gives the one finding it deserves, each odd but valid one none."""

import os
import time

import pytest

from generator.check import load as loading
from generator.check.load import MOST_FINDINGS, load
from generator.model.kinds import BY_FOLDER
from generator.read import files
from tests.conftest import TODAY
from tests.hostile.broken import CASES, Case
from tests.hostile.odd import ODD, Odd

CARET = "‸"


def findings(content):
    return load(content, TODAY).diagnostics


def place(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.code}-{c.new[:30]!r}")
def test_a_broken_record_gives_one_finding_at_its_place(case: Case, content):
    path = content / case.file
    text = path.read_text(encoding="utf-8")
    assert text.count(case.old) >= 1, case.old
    if case.code == "L503":
        other = content / "concepts/searching.yml"
        other.write_text(other.read_text(encoding="utf-8") + "requires: [tuning]\n", encoding="utf-8")
    start = text.index(case.old)
    edited = text[:start] + case.new.replace(CARET, "") + text[start + len(case.old) :]
    path.write_bytes(edited.encode("utf-8"))
    file = case.file
    if CARET in case.new:
        wanted = place(edited, start + case.new.index(CARET))
    else:
        before, _, after = case.at.partition(CARET)
        for file in (case.file, "concepts/searching.yml", "concepts/tuning.yml"):
            there = (content / file).read_text(encoding="utf-8")
            if before + after in there:
                break
        wanted = place(there, there.index(before + after) + len(before))
    found = [(d.code, d.file, d.span[:2], d.field_name) for d in findings(content)]
    assert found == [(case.code, f"content/{file}", wanted, case.field)]


@pytest.mark.parametrize("odd", ODD, ids=lambda o: repr(o.new[:40]))
def test_an_odd_but_valid_record_is_accepted_and_its_text_kept(odd: Odd, content):
    path = content / "concepts/tuning.yml"
    text = path.read_text(encoding="utf-8")
    assert odd.old in text, odd.old
    path.write_bytes(odd.write(text.replace(odd.old, odd.new, 1)))
    loaded = load(content, TODAY)
    assert [d for d in loaded.diagnostics if d.severity == "error"] == []
    value = loaded.library.records["concept", "tuning"].contents
    for step in odd.path:
        value = value[step] if isinstance(step, int) or isinstance(value, dict) else getattr(value, step)
    assert value == odd.kept


ENCODINGS = (
    ("caf\xe9".encode("latin-1"), (1, 4)),
    (b"name: x\nkind: caf\xe9", (2, 10)),
    (b"name: x\r\nkind: \xff", (2, 7)),
    (b"name: x\rkind: \xff", (2, 7)),
    ("name: é\nkind: ".encode() + b"\xc3", (2, 7)),
    (b"\xef\xbb\xbfname: \x80", (1, 7)),
    ("name: x\n".encode("utf-16"), (1, 1)),
    ("name: x\n".encode("utf-16-le"), (1, 1)),
    ("name: x\n".encode("utf-16-be"), (1, 1)),
    ("name: x\n".encode("utf-32"), (1, 1)),
    (b"\x7fELF\xff\xfe", (1, 5)),
    (b"\xed\xa0\x80", (1, 1)),
)


@pytest.mark.parametrize(("data", "wanted"), ENCODINGS, ids=lambda v: repr(v)[:30])
def test_what_is_not_utf8_is_reported_at_the_first_wrong_byte(data, wanted, content):
    (content / "services/odd.yml").write_bytes(data)
    assert [(d.code, d.span[:2]) for d in findings(content)] == [("F103", wanted)]


@pytest.mark.parametrize(
    ("data", "code", "wanted"),
    [
        (b"", "R304", (1, 1)),
        (b"\n\n", "R304", (1, 1)),
        (b"# only\n# comments\n", "R304", (1, 1)),
        (b"---\n", "R304", (1, 1)),
        (b"~\n", "R304", (1, 1)),
        (b"# list\n- a\n- b\n", "R303", (2, 1)),
        (b"\njust text\n", "R303", (2, 1)),
        (b"[]", "R303", (1, 1)),
        (b"name", "R303", (1, 1)),
    ],
)
def test_a_file_without_keys_is_one_finding(data, code, wanted, content):
    (content / "services/odd.yml").write_bytes(data)
    assert [(d.code, d.span[:2]) for d in findings(content)] == [(code, wanted)]


NAMES = (
    "Big.yml",
    "two words.yml",
    "a_b.yml",
    "1st.yml",
    "a--b.yml",
    "-a.yml",
    "é.yml",
    "a.b.yml",
    "con.yml",
    "index.yml",
)
NAMES += ("search.yml", "com1.yml", "a" * 65 + ".yml", "constructor.yml", "a\nb.yml", ".yml.yml")


@pytest.mark.parametrize("name", NAMES)
def test_a_file_name_that_is_no_id_is_one_finding(name, content):
    text = (content / "services/newhub.yml").read_text()
    (content / "services" / name).write_text(text)
    found = findings(content)
    assert [(d.code, d.span[:2]) for d in found] == [("F101" if name.startswith(".") else "F105", (1, 1))]


def test_names_that_differ_in_case_only_are_one_finding_at_the_wrong_one(content):
    (content / "concepts/Tuning.yml").write_text((content / "concepts/tuning.yml").read_text())
    assert [(d.code, d.file) for d in findings(content)] == [("F105", "content/concepts/Tuning.yml")]


def make_link(path):
    path.symlink_to("/etc/hostname")


IRREGULAR = {
    "link.yml": make_link,
    "dangling.yml": lambda path: path.symlink_to("nowhere"),
    "loop.yml": lambda path: path.symlink_to(path),
    "pipe.yml": os.mkfifo,
    "folder.yml": os.mkdir,
    "folder": os.mkdir,
    "x.yaml": lambda path: path.write_text("name: x"),
    "x.txt": lambda path: path.write_text("name: x"),
    "x.YML": lambda path: path.write_text("name: x"),
    ".x.yml": lambda path: path.write_text("name: x"),
    "x.yml.orig": lambda path: path.write_text("name: x"),
    "x": lambda path: path.write_text("name: x"),
}


@pytest.mark.parametrize("name", IRREGULAR)
def test_what_is_no_record_file_is_one_finding_and_never_opened(name, content):
    IRREGULAR[name](content / "concepts" / name)
    found = findings(content)
    assert [(d.code, d.file, d.span[:2]) for d in found] == [("F101", f"content/concepts/{name}", (1, 1))]


@pytest.mark.parametrize(
    "name", [".DS_Store", "Thumbs.db", "tuning.yml~", ".#tuning.yml", ".tuning.yml.swp", ".gitkeep"]
)
def test_what_systems_and_editors_leave_behind_is_ignored(name, content):
    (content / "concepts" / name).write_bytes(b"\xff\x00")
    (content / name).write_bytes(b"\xff\x00")
    assert findings(content) == ()


def test_what_lies_beside_the_known_folders_is_a_finding(content):
    (content / "concept").mkdir()
    (content / "concept/x.yml").write_text("name: x")
    (content / "notes.md").write_text("x")
    found = findings(content)
    assert [(d.code, d.file) for d in found] == [("F101", "content/concept"), ("F101", "content/notes.md")]
    assert found[0].hint == "Did you mean `concepts`?"


def test_a_folder_that_is_a_link_or_a_file_is_not_followed(content, tmp_path):
    outside = tmp_path / "outside"
    (content / "decisions").rename(outside)
    (content / "decisions").symlink_to(outside)
    assert ("F101", "content/decisions") in [(d.code, d.file) for d in findings(content)]
    (content / "decisions").unlink()
    (content / "decisions").write_text("x")
    assert ("F101", "content/decisions") in [(d.code, d.file) for d in findings(content)]


def test_no_content_at_all_is_a_finding(tmp_path):
    assert [(d.code, d.file) for d in findings(tmp_path / "nothing")] == [("F106", "content")]


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), FileNotFoundError(2, "No such file")])
@pytest.mark.parametrize("call", ["lstat", "open"])
def test_a_file_that_cannot_be_read_is_a_finding(call, error, content, monkeypatch):
    real = getattr(os, call)

    def fail(path, *rest):
        if str(path).endswith("newhub.yml"):
            raise error
        return real(path, *rest)

    monkeypatch.setattr(files.os, call, fail)
    assert [(d.code, d.file) for d in findings(content)] == [("F106", "content/services/newhub.yml")]


def test_a_large_file_is_refused_at_once(content):
    with (content / "concepts/big.yml").open("wb") as stream:
        stream.truncate(50_000_000)
    began = time.perf_counter()
    raws = files.read_content(content, tuple(BY_FOLDER))
    assert time.perf_counter() - began < 0.2
    assert [raw.code for raw in raws if raw.refused] == ["F102"]


def test_a_file_that_grows_while_it_is_read_is_refused(content, monkeypatch):
    monkeypatch.setattr(files, "MAX_BYTES", 1000)
    monkeypatch.setattr(files, "_refusal", lambda status, name: None)
    raws = files.read_content(content, tuple(BY_FOLDER))
    assert {raw.id: raw.code for raw in raws if raw.refused} == {
        raw.id: "F102" for raw in raws if len(raw.data) > 1000 or raw.refused
    }


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"key{n}: x" for n in range(5000)),
        "\n".join("kind: x" for _ in range(5000)),
        "definition: |\n" + "  [[x]] [^y] <b>\n" * 3000,
        "aliases: [" + "x," * 20000 + "x]",
        "a: " + "[[" * 10000,
        "name: " + "\x07" * 60000,
        "name: " + "**a " * 15000,
        "? " * 20000,
        "- " * 20000,
        "a: {" * 10000,
        "services: [" + ",".join(f"s{n}" for n in range(9000)) + "]",
    ],
    ids=range(11),
)
def test_no_record_takes_long_or_gives_more_than_a_hundred_findings(text, content):
    (content / "concepts/odd.yml").write_text(text)
    began = time.perf_counter()
    found = [d for d in findings(content) if d.file == "content/concepts/odd.yml"]
    assert time.perf_counter() - began < 5
    assert 1 <= len(found) <= MOST_FINDINGS + 1
    assert (found[-1].code == "F107") == (len(found) == MOST_FINDINGS + 1)


def test_errors_are_not_crowded_out_by_warnings(content, monkeypatch):
    monkeypatch.setattr(loading, "MOST_FINDINGS", 2)
    path = content / "concepts/tuning.yml"
    text = path.read_text().replace("Tuning whenever data", "Tuning #12 whenever")
    text = text.replace("short_name: Tuning", "short_name: A #1").replace("[searching]\nconf", "[serching]\nconf")
    path.write_text(text)
    found = findings(content)
    assert [d.code for d in found] == ["Y208", "L501", "F107"]
    assert "1 more finding in this file is not shown" in found[-1].message


def test_all_errors_of_a_file_and_of_all_files_are_reported_together(content):
    path = content / "concepts/tuning.yml"
    text = path.read_text()
    for old, new in (
        ("kind: technique", "kind: technic"),
        ("[modelhub]", "[modelhab]"),
        ("checked: 2026-11-01", "checked: 2027-11-01"),
        ("right: true, ", ""),
        ("short_name: Tuning", "short_name:"),
        ("from [[searching]]", "from [[Searching]]"),
        ("[1.1.1]", "[1.1.9]"),
        ("related: [searching]", "requires: [tuning]"),
        ("[fine tuning]", '[Searching & quoting "facts" <fast>]'),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text)
    decision = content / "decisions/tune-or-search.yml"
    decision.write_text(decision.read_text().replace("hinge:", "hynge:").replace("every night, by", "now, by"))
    (content / "services/newhub.yml").write_text("name: [")
    assert [(d.file.split("/")[2], d.code) for d in findings(content)] == [
        ("tuning.yml", "R304"),
        ("tuning.yml", "L502"),
        ("tuning.yml", "R306"),
        ("tuning.yml", "L505"),
        ("tuning.yml", "L501"),
        ("tuning.yml", "C405"),
        ("tuning.yml", "C408"),
        ("tuning.yml", "C410"),
        ("tuning.yml", "C404"),
        ("tune-or-search.yml", "R301"),
        ("tune-or-search.yml", "C411"),
        ("newhub.yml", "Y201"),
    ]


def test_a_longer_cycle_is_one_finding(content):
    text = (content / "concepts/searching.yml").read_text().split("confused_with")
    tail = text[1].split("\n", 1)[1]
    for here, there in (("one", "two"), ("two", "three"), ("three", "one")):
        record = text[0].replace('Searching & quoting "facts" <fast>', here) + f"requires: [{there}]\n" + tail
        (content / f"concepts/{here}.yml").write_text(record)
    found = findings(content)
    assert [(d.code, d.file, d.message) for d in found] == [
        ("L503", "content/concepts/one.yml", "one → two → three → one")
    ]


def test_a_record_that_cannot_be_read_makes_no_findings_elsewhere(content):
    """Names of a broken record, and of the pages a broken publication lists, are not unknown."""
    for file in ("concepts/searching.yml", "sources/guide.yml", "exams/abc-c01.yml"):
        path = content / file
        original = path.read_text()
        path.write_text(original + "\n]")
        assert [(d.code, d.file) for d in findings(content)] == [("Y201", f"content/{file}")]
        path.write_bytes(b"\xff\xff" + original.encode())
        assert [(d.code, d.file) for d in findings(content)] == [("F103", f"content/{file}")]
        path.write_text(original)


def test_an_id_used_in_two_files_is_reported_in_the_second(content):
    guide = (content / "sources/guide.yml").read_text()
    (content / "sources/other.yml").write_text(guide.replace("guide-search", "other-search"))
    found = [(d.code, d.file, d.span[:2], d.field_name) for d in findings(content)]
    assert found == [("L502", "content/sources/other.yml", (6, 3), "pages.guide-tuning")]
