"""Folders that the engine reads by itself: what it must not open."""

from pathlib import Path

from generator.diagnostics.diagnostic import Diagnostic
from generator.diagnostics.place import Span
from generator.read.files import refused_paths


def check_folder(folder: Path, name: str) -> tuple[Diagnostic, ...]:
    """A finding for everything below `folder` that is no plain file; `name` is its path below the project."""
    start = Span(1, 1, 1, 2)
    return tuple(
        Diagnostic("F108", refused.path, start, (), refused.reason, refused.mend)
        for refused in refused_paths(folder, name)
    )
