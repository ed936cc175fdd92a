"""The navigation as engines read it: generated groups, and the pages written by hand that mkdocs.yml puts into them."""

from collections.abc import Iterable, Iterator
from typing import Any

from markupsafe import escape

from generator.present.page import Menu, Page


def menu(items: Iterable[Menu | Page]) -> list[dict[str, Any]]:
    """Title → file, or the same for a group. Titles are escaped: theme templates do not do it."""
    return [
        {str(escape(item.menu_title)): item.file}
        if isinstance(item, Page)
        else {str(escape(item.title)): menu(item.items)}
        for item in items
    ]


def merged(generated: list[dict[str, Any]], own: list[Any]) -> list[Any]:
    """The generated navigation with that of mkdocs.yml: its pages lead the group of the same name, or come last."""
    groups = {title: pages for item in own if isinstance(item, dict) for title, pages in item.items()}
    joined = [
        {title: [*groups.pop(title, []), *pages] if isinstance(pages, list) else pages}
        for item in generated
        for title, pages in item.items()
    ]
    return joined + [item for item in own if not isinstance(item, dict) or item.keys() & groups.keys()]


def pages_of(items: Iterable[Menu | Page]) -> Iterator[Page]:
    """All pages in a menu."""
    for item in items:
        if isinstance(item, Page):
            yield item
        else:
            yield from pages_of(item.items)
