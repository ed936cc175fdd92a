"""Writes the pages to a folder as Markdown files: our headings around HTML blocks, for other engines and for diffs."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from generator.deliver.front import front_matter
from generator.deliver.menu import menu
from generator.present.page import Page, Rendered

MANIFEST = ".signpost-export"
_CODE = re.compile(r"<pre\b.*?</pre>", re.DOTALL)
_BLANK = re.compile(r"\n(?=[ \t]*\n)")


class ForeignFolder(Exception):
    """The folder holds files that no export wrote."""


def export(rendered: Rendered, folder: Path, structured: Mapping[str, str] = MappingProxyType({})) -> int:
    """Writes all pages and files below `folder`, deletes what an earlier export wrote and this one does not.

    `structured` holds what pages (by path) tell search engines of themselves. Returns how many files changed. Raises
    ForeignFolder where the folder holds files but no earlier export.
    """
    manifest = folder / MANIFEST
    if folder.exists() and any(folder.iterdir()) and not manifest.exists():
        raise ForeignFolder(f"{folder} holds files that no export wrote; name an empty or a new folder")
    wanted = dict(_files(rendered, structured))
    old = set(manifest.read_text(encoding="utf-8").split("\n")) if manifest.exists() else set()
    changed = sum(_write(folder / path, contents) for path, contents in wanted.items())
    stale = sorted(old - wanted.keys() - {""})
    for path in stale:
        (folder / path).unlink(missing_ok=True)
    _write(manifest, "\n".join(sorted(wanted)))
    return changed + len(stale)


def _files(rendered: Rendered, structured: Mapping[str, str]) -> Iterator[tuple[str, str | bytes]]:
    for page in rendered.pages:
        yield page.file, to_markdown(page, structured.get(page.path, ""))
    yield from rendered.files.items()
    yield "nav.json", json.dumps(menu(rendered.menu), indent=1, ensure_ascii=False) + "\n"


def to_markdown(page: Page, structured: str = "") -> str:
    """A page as front matter, our headings, and HTML that no Markdown engine looks into."""
    front = front_matter(page, structured)
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in front.items()]
    parts = ["---", *lines, "---", "", _block(page.lead)]
    for section in page.sections:
        parts += ["", f"## {section.heading}", "", _block(section.html)]
    return "\n".join(parts) + "\n"


def _block(html: str) -> str:
    """HTML without blank lines, which would end a raw block; those of code are spelled out."""
    code_kept = _CODE.sub(lambda code: _BLANK.sub("&#10;", code[0]), html)
    return re.sub(r"\n\s*\n", "\n", code_kept)


def _write(path: Path, contents: str | bytes) -> bool:
    """Writes a file where its bytes differ; True where they did."""
    data = contents.encode() if isinstance(contents, str) else contents
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return True
