"""Findings as text for people, as annotations for a code host, as JSON for programs."""

import json
from collections.abc import Callable, Iterable, Mapping

from generator.diagnostics.catalog import CATALOG
from generator.diagnostics.diagnostic import Diagnostic
from generator.diagnostics.examples import EXAMPLES

Paint = Callable[[str, str], str]
"""Gives a text a color by name, where the reader sees colors."""


def _plain(text: str, color: str) -> str:
    return text


def as_text(diagnostics: Iterable[Diagnostic], sources: Mapping[str, str], paint: Paint = _plain) -> str:
    """Place, reason, the line with a caret, the mend. `sources` holds the files' texts, as far as there are any."""
    return "\n\n".join(_one(diagnostic, sources.get(diagnostic.file, ""), paint) for diagnostic in diagnostics)


def _one(found: Diagnostic, source: str, paint: Paint) -> str:
    span = found.span
    field = f" in {found.field_name}" if found.field else ""
    color = "red" if found.severity == "error" else "yellow"
    lines = [
        f"{_visible(found.file)}:{span.line}:{span.column}: {paint(f'{found.severity} {found.code}', color)}"
        f" ({CATALOG[found.code].title}){_visible(field)}: {_visible(found.message)}"
    ]
    rows = source.split("\n")
    if source and span.line <= len(rows):
        row = rows[span.line - 1]
        end = span.end_column if span.end_line == span.line else len(row) + 1
        width = max(1, min(end, len(row) + 1) - span.column)
        lines.append(f"{span.line:>5} | {_visible(row[:160])}")
        if span.column <= 160:
            caret = "^" * min(width, 160 - span.column + 1)
            lines.append(f"      | {' ' * (span.column - 1)}{paint(caret, color)}")
    lines.append(f"      = {_visible(found.hint)}")
    return "\n".join(lines)


def as_annotations(diagnostics: Iterable[Diagnostic]) -> str:
    """One workflow command per finding, which GitHub shows beside the line.

    Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    return "\n".join(
        f"::{found.severity} file={_property(found.file)},line={found.span.line},col={found.span.column},"
        f"endLine={found.span.end_line},endColumn={found.span.end_column},"
        f"title={_property(f'{found.code} {CATALOG[found.code].title}')}"
        f"::{_data(f'{found.message} {found.hint}')}"
        for found in diagnostics
    )


def _data(text: str) -> str:
    return _visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_json(diagnostics: Iterable[Diagnostic]) -> str:
    """A list of objects; lines and columns count from 1, ends are exclusive."""
    return json.dumps(
        [
            {
                "code": found.code,
                "severity": found.severity,
                "title": CATALOG[found.code].title,
                "file": found.file,
                "line": found.span.line,
                "column": found.span.column,
                "end_line": found.span.end_line,
                "end_column": found.span.end_column,
                "field": found.field_name,
                "message": found.message,
                "hint": found.hint,
            }
            for found in diagnostics
        ],
        indent=1,
        ensure_ascii=True,
    )


def _visible(text: str) -> str:
    """The text with characters that a terminal or a log would act on written as escapes."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def counted(diagnostics: Iterable[Diagnostic]) -> str:
    """How many errors and warnings."""
    severities = [diagnostic.severity for diagnostic in diagnostics]
    errors, warnings = severities.count("error"), severities.count("warning")
    return f"{errors} error{'s' * (errors != 1)}, {warnings} warning{'s' * (warnings != 1)}"


def explain(code: str) -> str:
    """What a code means, with an example and its mend where the fault can be shown."""
    kind = CATALOG[code]
    parts = [f"{code} {kind.title} ({kind.severity})", "", kind.why]
    if example := EXAMPLES.get(code):
        parts += ["", "Wrong:", "", _indented(example.wrong), "", "Right:", "", _indented(example.right)]
    return "\n".join(parts)


def _indented(text: str) -> str:
    return "\n".join(f"    {_visible(line)}" for line in text.split("\n"))
