"""What a page is, for search engines: JSON-LD in the terms of schema.org."""

import json
from typing import Any
from urllib.parse import urljoin

from markupsafe import Markup

from generator.model.concept import Concept
from generator.model.decision import Decision
from generator.present.address import url_of
from generator.present.data.pictures import picture_of
from generator.present.page import Page
from generator.present.site import Site

Node = dict[str, Any]
_ESCAPED = {ord(character): f"\\u{ord(character):04x}" for character in "<>&"}


def structured(site: Site, page: Page, root: str) -> Markup:
    """JSON-LD of a concept's or decision's page, safe inside a script element; empty for other pages.

    `root` is the absolute address of the site.
    """
    id = page.path.rpartition("/")[2]
    if page.kind == "concept":
        nodes = [_term(site, id, root), _lesson(site, page, site.library.concepts[id], root), _trail(page, root)]
    elif page.kind == "decision":
        nodes = [_lesson(site, page, site.library.decisions[id], root), _trail(page, root)]
    else:
        return Markup("")
    graph = {"@context": "https://schema.org", "@graph": nodes}
    return Markup(json.dumps(graph, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED))


def _term(site: Site, id: str, root: str) -> Node:
    concept = site.library.concepts[id]
    glossary = urljoin(root, url_of("glossary"))
    also = dict.fromkeys([concept.short_name, *concept.aliases])
    return {
        "@type": "DefinedTerm",
        "@id": _term_id(id, root),
        "name": concept.name,
        "alternateName": [name for name in also if name],
        "description": concept.summary,
        "url": urljoin(root, url_of(f"concepts/{id}")),
        "inDefinedTermSet": {"@type": "DefinedTermSet", "@id": glossary, "name": "Signpost glossary", "url": glossary},
    }


def _lesson(site: Site, page: Page, record: Concept | Decision, root: str) -> Node:
    objectives = site.objectives_of(record.exams)
    if isinstance(record, Decision):
        about = [option.concept for option in record.options]
    else:
        about = [page.path.rpartition("/")[2]]
    exams = site.library.exams
    return {
        "@type": "LearningResource",
        "@id": f"{urljoin(root, page.url)}#page",
        "name": record.name,
        "description": record.summary,
        "url": urljoin(root, page.url),
        "image": urljoin(root, picture_of(page.path, page.kind)),
        "learningResourceType": "Explanation" if page.kind == "concept" else "Comparison with practice scenarios",
        "teaches": [f"{code} {number}: {objective.label}" for code, number, (_, _, objective) in objectives],
        "educationalLevel": list(dict.fromkeys(exams[code].level for code in record.exams if code in exams)),
        "about": [{"@id": _term_id(id, root)} for id in about],
        "isAccessibleForFree": True,
        "inLanguage": "en",
        "dateModified": max(evidence.checked for evidence in record.evidence.values()).isoformat(),
    }


def _trail(page: Page, root: str) -> Node:
    group = {"concept": ("concepts/index", "Concepts"), "decision": ("decisions/index", "Decisions")}[page.kind]
    steps = [("index", "Signpost"), group, (page.path, page.title)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": urljoin(root, url_of(path))}
            for place, (path, name) in enumerate(steps, 1)
        ],
    }


def _term_id(id: str, root: str) -> str:
    return f"{urljoin(root, url_of(f'concepts/{id}'))}#term"
