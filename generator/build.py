"""The core: content in, pages and diagnostics out. Reads no clock, no network and nothing but the content folder."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.check.load import load
from generator.diagnostics.diagnostic import Diagnostic
from generator.diagnostics.report import as_text, counted
from generator.memo import FORGETFUL, Memo
from generator.present.links import broken_links
from generator.present.page import Rendered
from generator.present.render import render
from generator.present.site import Site


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Nothing here makes cycles worth collecting, and looking for them takes a third of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@dataclass(frozen=True)
class Result:
    """What a build gives."""

    site: Site
    rendered: Rendered
    diagnostics: tuple[Diagnostic, ...]
    report: str
    """The diagnostics as text; empty where there are none."""

    @property
    def failed(self) -> bool:
        """True where a record has an error. The pages exist all the same, and show it."""
        return any(diagnostic.severity == "error" for diagnostic in self.diagnostics)


def build(content: Path, today: date, memo: Memo = FORGETFUL) -> Result:
    """Builds all pages from the records below `content`.

    `today` is the day that dates and the age of evidence are measured against. A memo of earlier builds saves making
    what did not change; the result is the same. Raises AssertionError where a page links to something that does not
    exist, which no record can cause.
    """
    with _no_garbage_collection():
        loaded = load(content, today, memo)
        site = Site(loaded.library, today)
        rendered = render(site, loaded.sources, memo)
    dead = list(broken_links(rendered))
    assert not dead, "\n".join(dead)
    report = ""
    if loaded.diagnostics:
        report = f"{as_text(loaded.diagnostics, loaded.sources)}\n\n{counted(loaded.diagnostics)}"
    return Result(site, rendered, loaded.diagnostics, report)
