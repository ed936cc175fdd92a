"""What a page tells browsers, other sites and search engines of itself."""

import json
import posixpath
import re
from urllib.parse import urljoin, urlsplit

from PIL import Image

from tests.conftest import ROOT

SITE = "http://127.0.0.1:8000/"


def _kept(built) -> dict[str, str]:
    text = (built / "service-worker.js").read_text(encoding="utf-8")
    return json.loads(re.search(r"^const FILES = (\{.*?\n\})\n", text, re.DOTALL | re.MULTILINE)[1])


def _meta(tree) -> dict[str, str]:
    found = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name")
        if name:
            assert name not in found, name
            found[name] = element.get("content")
    return found


def test_every_page_and_all_that_it_loads_is_kept_for_reading_offline(pages, built):
    kept = _kept(built)
    assert set(pages) <= set(kept)
    for name, tree in pages.items():
        for element in tree.iter():
            if element.tag not in ("link", "script", "img"):
                continue
            link = element.get("src") or (element.get("href") if element.get("rel") in ("stylesheet", "icon") else None)
            if link and not urlsplit(link).scheme:
                assert urljoin("/" + name, link).lstrip("/") in kept, (name, link)
    for script in (built / "assets/javascripts").rglob("*.js"):
        path = script.relative_to(built).as_posix()
        for imported in re.findall(r"""(?:from|import)[ (]*"(\.[^"]+\.js)\"""", script.read_text(encoding="utf-8")):
            assert posixpath.normpath(posixpath.join(posixpath.dirname(path), imported)) in kept, (path, imported)


def test_every_page_has_a_preview_with_a_picture(pages, built):
    for name, tree in pages.items():
        if tree.find(".//meta[@http-equiv='refresh']") is not None:
            continue
        meta = _meta(tree)
        assert meta["og:title"] and meta["og:description"] and meta["og:site_name"] == "Signpost", name
        if name == "404.html":
            continue
        assert meta["og:description"] == meta["description"]
        assert meta["twitter:card"] == "summary_large_image"
        assert meta["og:url"] == urljoin(SITE, name.removesuffix("index.html"))
        assert meta["og:image"].startswith(SITE)
        with Image.open(built / meta["og:image"].removeprefix(SITE)) as picture:
            assert picture.size == (int(meta["og:image:width"]), int(meta["og:image:height"])) == (1200, 630)


def test_concepts_have_pictures_and_structured_data_of_their_own(pages):
    tree = pages["concepts/fine-tuning/index.html"]
    assert _meta(tree)["og:image"] == f"{SITE}pictures/concepts/fine-tuning.png"
    blocks = [e for e in tree.iter("script") if e.get("type") == "application/ld+json"]
    kinds = [node["@type"] for node in json.loads(blocks[0].text)["@graph"]]
    assert (len(blocks), kinds) == (1, ["DefinedTerm", "LearningResource", "BreadcrumbList"])


def test_the_manifest_has_the_colors_of_the_styles_and_icons_of_the_sizes_it_says(built):
    manifest = json.loads((built / "manifest.webmanifest").read_text(encoding="utf-8"))
    styles = (ROOT / "docs/assets/stylesheets/signpost.css").read_text(encoding="utf-8")
    assert manifest["theme_color"] == re.search(r"--md-primary-fg-color: (#\w+)", styles)[1]
    assert all(not manifest[key].startswith("/") for key in ("start_url", "scope"))
    for icon in manifest["icons"]:
        with Image.open(built / icon["src"]) as image:
            assert "x".join(map(str, image.size)) == icon["sizes"]
