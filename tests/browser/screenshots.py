"""Pictures of the built site in site/, into build/screenshots/: `make screenshots`."""

import functools
import http.server
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.chromium import find
from tests.browser.conftest import FLAGS
from tests.conftest import ROOT

SHOTS = (
    ("concept", "concepts/fine-tuning/", 1280, 1000, "light"),
    ("decision", "decisions/fine-tuning-or-rag/", 1280, 1000, "dark"),
    ("exam", "exams/aif-c01/", 1280, 1000, "light"),
    ("phone", "concepts/fine-tuning/", 360, 760, "light"),
    ("phone-dark", "decisions/fine-tuning-or-rag/#scenarios", 360, 760, "dark"),
)


def main() -> None:
    """Takes all pictures."""
    folder = ROOT / "build/screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(ROOT / "site"))
    handler.log_message = lambda *arguments: None
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        for name, path, width, height, scheme in SHOTS:
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            page.goto(f"http://127.0.0.1:{server.server_address[1]}/{path}")
            page.wait_for_timeout(300)
            page.screenshot(path=folder / f"{name}.png")
            print(Path("build/screenshots") / f"{name}.png")
        browser.close()
        server.shutdown()


if __name__ == "__main__":
    main()
