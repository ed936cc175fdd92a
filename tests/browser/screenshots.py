"""Pictures of the built site in site/, into build/screenshots/: `make screenshots`."""

from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.chromium import FLAGS, find
from tests.browser.server import serve
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
    with serve(ROOT / "site") as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        for name, path, width, height, scheme in SHOTS:
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            page.goto(address + path)
            page.wait_for_timeout(300)
            page.screenshot(path=folder / f"{name}.png")
            print(Path("build/screenshots") / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
