"""What the built site holds for finding things."""

import json


def test_no_text_of_a_record_stands_in_a_title_attribute(pages):
    themes = {
        *("Edit this page", "View source of this page", "Go to repository", "Signpost", "Search", "Clear"),
        *("Switch to dark colors", "Switch to light colors"),
    }
    found = {
        element.get("title")
        for tree in pages.values()
        for element in tree.iter()
        if isinstance(element.tag, str) and element.get("title") and element.tag != "link"
    }
    assert found <= themes


def test_every_concept_has_its_definition(built, real):
    library = real.site.library
    terms = json.loads((built / "data/terms.json").read_text(encoding="utf-8"))
    assert terms == {f"concepts/{id}/": concept.summary for id, concept in library.concepts.items()}


def test_the_search_worker_is_ours(built):
    workers = list((built / "assets/javascripts/workers").glob("search.*.min.js"))
    assert [worker.read_text(encoding="utf-8") for worker in workers] == ['importScripts("../search.js")\n']
    assert (built / "assets/javascripts/search.js").is_file()


def test_what_every_page_loads_of_search_is_small(built):
    worker = next((built / "assets/javascripts/workers").glob("search.*.min.js"))
    loaded = (worker, built / "assets/javascripts/search.js", built / "search/search_index.json")
    assert sum(file.stat().st_size for file in loaded) < 2000
