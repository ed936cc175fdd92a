"""Findings as text for people: place, reason, the line with a caret, the mend."""

from collections.abc import Iterable, Mapping

from generator.diagnostics.catalog import CATALOG
from generator.diagnostics.diagnostic import Diagnostic


def as_text(diagnostics: Iterable[Diagnostic], sources: Mapping[str, str]) -> str:
    """All findings, one after the other, each with an excerpt where the file's text is at hand."""
    return "\n\n".join(_one(diagnostic, sources.get(diagnostic.file, "")) for diagnostic in diagnostics)


def _one(found: Diagnostic, source: str) -> str:
    span = found.span
    field = f" in {found.field_name}" if found.field else ""
    lines = [
        f"{_visible(found.file)}:{span.line}:{span.column}: {found.severity} {found.code}"
        f" ({CATALOG[found.code].title}){field}: {_visible(found.message)}"
    ]
    rows = source.split("\n")
    if source and span.line <= len(rows):
        row = rows[span.line - 1]
        width = max(
            1, (min(span.end_column, len(row) + 1) if span.end_line == span.line else len(row) + 1) - span.column
        )
        lines.append(f"{span.line:>5} | {_visible(row[:160])}")
        if span.column <= 160:
            lines.append(f"      | {' ' * (span.column - 1)}{'^' * min(width, 160 - span.column + 1)}")
    lines.append(f"      = {_visible(found.hint)}")
    return "\n".join(lines)


def _visible(text: str) -> str:
    """The text with characters that a terminal or a log would act on written as escapes."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def counted(diagnostics: Iterable[Diagnostic]) -> str:
    """How many errors and warnings."""
    severities = [diagnostic.severity for diagnostic in diagnostics]
    errors, warnings = severities.count("error"), severities.count("warning")
    return f"{errors} error{'s' * (errors != 1)}, {warnings} warning{'s' * (warnings != 1)}"
