"""Structured data: what it says, and that text cannot leave its element."""

import json
from dataclasses import replace

import pytest

from generator.present.site import Site
from generator.present.structured import structured
from tests.conftest import TODAY

ROOT = "https://example.com/sub/"


def _page(result, path):
    return next(page for page in result.rendered.pages if page.path == path)


def _nodes(result, path):
    graph = json.loads(structured(result.site, _page(result, path), ROOT))
    assert graph["@context"] == "https://schema.org"
    return {node["@type"]: node for node in graph["@graph"]}


def test_a_concept_is_a_term_of_the_glossary_and_a_lesson_that_teaches_its_objectives(small):
    nodes = _nodes(small, "concepts/tuning")
    concept = small.site.library.concepts["tuning"]
    term, lesson = nodes["DefinedTerm"], nodes["LearningResource"]
    assert term["name"] == concept.name
    assert term["description"] == concept.summary
    assert set(concept.aliases) <= set(term["alternateName"])
    assert term["inDefinedTermSet"]["url"] == f"{ROOT}glossary/"
    assert lesson["about"] == [{"@id": term["@id"]}]
    assert lesson["teaches"][0].startswith("ABC-C01 1.1.")
    assert lesson["educationalLevel"] == [small.site.library.exams["ABC-C01"].level]
    assert lesson["dateModified"] == max(e.checked for e in concept.evidence.values()).isoformat()
    assert lesson["image"] == f"{ROOT}pictures/concepts/tuning.png"
    assert lesson["isAccessibleForFree"] is True and lesson["inLanguage"] == "en"
    trail = nodes["BreadcrumbList"]["itemListElement"]
    assert [step["item"] for step in trail] == [ROOT, f"{ROOT}concepts/", f"{ROOT}concepts/tuning/"]
    assert [step["position"] for step in trail] == [1, 2, 3]


def test_a_decision_is_a_lesson_about_its_options(small):
    nodes = _nodes(small, "decisions/tune-or-search")
    assert set(nodes) == {"LearningResource", "BreadcrumbList"}
    about = {part["@id"] for part in nodes["LearningResource"]["about"]}
    assert about == {f"{ROOT}concepts/tuning/#term", f"{ROOT}concepts/searching/#term"}


@pytest.mark.parametrize("path", ["index", "glossary", "exams/abc-c01/index", "concepts/index"])
def test_other_pages_have_none(path, small):
    assert structured(small.site, _page(small, path), ROOT) == ""


def test_text_cannot_leave_the_script_element(small):
    attack = "</script><script>alert(1)</script><!-- ]]>&amp;"
    concept = small.site.library.concepts["searching"].model_copy(update={"name": attack, "aliases": (attack,)})
    library = replace(small.site.library, concepts={**small.site.library.concepts, "searching": concept})
    text = structured(Site(library, TODAY), _page(small, "concepts/searching"), ROOT)
    assert not set(text) & set("<>&")
    term = json.loads(text)["@graph"][0]
    assert (term["name"], term["alternateName"][-1]) == (attack, attack)


def test_a_record_with_errors_has_none(edit):
    result = edit("concepts/searching.yml", "kind: technique", "kind: technic")
    assert structured(result.site, _page(result, "concepts/searching"), ROOT) == ""
