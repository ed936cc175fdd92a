"""Writes the pages to a folder as Markdown files: our headings around HTML blocks, for other engines and for diffs."""

import json
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

from generator.present.page import Menu, Page, Rendered

MANIFEST = ".signpost-export"


class ForeignFolder(Exception):
    """The folder holds files that no export wrote."""


def export(rendered: Rendered, folder: Path) -> int:
    """Writes all pages and files below `folder`, deletes what an earlier export wrote and this one does not.

    Returns how many files changed. Raises ForeignFolder where the folder holds files but no earlier export.
    """
    manifest = folder / MANIFEST
    if folder.exists() and any(folder.iterdir()) and not manifest.exists():
        raise ForeignFolder(f"{folder} holds files that no export wrote; name an empty or a new folder")
    wanted = dict(_files(rendered))
    old = set(manifest.read_text(encoding="utf-8").split("\n")) if manifest.exists() else set()
    changed = sum(_write(folder / path, text) for path, text in wanted.items())
    stale = sorted(old - wanted.keys() - {""})
    for path in stale:
        (folder / path).unlink(missing_ok=True)
    _write(manifest, "\n".join(sorted(wanted)))
    return changed + len(stale)


def _files(rendered: Rendered) -> Iterator[tuple[str, str]]:
    for page in rendered.pages:
        yield f"{page.path}.md", to_markdown(page)
    yield from rendered.files.items()
    yield "nav.json", json.dumps([_nav(item) for item in rendered.menu], indent=1, ensure_ascii=False) + "\n"


def to_markdown(page: Page) -> str:
    """A page as front matter, our headings, and HTML that no Markdown engine looks into."""
    front = {
        "title": page.title,
        "description": page.description,
        "record": page.edit_path or "",
        "hide": list(page.hide),
    }
    lines = [f"{key}: {json.dumps(_escaped(value), ensure_ascii=False)}" for key, value in front.items()]
    parts = ["---", *lines, "---", "", _block(page.lead)]
    for section in page.sections:
        parts += ["", f"## {section.heading}", "", _block(section.html)]
    return "\n".join(parts) + "\n"


def _escaped(value: object) -> object:
    return escape(value) if isinstance(value, str) else value


def _block(html: str) -> str:
    """HTML without blank lines, which would end a raw block."""
    return re.sub(r"\n\s*\n", "\n", html)


def _nav(item: Menu | Page) -> object:
    if isinstance(item, Page):
        return f"{item.path}.md"
    return {item.title: [_nav(child) for child in item.items]}


def _write(path: Path, text: str) -> bool:
    """Writes a file where its bytes differ; True where they did."""
    data = text.encode()
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return True
