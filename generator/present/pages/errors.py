"""One page per error code, from the catalog."""

from generator.diagnostics.catalog import CATALOG
from generator.diagnostics.examples import EXAMPLES
from generator.present.compose import Composer
from generator.present.page import Menu, Page


def error_menu(composer: Composer) -> tuple[list[Page], Menu]:
    """The index of codes, a page for each, and the menu of all."""
    paths = {code: f"contribute/errors/{code.lower()}" for code in CATALOG}
    index = composer.page(
        "contribute/errors/index",
        "errors",
        "Errors",
        f"{len(CATALOG)} ways a record can be wrong. Each has a code that never changes its meaning.",
        (),
        menu_title="All errors",
        kinds=[(kind, paths[code]) for code, kind in CATALOG.items()],
    )
    pages = [
        composer.page(
            paths[code],
            "error",
            f"{code} {kind.title}",
            kind.why,
            (),
            kind=kind,
            example=EXAMPLES.get(code),
        )
        for code, kind in CATALOG.items()
    ]
    return [index, *pages], Menu("Errors", (index, *pages))
