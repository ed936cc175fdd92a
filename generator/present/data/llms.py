"""llms.txt (see llmstxt.org): what the site holds and where the Markdown text of each page lies."""

import re
from collections.abc import Iterable

from generator.present.data.texts import text_path
from generator.present.page import Page

FILE = "llms.txt"
_SECTIONS = (
    ("Concepts", ("concept",)),
    ("Decisions", ("decision",)),
    ("Exams", ("exam", "task", "cheat_sheet")),
    ("Gathered from all records", ("signals", "traps", "glossary", "services", "sources")),
    ("Data", ("data",)),
    ("Optional", ("reference",)),
)


def list_files(pages: Iterable[Page]) -> dict[str, str]:
    """The list. Addresses in it start at the site's root."""
    pages = list(pages)
    home = next(page for page in pages if page.path == "index")
    parts = [
        f"# {_words(home.title)}\n\n> {_words(home.description)}\n",
        "Every factual statement cites an official page and the day it was read. Links lead to the pages as Markdown.",
    ]
    for heading, kinds in _SECTIONS:
        links = [_link(page) for page in pages if page.kind in kinds]
        parts.append(f"\n## {heading}\n\n" + "\n".join(links))
    return {FILE: "\n".join(parts) + "\n"}


def _link(page: Page) -> str:
    return f"- [{_words(page.title)}]({text_path(page.path)}): {_words(page.description)}"


def _words(text: str) -> str:
    """Text that Markdown takes for nothing else."""
    return re.sub(r"[\\\[\]<`*]|&(?=#?\w+;)", r"\\\g<0>", text)
