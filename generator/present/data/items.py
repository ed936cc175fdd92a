"""Practice items as data for drills: an index of all, and one file per record with the items themselves."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from generator.check.library import Ref
from generator.model.check import Check, Choice, Matching, Ordering
from generator.model.concept import Concept
from generator.model.decision import NEITHER, Decision, Scenario
from generator.model.fields import Objectives
from generator.model.markup import is_marked, parse_line
from generator.present.rich import Rich, address, rich
from generator.present.site import Site, by_name

INDEX = "data/items/index.json"

Data = dict[str, Any]


def item_files(site: Site) -> dict[str, str]:
    """The index, which says what each record has to practice, and a file for each record that has something."""
    items = {ref: made for ref, made in _items(site) if made}
    files = {f"data/items/{'/'.join(ref)}.json": _json(made) for ref, made in items.items()}
    index = {
        "exams": [_exam(site, code) for code in sorted(site.library.exams)],
        "records": {"/".join(ref): _record(site, ref, items.get(ref, ())) for ref in _records(site)},
    }
    return {INDEX: _json(index), **files}


def item_count(site: Site, ref: Ref) -> int:
    """How many items a record has. A scenario with its flip counts as one."""
    contents = site.library.records[ref].contents
    return len(getattr(contents, "checks", ())) + len(getattr(contents, "scenarios", ()))


def _records(site: Site) -> list[Ref]:
    library = site.library
    concepts: list[Ref] = [("concept", id) for id, _ in by_name(library.concepts)]
    return concepts + [("decision", id) for id, _ in by_name(library.decisions)]


def _items(site: Site) -> Iterable[tuple[Ref, list[Data]]]:
    for id, concept in site.library.concepts.items():
        ref: Ref = ("concept", id)
        yield ref, [_check(site, ref, concept, check) for check in concept.checks]
    for id, decision in site.library.decisions.items():
        ref = ("decision", id)
        yield ref, [_scenario(site, ref, decision, scenario) for scenario in decision.scenarios]


def _exam(site: Site, code: str) -> Data:
    exam = site.library.exams[code]
    return {
        "code": code,
        "questions": exam.questions.scored + exam.questions.unscored,
        "domains": [
            {
                "number": domain.number,
                "title": domain.title,
                "weight": domain.weight,
                "tasks": [
                    {"number": t.number, "title": t.title, "objectives": {o.number: o.label for o in t.objectives}}
                    for t in domain.tasks
                ],
            }
            for domain in exam.domains
        ],
    }


def _record(site: Site, ref: Ref, items: Iterable[Data]) -> Data:
    objectives: Objectives = getattr(site.library.records[ref].contents, "exams", {})
    return {
        "name": site.card(ref).short_name,
        "page": address(site, ref),
        "objectives": objectives,
        "items": {item["id"]: item["type"] for item in items},
    }


def _check(site: Site, ref: Ref, concept: Concept, check: Check) -> Data:
    def line(text: str) -> Rich:
        return rich(site, ref, text)

    item: Data = {
        "id": check.id,
        "type": check.type,
        "question": line(check.question),
        "page": address(site, ref, f"check-{check.id}"),
    }
    if check.hint:
        item["hint"] = line(check.hint)
    match check:
        case Choice():
            traps = {misconception.id: misconception for misconception in concept.misconceptions}
            item["options"] = [
                {"text": line(option.text), "right": option.right, "because": line(option.because)}
                | (
                    {
                        "trap": {
                            "belief": [traps[option.shows].belief],
                            "decide": line(traps[option.shows].decide_by),
                            "page": address(site, ref, f"misconception-{option.shows}"),
                        }
                    }
                    if option.shows
                    else {}
                )
                for option in check.options
            ]
        case Ordering():
            item |= {"steps": [line(step) for step in check.steps], "because": line(check.because)}
        case Matching():
            item |= {
                "pairs": [{"left": line(pair.left), "right": line(pair.right)} for pair in check.pairs],
                "because": line(check.because),
            }
    return item


def _scenario(site: Site, ref: Ref, decision: Decision, scenario: Scenario) -> Data:
    item: Data = {
        "id": scenario.id,
        "type": "single",
        "question": rich(site, ref, scenario.text),
        "page": address(site, ref, f"scenario-{scenario.id}"),
        "hint": rich(site, ref, decision.hinge),
        "options": _answers(site, ref, decision, scenario.answer),
        "because": rich(site, ref, scenario.why),
    }
    if scenario.instead:
        card = site.card(("concept", scenario.instead))
        item["instead"] = [{"a": address(site, card.ref), "t": card.name}]
    if flip := scenario.flip:
        item["flip"] = {
            "question": [
                {"was": flip.replace, "now": flip.by} if is_marked(part, flip.replace) else written
                for part, written in zip(parse_line(scenario.text), item["question"], strict=True)
            ],
            "options": _answers(site, ref, decision, flip.answer),
            "because": rich(site, ref, flip.why),
        }
    return item


def _answers(site: Site, ref: Ref, decision: Decision, right: tuple[str, ...]) -> list[Data]:
    """The answers to choose from, the same for each scenario of a decision, so that the list gives nothing away."""
    traps = {option.concept: option.trap for option in decision.options}
    order = list(traps)
    given = [answer for s in decision.scenarios for answer in (s.answer, *((s.flip.answer,) if s.flip else ()))]
    several = sorted(sorted(map(order.index, answer)) for answer in given if len(answer) > 1)
    combined = dict.fromkeys(tuple(order[place] for place in places) for places in several)
    neither = [(NEITHER,)] if (NEITHER,) in given else []
    return [
        {"text": [_named(site, answer)], "right": set(answer) == set(right)}
        | (
            {
                "because": rich(site, ref, traps[answer[0]]),
                "page": address(site, ("concept", answer[0]), "common-misconceptions"),
            }
            if len(answer) == 1 and answer[0] in traps and answer[0] not in right
            else {}
        )
        for answer in (*((concept,) for concept in order), *combined, *neither)
    ]


def _named(site: Site, answer: tuple[str, ...]) -> str:
    if answer == (NEITHER,):
        return "None of these"
    *others, last = (site.card(("concept", concept)).short_name for concept in answer)
    return f"{', '.join(others)} and {last}" if others else last


def _json(data: list[Data] | Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"
