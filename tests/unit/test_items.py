"""Practice items as the site publishes them for drills."""

import json

from generator.present.links import broken_links


def items_of(result, record):
    return {item["id"]: item for item in json.loads(result.rendered.files[f"data/items/{record}.json"])}


def words(parts):
    return "".join(p if isinstance(p, str) else words(p["b"]) if "b" in p else p.get("t", "") for p in parts)


def test_the_index_names_every_concept_and_decision_with_its_items_and_objectives(small):
    index = json.loads(small.rendered.files["data/items/index.json"])
    assert set(index["records"]) == {"concept/tuning", "concept/searching", "decision/tune-or-search"}
    tuning = index["records"]["concept/tuning"]
    assert tuning["items"] == {"tone": "single", "steps": "ordering", "pairs": "matching"}
    assert tuning["page"] == "concepts/tuning/"
    assert tuning["objectives"]["ABC-C01"]
    assert [exam["code"] for exam in index["exams"]] == ["ABC-C01"]


def test_a_wrong_option_carries_the_misconception_it_shows(small):
    options = items_of(small, "concept/tuning")["tone"]["options"]
    shown = [option["trap"]["page"] for option in options if "trap" in option]
    assert shown == ["concepts/tuning/#misconception-adds-facts"]
    assert [option["right"] for option in options] == [False, True, False]


def test_a_scenario_offers_the_same_answers_as_its_neighbors_both_and_neither_included(small):
    items = items_of(small, "decision/tune-or-search")
    offered = {id: [words(option["text"]) for option in item["options"]] for id, item in items.items()}
    assert len({tuple(texts) for texts in offered.values()}) == 1
    assert offered["night"][-2:] == ["Tuning and Searching", "None of these"]
    right = {id: [words(o["text"]) for o in item["options"] if o["right"]] for id, item in items.items()}
    assert right == {"night": ["Searching"], "both": ["Tuning and Searching"], "none": ["None of these"]}
    assert items["none"]["instead"] == [{"a": "concepts/searching/", "t": 'Searching & quoting "facts" <fast>'}]


def test_an_option_that_is_half_of_the_answer_carries_no_trap(small):
    both = items_of(small, "decision/tune-or-search")["both"]["options"]
    assert [option for option in both if "because" in option] == []


def test_a_flip_names_the_phrase_before_and_after_and_its_own_answer(small):
    flip = items_of(small, "decision/tune-or-search")["night"]["flip"]
    assert {"was": "updated every night", "now": "fixed for ever"} in flip["question"]
    assert [words(o["text"]) for o in flip["options"] if o["right"]] == ["Tuning"]


def test_hostile_text_stays_text(edit):
    hostile = "<img src=x onerror=alert(1)></script>{{ 7 * 7 }}"
    result = edit("concepts/tuning.yml", "The tone must stay the same. What do you do?", f'"`{hostile}` & more"')
    assert not result.failed, result.report
    assert items_of(result, "concept/tuning")["tone"]["question"] == [{"c": hostile}, " & more"]


def test_every_address_in_the_items_leads_to_a_page_and_anchor_of_the_site(real):
    anchors = {page.url: page.ids for page in real.rendered.pages}
    assert list(broken_links(real.rendered)) == []

    def addresses(data):
        if isinstance(data, dict):
            yield from (data[key] for key in ("a", "page") if isinstance(data.get(key), str))
            for value in data.values():
                yield from addresses(value)
        elif isinstance(data, list):
            for value in data:
                yield from addresses(value)

    dead = []
    for path, text in real.rendered.files.items():
        if path.startswith("data/items/"):
            for address in addresses(json.loads(text)):
                page, _, anchor = address.partition("#")
                if page not in anchors or (anchor and anchor not in anchors[page]):
                    dead.append((path, address))
    assert dead == []


def test_every_item_has_one_defensible_answer_and_a_reason(real):
    for path, text in real.rendered.files.items():
        if not path.startswith("data/items/") or path.endswith("index.json"):
            continue
        for item in json.loads(text):
            if "options" in item:
                right = [option for option in item["options"] if option["right"]]
                assert len(right) == 1 if item["type"] == "single" else len(right) >= 2, (path, item["id"])
                texts = [words(option["text"]) for option in item["options"]]
                assert len(set(texts)) == len(texts), (path, item["id"])
            assert item.get("because") or all(option["because"] for option in item["options"]), (path, item["id"])
