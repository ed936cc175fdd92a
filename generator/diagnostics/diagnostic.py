"""What is wrong with a record, as a value: nothing stops at the first error."""

from dataclasses import dataclass
from typing import Literal

from generator.diagnostics.catalog import CATALOG
from generator.diagnostics.place import Path, Span

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding."""

    code: str
    """Stable code, as in the catalog."""
    file: str
    """Path below the project folder, with forward slashes."""
    span: Span
    """Where, in the file."""
    field: Path
    """Which field of the record; empty for the file as a whole."""
    message: str
    """What was found and what was expected."""
    hint: str
    """How to mend it."""

    @property
    def severity(self) -> Severity:
        """error or warning, as the catalog says."""
        return CATALOG[self.code].severity

    @property
    def field_name(self) -> str:
        """The field as people write it: misconceptions[0].belief."""
        text = ""
        for step in self.field:
            text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
        return text


def in_order(diagnostics: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings sorted by file and place, each once."""
    return tuple(
        sorted(
            dict.fromkeys(diagnostics),
            key=lambda d: (d.file, d.span.line, d.span.column, d.code, d.message),
        )
    )
