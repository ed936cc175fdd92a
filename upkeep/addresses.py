"""Every address off the site, and the files that hold it.

They are read from the records and the hand-written pages, not from the built site: a page links to nothing else (a
test holds that), and the place to mend is then known to the line.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from generator.check.record import Record

_WRITTEN = re.compile(r"(?:\]\(|<|^\[[^\]]+\]: *)(https?://[^\s<>()]+)", re.MULTILINE)
"""An address that Markdown makes a link of."""


class Place(NamedTuple):
    """Where an address stands."""

    file: str
    line: int


def addresses(project: Path, records: Iterable[Record]) -> dict[str, tuple[Place, ...]]:
    """Address without fragment → the places that hold it, for all records and the Markdown pages below docs/."""
    found: dict[str, set[Place]] = defaultdict(set)
    for record in records:
        if record.contents is not None:
            _add(found, project, record.file, _urls(record.contents.model_dump()))
    for path in sorted((project / "docs").rglob("*.md")):
        file = path.relative_to(project).as_posix()
        _add(found, project, file, _WRITTEN.findall(path.read_text(encoding="utf-8")))
    return {url: tuple(sorted(found[url])) for url in sorted(found)}


def _add(found: dict[str, set[Place]], project: Path, file: str, urls: Iterable[str]) -> None:
    lines = (project / file).read_text(encoding="utf-8").split("\n")
    for url in urls:
        found[url.partition("#")[0]].update(Place(file, number) for number in _lines_with(lines, url))


def _urls(value: Any) -> Iterator[str]:
    """The values of all fields `url`: every field of that name is an address, and no other is."""
    if isinstance(value, dict):
        for key, part in value.items():
            if key == "url" and isinstance(part, str):
                yield part
            else:
                yield from _urls(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _urls(part)


def _lines_with(lines: list[str], url: str) -> Iterator[int]:
    """The lines that hold the address and not a longer one."""
    whole = re.compile(re.escape(url) + r"(?![\w/.?#=&%-])")
    return (number for number, line in enumerate(lines, 1) if whole.search(line))
