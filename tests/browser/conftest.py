"""A browser on the real site, served from this machine."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.server import serve
from tests.site.conftest import built  # noqa: F401


@pytest.fixture(scope="session")
def address(built) -> Iterator[str]:  # noqa: F811
    """Where the built site is served."""
    with serve(built) as address:
        yield address


_WATCH = """addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile, lineNumber }) =>
  reportViolation(`${violatedDirective} blocked ${blockedURI} of ${sourceFile}:${lineNumber}`))"""


def watch_policy(context: BrowserContext, faults: list[str]) -> None:
    """Adds every breach of a page's content security policy to the faults."""
    context.expose_function("reportViolation", lambda violation: faults.append(violation))
    context.add_init_script(_WATCH)


@pytest.fixture
def open_page(browser, address):
    """Opens a page of the site; fails the test on a request to another host, an error or a breach of policy in it."""
    contexts, faults = [], []

    def _open(path: str, width: int = 1280, scheme: str = "light", **options) -> Page:
        # Saving the site for offline reading has tests of its own; here it would slow down every page.
        options = {"service_workers": "block", **options}
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **options)
        contexts.append(context)
        watch_policy(context, faults)
        page = context.new_page()
        page.on("request", lambda r: r.url.startswith((address, "data:", "blob:")) or faults.append(r.url))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(address + path, wait_until="load")
        return page

    yield _open
    for context in contexts:
        context.close()
    assert faults == []
