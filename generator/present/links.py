"""Proves that every internal link and anchor of the rendered pages leads somewhere."""

from collections.abc import Iterator

from generator.present.page import Rendered


def broken_links(rendered: Rendered, other_pages: frozenset[str] = frozenset()) -> Iterator[str]:
    """Page → target for every link to a page or anchor that does not exist. `other_pages` are written by hand."""
    ids = {page.path: page.ids for page in rendered.pages}
    for page in rendered.pages:
        for target, anchor in sorted(page.links):
            if target not in ids and target not in other_pages:
                yield f"{page.path}: no page {target}"
            elif anchor and target in ids and anchor not in ids[target]:
                yield f"{page.path}: no anchor {target}#{anchor}"
