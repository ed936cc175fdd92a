"""Bytes to text. Refuses what hides: bad UTF-8, control, invisible and direction-changing characters."""

import re
import unicodedata
from collections.abc import Iterator

from generator.diagnostics.diagnostic import Diagnostic
from generator.diagnostics.place import Span

# C0 and C1 controls, line separators YAML 1.1 breaks lines at, zero-width, blank-looking and direction-changing
# characters, tag characters, lone surrogates, noncharacters. U+200C and U+200D (joiners) spell words and emoji, so
# they are refused only where nothing before them can be joined; U+FE0F is part of emoji.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
_JOINER = re.compile("(?<![\u0590-\u200b\u200e-\U0010ffff])[\u200c\u200d]")


def decode(data: bytes, file: str) -> tuple[str, list[Diagnostic]]:
    """The text with `\\n` line ends and no byte-order mark, and what is wrong with its characters."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or data[:400].count(0) * 3 > len(data[:400]):
        return "", [_not_utf8(file, Span(1, 1, 1, 2), "the file is UTF-16 or not text at all; expected UTF-8")]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = _unified(data[: error.start].decode("utf-8", "replace"))
        return "", [_not_utf8(file, _span(before, len(before)), f"byte 0x{data[error.start]:02X} is not UTF-8")]
    text = _unified(text)
    return text, list(_hidden(text, file))


def _not_utf8(file: str, span: Span, message: str) -> Diagnostic:
    return Diagnostic("F103", file, span, (), message, "Save the file as UTF-8.")


def _unified(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def hidden_character(text: str) -> str | None:
    """The name of the first character that a record may not hold, or None."""
    match = _first(text)
    return describe(match[0]) if match else None


def _first(text: str, start: int = 0) -> re.Match[str] | None:
    """The first character from `start` on that is not allowed. Joiners are rare, and looking for them is slow."""
    match = _HIDDEN.search(text, start)
    joiner = _JOINER.search(text, start) if "\u200c" in text or "\u200d" in text else None
    return min((found for found in (match, joiner) if found), key=lambda found: found.start(), default=None)


def describe(character: str) -> str:
    """A character as U+XXXX and its name."""
    return f"U+{ord(character):04X} {unicodedata.name(character, 'control character')}"


def _hidden(text: str, file: str) -> Iterator[Diagnostic]:
    if not _first(text):
        return
    for number, line in enumerate(text.split("\n"), 1):
        column = 0
        while match := _first(line, column):
            column = match.start() + 1
            yield Diagnostic(
                "F104",
                file,
                Span(number, column, number, column + 1),
                (),
                f"{describe(match[0])} is not allowed",
                "Delete the character; it cannot be seen but changes what is read.",
            )


def _span(text: str, offset: int) -> Span:
    line = text.count("\n", 0, offset) + 1
    column = offset - (text.rfind("\n", 0, offset) + 1) + 1
    return Span(line, column, line, column + 1)
