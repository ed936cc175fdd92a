"""Entries of the search index, as Material and Zensical have them."""

from typing import Any

from generator.present.page import Page
from generator.present.search import entries


def index_entries(page: Page) -> list[dict[str, Any]]:
    """What search finds of a page. An engine's own reading of the finished page takes half of a build."""
    found = []
    for entry in entries(page):
        location = f"{page.url}#{entry.anchor}" if entry.anchor else page.url
        by = {"names": entry.names, "phrases": entry.phrases}
        found.append(
            {"location": location, "title": entry.title, "text": entry.text, **{k: v for k, v in by.items() if v}}
        )
    return found
