"""Odd records that are valid: an edit of `concepts/tuning.yml`, and the text that must be read, letter by letter."""

from collections.abc import Callable
from typing import Any, NamedTuple

SLIP = "Tuning whenever data is private."
MODEL = "A river that digs its own bed."


def _utf8(text: str) -> bytes:
    return text.encode("utf-8")


class Odd(NamedTuple):
    """Replace `old` by `new`; the value at `path` is then `kept`."""

    old: str
    new: str
    kept: Any
    path: tuple[str | int, ...] = ("exam", "slip")
    write: Callable[[str], bytes] = _utf8


def slip(new: str, kept: str) -> Odd:
    """Another text in `exam.slip`, which takes one line."""
    return Odd(SLIP, new, kept)


def model(new: str, kept: str) -> Odd:
    """Another text in `mental_model.text`, which takes paragraphs. White space around it does not count."""
    return Odd(MODEL, new, kept, ("mental_model", "text"))


def whole(change: Callable[[str], str], write: Callable[[str], bytes] = _utf8) -> Odd:
    """The whole file written in another way."""
    return Odd("", "", SLIP, write=lambda text: write(change(text)))


# Plain texts that YAML 1.1 takes for something else.
SURPRISES = tuple(
    slip(text, text)
    for text in (
        *("no", "yes", "on", "off", "y", "N", "true", "False", "NO", "3.10", "012", "0o14", "0x1F", "1_000", "3:30"),
        *(
            "190:20:30",
            "1e3",
            ".inf",
            "-.INF",
            ".nan",
            "2026-01-01",
            "2026-01-01T10:00:00Z",
            "12",
            "-1",
            "+1",
            "=",
            ".5",
        ),
        *(
            "nul",
            "None",
            "nil",
            "Nullable",
            "~x",
            "-x",
            "?x",
            ":x",
            "a:b",
            "a#b",
            "C#",
            "x&y",
            "x*y",
            "x!y",
            "a%b",
            "x@y",
        ),
        *("it's", 'say "so"', "a, b", "a [b] {c}", "a | b > c", "100 %", "5 < 6 > 4", "x <- y", "back\\slash", "a - b"),
        *("a ~ b", "e.g. AT&T; R&D", "if a<b then c>d", "List<int> of <fast>", "f(x)[0](y z)", "$5 ${name} {x} {0}"),
        *("50% of {a} }}", "_under_ __init__ ~~no~~", "a // b", "1. one 2) two"),
    )
)

QUOTES = (
    slip("'no'", "no"),
    slip('"~"', "~"),
    slip("'null'", "null"),
    slip('"it\'s"', "it's"),
    slip("'it''s'", "it's"),
    slip("'say \"so\"'", 'say "so"'),
    slip('"say \\"so\\""', 'say "so"'),
    slip("“curly” ‘quotes’ «and» „more‟", "“curly” ‘quotes’ «and» „more‟"),
    slip("'%d of @them'", "%d of @them"),
    slip("'@home'", "@home"),
    slip("'`code` first'", "`code` first"),
    slip("'*stressed* first'", "*stressed* first"),
    slip("'issue #12'", "issue #12"),
    slip("'note: this'", "note: this"),
    slip("'- dash'", "- dash"),
    slip("'[x] {y}'", "[x] {y}"),
    slip("'! & * | > ?'", "! & * | > ?"),
    slip('"tab\\tin it"', "tab\tin it"),
    slip('"\\u00e9\\x41\\U0001F600"', "éA😀"),
    slip('"folded\n    over lines"', "folded over lines"),
    slip('"cut \\\n    here"', "cut here"),
    slip("'folded\n    over lines'", "folded over lines"),
    slip("folded\n    over\n      three lines", "folded over three lines"),
    slip("'  spaces around  '", "spaces around"),
    slip("trailing spaces   ", "trailing spaces"),
    slip("\n    on the next line", "on the next line"),
    slip('"a \\\\ b"', "a \\ b"),
    slip("'`<b>` and `{{ x }}` and `[a](b)` and `https://x`'", "`<b>` and `{{ x }}` and `[a](b)` and `https://x`"),
    slip("'`[[not-a-link]] [^not-a-note]`'", "`[[not-a-link]] [^not-a-note]`"),
)

BLOCKS = (
    model("|\n    one\n    two\n", "one\ntwo"),
    model("|-\n    one\n    two\n", "one\ntwo"),
    model("|+\n    one\n    two\n\n\n", "one\ntwo"),
    model(">\n    one\n    two\n\n    three\n", "one two\nthree"),
    model(">-\n    one\n    two\n", "one two"),
    model(">+\n    one\n    two\n\n", "one two"),
    model("|2\n      one\n    two\n", "one\ntwo"),
    model("|-2\n    one\n", "one"),
    model("| # a comment\n    one\n", "one"),
    model("|\n    #no comment, no heading\n", "#no comment, no heading"),
    model("|\n    a: b\n    - c\n    'd\n", "a: b\n- c\n'd"),
    model("|\n    one  \n    two\t\n", "one  \ntwo"),
    model("|\n\n    one\n\n\n    two\n", "one\n\n\ntwo"),
    Odd(SLIP, "|\n    One line in a block.\n", "One line in a block."),
    Odd(SLIP, ">\n    One line\n    in a block.\n\n", "One line in a block."),
    Odd("More training that changes how a model answers.", ">\n  " + "x" * 160, "x" * 160, ("summary",)),
    Odd("More training that changes how a model answers.", "x" * 160, "x" * 160, ("summary",)),
    Odd("Tuning a model", "x" * 80, "x" * 80, ("name",)),
    slip("word " * 119 + "x", "word " * 119 + "x"),
)

LETTERS = tuple(
    slip(text, text)
    for text in (
        *(
            "👩‍👩‍👧 family",
            "🏳️‍🌈 flag",
            "👩🏽‍💻",
            "1️⃣ ☎️",
            "模型微调",
            "モデル",
            "모델",
            "דגם מכוונן",
            "نموذج لغوي",
            "می‌خواهم",
            "क्‍ष",
        ),
        *("naïve café", "e\u0301", "Ω≠≤→×", "a\u00a0b", "𝒳𝕏", "ﬁ", "…—–", "x\u3000y", "İı ſ ß"),
    )
)

FORMS = (
    Odd("aliases: [fine tuning]", "aliases: []", (), ("aliases",)),
    Odd("aliases: [fine tuning]", "aliases: [no, 3.10, x]", ("no", "3.10", "x"), ("aliases",)),
    Odd("aliases: [fine tuning]", "aliases: [fine tuning,]", ("fine tuning",), ("aliases",)),
    Odd("aliases: [fine tuning]", "aliases:\n- fine tuning", ("fine tuning",), ("aliases",)),
    Odd(
        "aliases: [fine tuning]",
        "aliases:\n  -   fine tuning\n  -\n      other",
        ("fine tuning", "other"),
        ("aliases",),
    ),
    Odd("aliases: [fine tuning]", "aliases: [ # why\n  fine tuning, # this\n  ]", ("fine tuning",), ("aliases",)),
    Odd("aliases: [fine tuning]", "aliases: [a,b , 'c,d']", ("a", "b", "c,d"), ("aliases",)),
    Odd("aliases: [fine tuning]", "aliases:   \t[fine tuning]  \t", ("fine tuning",), ("aliases",)),
    Odd("kind: technique", '"kind": technique', "technique", ("kind",)),
    Odd("kind: technique", "'kind' : \"technique\"", "technique", ("kind",)),
    Odd("kind: technique", "? kind\n: technique", "technique", ("kind",)),
    Odd("kind: technique", "kind: technique # a comment\n\n# more: [\n   # indented", "technique", ("kind",)),
    Odd("kind: technique", "kind:\n  technique", "technique", ("kind",)),
    Odd("right: true", "right: True", True, ("checks", 0, "options", 1, "right")),
    Odd("right: true", "right: TRUE", True, ("checks", 0, "options", 1, "right")),
    Odd("checked: 2026-11-01", 'checked: "2026-11-23"', "guide-tuning", ("evidence", "trains", "source")),
    Odd("checked: 2026-11-01", "checked: 2024-02-29", "guide-tuning", ("evidence", "trains", "source")),
    Odd("1.1.1]", "1.1.1, 2.1.1]", ("1.1.1", "2.1.1"), ("exams", "ABC-C01")),
    Odd("mental_model:\n", "mental_model:\n\n  # a comment\n", MODEL, ("mental_model", "text")),
    Odd('columns: ["", Searching', 'columns: [" ", Searching', " ", ("choose", "tables", 0, "columns", 0)),
    Odd('"No", "Yes[^trains]"', '"", "Yes[^trains]"', "", ("choose", "tables", 0, "rows", 0, 1)),
)

FILES = (
    whole(lambda text: "\ufeff" + text),
    whole(lambda text: text.replace("\n", "\r\n")),
    whole(lambda text: text.replace("\n", "\r")),
    whole(lambda text: "\ufeff" + text.replace("\n", "\r\n")),
    whole(lambda text: text.rstrip("\n")),
    whole(lambda text: text + "\n\n\n"),
    whole(lambda text: "---\n" + text),
    whole(lambda text: "--- # start\n" + text),
    whole(lambda text: text + "...\n"),
    whole(lambda text: "---\n" + text + "...\n"),
    whole(lambda text: "%YAML 1.1\n---\n" + text),
    whole(lambda text: "%YAML 1.2\n---\n" + text),
    whole(lambda text: "# yaml-language-server: $schema=../../schemas/concept.json\n" + text),
    whole(lambda text: "\n\n# top\n\n" + text + "# end"),
    whole(lambda text: text.replace("\n", "   \n")),
    whole(lambda text: "# " + "x" * 30_000 + "\n" + text),
    whole(lambda text: "\n".join(reversed(text.split("\nrelated: [searching]\n")))),
)

ODD = SURPRISES + QUOTES + BLOCKS + LETTERS + FORMS + FILES
