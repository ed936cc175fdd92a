"""What can be taken away, as the engine delivers it."""

import re
from urllib.parse import urljoin, urlsplit

import pytest


@pytest.fixture(scope="module")
def rendered(real):
    return real.rendered


def test_every_page_has_its_text_beside_it_and_the_text_is_no_page(built, rendered):
    texts = {path.relative_to(built).as_posix() for path in built.rglob("*.md")}
    assert texts == {f"{page.path}.md" for page in rendered.pages}
    text = (built / "concepts/fine-tuning.md").read_text(encoding="utf-8")
    assert text.count("\n# Fine-tuning foundation models\n") == 1
    assert "\n[^weights]: " in text and ".[^weights]" in text


def test_links_in_texts_lead_to_pages(built, rendered):
    dead = []
    for path in [*(f"{page.path}.md" for page in rendered.pages), "llms.txt"]:
        text = re.sub(r"```.*?```", "", (built / path).read_text(encoding="utf-8"), flags=re.DOTALL)
        for link in re.findall(r"\]\(([^)\s]+)\)", text):
            target = urlsplit(urljoin(f"http://site/{path}", link))
            if target.netloc == "site":
                file = built / target.path.lstrip("/")
                dead += [] if file.is_file() or (file / "index.html").is_file() else [f"{path}: {link}"]
    assert dead == []


def test_files_are_delivered_byte_for_byte(built, rendered):
    for path, contents in rendered.files.items():
        if path.startswith("data/") and path.endswith((".csv", ".apkg")):
            assert (built / path).read_bytes() == contents, path


def test_the_service_worker_keeps_no_downloads(built):
    kept = (built / "service-worker.js").read_text(encoding="utf-8")
    assert "concepts/fine-tuning/index.html" in kept
    assert not re.search(r"\.(apkg|csv|md)\"|llms\.txt|data/concepts/", kept)
