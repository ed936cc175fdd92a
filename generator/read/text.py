"""Bytes to text. Refuses what hides: bad UTF-8, control, invisible and direction-changing characters."""

import re
import unicodedata
from collections.abc import Iterator

from generator.diagnostics.diagnostic import Diagnostic
from generator.diagnostics.place import Span

# C0 and C1 controls, line separators YAML 1.1 breaks lines at, zero-width and direction-changing
# characters, tag characters, lone surrogates. U+200C, U+200D and U+FE0F spell real words and emoji.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)


def decode(data: bytes, file: str) -> tuple[str, list[Diagnostic]]:
    """The text with `\\n` line ends and no byte-order mark, and what is wrong with its characters."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace").removeprefix("\ufeff")
        span = _span(before, len(before))
        return "", [
            Diagnostic(
                "F103", file, span, (), f"byte 0x{data[error.start]:02X} is not UTF-8", "Save the file as UTF-8."
            )
        ]
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return text, list(_hidden(text, file))


def hidden_character(text: str) -> str | None:
    """The name of the first character that a record may not hold, or None."""
    match = _HIDDEN.search(text)
    return describe(match[0]) if match else None


def describe(character: str) -> str:
    """A character as U+XXXX and its name."""
    return f"U+{ord(character):04X} {unicodedata.name(character, 'control character')}"


def _hidden(text: str, file: str) -> Iterator[Diagnostic]:
    for match in _HIDDEN.finditer(text):
        yield Diagnostic(
            "F104",
            file,
            _span(text, match.start()),
            (),
            f"{describe(match[0])} is not allowed",
            "Delete the character; it cannot be seen but changes what is read.",
        )


def _span(text: str, offset: int) -> Span:
    line = text.count("\n", 0, offset) + 1
    column = offset - (text.rfind("\n", 0, offset) + 1) + 1
    return Span(line, column, line, column + 1)
