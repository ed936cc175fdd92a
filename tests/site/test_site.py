"""The built site, parsed as a browser would."""

import json
import posixpath
import re
from urllib.parse import urldefrag, urljoin, urlsplit

from tests.conftest import ROOT
from tests.site.conftest import REPO


def _elements(tree):
    return [element for element in tree.iter() if isinstance(element.tag, str)]


def test_every_internal_link_and_anchor_leads_somewhere(pages, built):
    ids = {name: {e.get("id") for e in _elements(tree)} for name, tree in pages.items()}
    dead = []
    for name, tree in pages.items():
        for element in _elements(tree):
            for attribute in ("href", "src"):
                link = element.get(attribute)
                if not link or urlsplit(link).scheme in ("http", "https"):
                    continue
                target, fragment = urldefrag(urljoin("/" + name, link))
                path = target.partition("?")[0].lstrip("/")
                path = path + "index.html" if path.endswith("/") or not path else path
                if not (built / path).is_file() or (fragment and path in ids and fragment not in ids[path]):
                    dead.append(f"{name}: {link}")
    assert dead == []


def test_ids_are_unique_on_every_page(pages):
    for name, tree in pages.items():
        ids = [e.get("id") for e in _elements(tree) if e.get("id")]
        assert len(ids) == len(set(ids)), name


def test_nothing_is_loaded_from_another_host(pages, built):
    for name, tree in pages.items():
        for element in _elements(tree):
            loads = element.get("src") or (element.get("href") if element.tag == "link" else None)
            if loads and element.get("rel") != "canonical":
                assert not urlsplit(loads).netloc, (name, loads)
    for style in built.rglob("*.css"):
        assert not re.search(r"url\(['\"]?(https?:)?//", style.read_text()), style


def test_links_off_the_site_are_declared_sources(pages, real):
    library = real.site.library
    known = {page.url for source in library.sources.values() for page in source.pages.values()}
    known |= {service.url for service in library.services.values()}
    for name, tree in pages.items():
        for element in _elements(tree):
            link = element.get("href") or ""
            if element.tag == "a" and urlsplit(link).netloc and not link.startswith((REPO, "http://127.0.0.1")):
                assert link in known, (name, link)


def test_every_record_has_its_page_with_its_own_title_and_heading(pages, real):
    for page in real.rendered.pages:
        tree = pages[posixpath.join(page.url, "index.html")]
        headings = [e for e in _elements(tree) if e.tag == "h1"]
        assert ["".join(h.itertext()).strip() for h in headings] == [page.title]
        if page.path != "index":
            assert tree.find(".//title").text.strip() == f"{page.title} · Signpost"


def test_every_concept_has_the_parts_a_candidate_needs(real):
    wanted = {
        "what-it-is",
        "what-it-does-not-do",
        "mental-model",
        "when-to-use-it",
        "common-misconceptions",
        "how-it-shows-up-on-the-exam",
        "check-yourself",
        "related-concepts",
        "objectives",
        "evidence",
    }
    for page in real.rendered.pages:
        if page.kind == "concept":
            assert wanted <= {section.id for section in page.sections}, page.path


def test_every_note_shows_page_publication_finding_and_day(pages, real):
    site = real.site
    for ref in site.library.records:
        path, _ = site.place(ref)
        if path == "sources":
            continue
        tree = pages[posixpath.join(*(p for p in (path.removesuffix("/index"),) if p), "index.html")]
        by_id = {e.get("id"): e for e in _elements(tree) if e.get("id")}
        for key, evidence in site.evidence(ref):
            note = by_id[f"fn:{site.note(ref, key).anchor}"]
            text = " ".join("".join(note.itertext()).split())
            source, page = site.library.source_pages[evidence.source]
            for shown in (evidence.says, page.title, source.title, str(evidence.checked.year)):
                assert " ".join(shown.split()) in text, (ref, key)
            links = [e.get("href") for e in note.iter() if e.tag == "a"]
            assert page.url in links
            assert all(back[1:] in by_id for back in links if back.startswith("#")) and len(links) > 1


def test_edit_and_report_links_open_the_record(pages, real):
    for page in real.rendered.pages:
        if page.edit_path:
            tree = pages[posixpath.join(page.url, "index.html")]
            links = [e.get("href") or "" for e in _elements(tree) if e.tag == "a"]
            assert f"{REPO}/edit/main/{page.edit_path}" in links
            assert any(link.startswith(f"{REPO}/issues/new?") and page.edit_path in link for link in links)
            assert (ROOT / page.edit_path).is_file()


def test_every_objective_of_both_exams_is_on_its_map(pages, real):
    for code, count in (("AIF-C01", 69), ("AIP-C01", 98)):
        text = " ".join("".join(pages[f"exams/{code.lower()}/index.html"].itertext()).split())
        exam = real.site.library.exams[code]
        found = [o for d in exam.domains for t in d.tasks for o in t.objectives]
        assert len(found) == count
        for objective in found:
            assert f"{objective.number} {objective.label}" in text
        assert ("not covered yet" in text) == (code == "AIP-C01")


def test_the_404_page_leads_to_every_section(pages):
    links = {e.get("href") for e in _elements(pages["404.html"]) if e.tag == "a"}
    assert {"/concepts/fine-tuning/", "/exams/aif-c01/", "/signals/"} <= links


def test_search_has_an_entry_for_every_page_but_single_errors_and_none_for_evidence(built, real):
    urls = {url for url, _, _ in json.loads((built / "search/index.json").read_text())["pages"]}
    assert {page.url for page in real.rendered.pages if page.kind != "error"} < urls
    entries = [e for file in (built / "search/pages").rglob("*.json") for e in json.loads(file.read_text())["entries"]]
    assert len(entries) > 700
    assert not [anchor for anchor, *_ in entries if anchor == "evidence"]


def test_the_first_library_is_as_large_as_promised(real):
    library = real.site.library
    scenarios = [s for d in library.decisions.values() for s in d.scenarios]
    assert len(library.concepts) >= 18
    assert len(library.decisions) >= 3
    assert len(scenarios) >= 30
    assert sum(s.flip is not None for s in scenarios) >= 10
    answers = [s.answer for s in scenarios]
    assert any(len(a) > 1 for a in answers) and ("neither",) in answers
