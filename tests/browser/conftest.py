"""A browser on the real site, served from this machine."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import FLAGS, find
from tests.browser.server import serve
from tests.site.conftest import built  # noqa: F401


@pytest.fixture(scope="session")
def address(built) -> Iterator[str]:  # noqa: F811
    """Where the built site is served."""
    with serve(built) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a worker. There must be one: `make test` sees to that."""
    path = find()
    assert path, "no Chromium: run `make test`, which installs one, or name one in CHROMIUM"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser, address):
    """Opens a page of the site; fails the test on any request to another host or error in the page."""
    contexts, faults = [], []

    def _open(path: str, width: int = 1280, scheme: str = "light", **options) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda r: r.url.startswith((address, "data:", "blob:")) or faults.append(r.url))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(address + path, wait_until="load")
        return page

    yield _open
    for context in contexts:
        context.close()
    assert faults == []
