"""What PyYAML says about broken YAML, in plain words and at the place that has to be mended."""

import re
from typing import NamedTuple

import yaml

from generator.diagnostics.place import Span


class SyntaxFault(NamedTuple):
    """A place, what is wrong there, and how to mend it."""

    span: Span
    message: str
    hint: str


_NEW_KEY = re.compile(r"[ ]*(?:- +)*[\w-]+:(?:\s|$)")
_NO_SPACE = re.compile(r"([ ]*(?:- +)*)([\w-]+:)[^\s/]")
_SECTION = re.compile(r"\s*(?:-\s+)*")
_COMMENT = re.compile(r"\s#")

_QUOTE_IT = "Put the text in quotes."
_KNOWN = (
    (
        "mapping values are not allowed",
        "a colon with a space after it starts a value, but there is one already",
        "Put the text in quotes if the colon belongs to it.",
    ),
    ("block sequence entries are not allowed", "a list cannot start here", "Start each `- ` on a line of its own."),
    ("mapping keys are not allowed", "`? ` cannot stand here", _QUOTE_IT),
    ("cannot start any token", "a text cannot start with this character", _QUOTE_IT),
    (
        "unknown escape character",
        'after a backslash in "…", YAML expects one of its escapes',
        "Use '…' quotes, in which a backslash is only a backslash, or write \\\\.",
    ),
    (
        "invalid Unicode character escape",
        "this escape stands for half a character",
        "Write the character itself instead of the escape.",
    ),
    (
        "did not find expected hexdecimal",
        "the escape lacks digits",
        "Write the character itself instead of the escape.",
    ),
    (
        "did not find expected '-' indicator",
        "a list is expected to go on here with `- `",
        "Start the line with `- `, or indent it as far as the list's parent.",
    ),
    (
        "did not find expected ',' or",
        "inside brackets, a comma or the closing bracket is expected here",
        "Add the comma or the bracket, or put the text in quotes if it holds brackets or commas.",
    ),
    ("did not find expected node content", "a value is expected here", _QUOTE_IT),
    (
        "did not find expected key",
        "a key is expected here",
        "Check the indentation of this line, and the quotes of the value before it.",
    ),
    (
        "did not find expected alphabetic",
        "`*` and `&` stand for YAML aliases and anchors",
        "Put the text in quotes if it starts with this character.",
    ),
    (
        "expected comment or line break",
        "after `|` or `>`, the text starts on the next line",
        "Start the text on the next line, or put it in quotes if it starts with this character.",
    ),
    ("expected <document start>", "after a line that starts with %, `---` is expected", "Delete the line with the %."),
    (
        "unknown directive",
        "a line that starts with % is a YAML directive",
        "Delete the line, or put the text in quotes.",
    ),
    ("incompatible YAML", "this version of YAML is not known", "Delete the line."),
)


def explain(error: yaml.YAMLError, rows: list[str], last: Span | None) -> SyntaxFault:
    """The fault behind a PyYAML error. `last` is where the value or key read last stands."""
    problem = str(getattr(error, "problem", None) or error).split("\n")[0]
    context = str(getattr(error, "context", None) or "")
    here = _at(getattr(error, "problem_mark", None), rows)
    start = _at(getattr(error, "context_mark", None), rows) if getattr(error, "context_mark", None) else here
    row = rows[here.line - 1]
    indent = row[: len(row) - len(row.lstrip())]
    if "\t" in (row[here.column - 1 : here.column], *indent):
        tab = here if row[here.column - 1 : here.column] == "\t" else _point(here.line, indent.index("\t") + 1)
        return SyntaxFault(tab, "a tab stands where YAML expects spaces", "Replace the tab by spaces.")
    if marker := next((n for n, text in enumerate(rows, 1) if text.startswith(("<<<<<<< ", ">>>>>>> "))), 0):
        span = Span(marker, 1, marker, len(rows[marker - 1]) + 1)
        return SyntaxFault(span, "this line is left over from a merge", "Keep one side and delete the marker lines.")
    if "quoted scalar" in context and "escape" not in problem and "hexdecimal" not in problem:
        return _unclosed_quote(start)
    if last and _swallowed(last, rows):
        return _unclosed_quote(_point(last.line, last.column))
    if "simple key" in context:
        return SyntaxFault(
            _rest_of_line(start, rows),
            "a key is expected here, with a colon and a space after it",
            "Write `key: value`, or `- text` for an item of a list.",
        )
    if "flow" in context and "expected ',' or" in problem and _is_new_key(here, start, rows):
        opening = rows[start.line - 1][start.column - 1 : start.column]
        return SyntaxFault(start, f"`{opening}` is never closed", "Close the bracket, or put the text in quotes.")
    if context.endswith(("an alias", "an anchor", "a tag")):
        here = start
    if "escape" in problem or "hexdecimal" in problem:
        here = _point(here.line, row.rfind("\\", 0, here.column) + 1)
    if "mapping values" in problem:
        return _stray_colon(here, last, rows)
    if "expected key" in problem and last and (cut := _cut(last, here, rows)):
        return cut
    for words, message, hint in _KNOWN:
        if words in problem:
            return SyntaxFault(here, message, hint)
    return SyntaxFault(here, f"{problem} {context}".strip(), "Check indentation, quotes and colons here and above.")


def _point(line: int, column: int) -> Span:
    return Span(line, column, line, column + 1)


def _at(mark: yaml.Mark | None, rows: list[str]) -> Span:
    """The place of a mark, never after the last line that holds something."""
    if mark is None:
        return _point(1, 1)
    line = mark.line + 1
    if line > len(rows) or (line == len(rows) and not rows[-1] and line > 1):
        line = len(rows) - (not rows[-1] and len(rows) > 1)
        return _point(line, len(rows[line - 1].rstrip()) + 1)
    return _point(line, mark.column + 1)


def _unclosed_quote(span: Span) -> SyntaxFault:
    return SyntaxFault(
        span, "the text in quotes that starts here is never closed", "Close the quotes; inside '…', write ' twice."
    )


def _swallowed(last: Span, rows: list[str]) -> bool:
    """True where a text in quotes runs over lines that look like keys: a quote is missing further up."""
    opening = rows[last.line - 1][last.column - 1 : last.column]
    return opening in ("'", '"') and any(_NEW_KEY.match(row) for row in rows[last.line : last.end_line])


def _rest_of_line(start: Span, rows: list[str]) -> Span:
    return Span(start.line, start.column, start.line, max(start.column + 1, len(rows[start.line - 1].rstrip()) + 1))


def _is_new_key(here: Span, start: Span, rows: list[str]) -> bool:
    at_end = here.column > len(rows[here.line - 1].rstrip()) and not any(row.strip() for row in rows[here.line :])
    return at_end or (here.line > start.line and bool(_NEW_KEY.match(rows[here.line - 1])))


def _stray_colon(here: Span, last: Span | None, rows: list[str]) -> SyntaxFault:
    """A second colon in a line, a line indented too far, or a key above without the space after its colon."""
    if last and last.line < here.line:
        if match := _NO_SPACE.match(rows[last.line - 1][last.column - 1 :]):
            key = Span(last.line, last.column + match.end(1), last.line, last.column + match.end(2))
            return SyntaxFault(key, f"after `{match[2]}` a space is expected", "Put a space after the colon.")
        key_column = _section_end(rows[here.line - 1])
        return SyntaxFault(
            Span(here.line, key_column, here.line, max(here.column, key_column + 1)),
            "this key is indented further than the key before it, which has a value already",
            "Indent it as far as the keys beside it, or put the text in quotes if the colon belongs to it.",
        )
    _, message, hint = _KNOWN[0]
    return SyntaxFault(here, message, hint)


def _section_end(row: str) -> int:
    match = _SECTION.match(row)
    return (match.end() if match else 0) + 1


def _cut(last: Span, here: Span, rows: list[str]) -> SyntaxFault | None:
    """A comment inside a text of several lines, which ends the text."""
    rest = rows[last.end_line - 1][last.end_column - 1 :]
    match = _COMMENT.match(rest)
    if not match or here.line != last.end_line + 1 or _NEW_KEY.match(rows[here.line - 1]):
        return None
    column = last.end_column + 1
    return SyntaxFault(
        Span(last.end_line, column, last.end_line, len(rows[last.end_line - 1]) + 1),
        "a space and # start a comment, which ends the text; the next line cannot go on with it",
        "Put the text in quotes or in a | block to keep the #, or move the comment to a line of its own.",
    )
