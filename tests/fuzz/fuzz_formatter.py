"""The formatter never raises; what it gives holds the same data and stays as it is when formatted again."""

from generator.author.formatter import format_record
from generator.read.events import parse
from generator.read.tree import to_data
from tests.fuzz.seeds import YAML_TOKENS, kind_and_text, records

TOKENS = (*YAML_TOKENS, "checks:", "evidence:", "name: ", "on", "3.10", "0x1f", "null")
seeds = records


def check(data: bytes) -> None:
    """Formats the bytes as a record of some kind, twice."""
    kind, data = kind_and_text(data)
    text = data.decode("utf-8", "replace")
    once = format_record(text, kind)
    assert format_record(once, kind) == once, "formatting again changes the text"
    if once != text:
        source = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        before, after = parse(source, "")[0], parse(once, "")[0]
        assert before is not None and after is not None
        assert to_data(before) == to_data(after), "formatting changes the data"
        assert sorted(comments(source)) == sorted(comments(once)), "formatting loses a comment"


def comments(text: str) -> list[str]:
    """The lines that hold nothing but a comment."""
    return [line.strip() for line in text.split("\n") if line.lstrip().startswith("#")]
