"""What theme templates know of a page besides its article: the front matter, the same for every engine."""

from typing import Any

from markupsafe import escape

from generator.present.data.pictures import picture_of
from generator.present.page import Page


def front_matter(page: Page, structured: str = "") -> dict[str, Any]:
    """The front matter of a page. Titles and descriptions are escaped: theme templates do not do it."""
    return {
        "title": str(escape(page.title)),
        "description": str(escape(page.description)),
        "record": page.edit_path,
        "kind": page.kind,
        "hide": list(page.hide),
        "picture": picture_of(page.path, page.kind),
        "structured": structured,
    }
