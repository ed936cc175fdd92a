"""Every kind of page of the small library, compared with the page as it was last approved.

`pytest tests/golden --update-golden` writes the pages anew; review the diff.
"""

from pathlib import Path

import pytest

PAGES = (
    "index",
    "concepts/index",
    "concepts/tuning",
    "concepts/searching",
    "decisions/tune-or-search",
    "exams/abc-c01/index",
    "exams/abc-c01/task-1-1",
    "exams/abc-c01/cheat-sheet",
    "data/index",
    "signals",
    "traps",
    "glossary",
    "services",
    "sources",
)
HERE = Path(__file__).parent


@pytest.mark.parametrize("path", PAGES)
def test_page_is_as_approved(path, small, request):
    page = next(page for page in small.rendered.pages if page.path == path)
    golden = HERE / f"{path.replace('/', '--')}.html"
    if request.config.getoption("--update-golden"):
        golden.write_text(page.html + "\n", encoding="utf-8")
    assert page.html + "\n" == golden.read_text(encoding="utf-8")
