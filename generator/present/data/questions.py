"""Checks, scenarios and flips in one shape: what is asked, what can be answered, what is right and why."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generator.check.library import Ref
from generator.model.check import Check, Choice, Ordering
from generator.model.decision import NEITHER, Decision, Scenario
from generator.model.fields import Objectives
from generator.model.markup import Inline, Strong, Words, is_marked, parse_line
from generator.present.site import Site

Parts = tuple[Inline, ...]


class Question(NamedTuple):
    """A practice item."""

    id: str
    """Kind, record and item: check/fine-tuning/letter-layout. Never changes."""
    type: str
    """single, multiple, ordering, matching, scenario or flip."""
    ref: Ref
    anchor: str
    """Where its record's page shows it."""
    objectives: Objectives
    text: Parts
    options: tuple[Parts, ...]
    """What to choose from, order or match; not in the right order."""
    answer: tuple[Parts, ...]
    """What is right: in their order for `ordering`, one pair each for `matching`."""
    why: tuple[Parts, ...]
    """One reason per option for `single` and `multiple`, else one for the answer."""
    hint: Parts = ()


def questions(site: Site) -> Iterator[Question]:
    """All practice items, sorted by record: checks of concepts, then scenarios of decisions, each with its flip."""
    for id, concept in sorted(site.library.concepts.items()):
        for check in concept.checks:
            yield _check(("concept", id), concept.exams, check)
    for id, decision in sorted(site.library.decisions.items()):
        for scenario in decision.scenarios:
            yield from _scenario(site, ("decision", id), decision, scenario)


def _check(ref: Ref, objectives: Objectives, check: Check) -> Question:
    options: Iterable[str]
    answer: Iterable[str]
    match check:
        case Choice():
            options = (option.text for option in check.options)
            answer = (option.text for option in check.options if option.right)
            why = tuple(option.because for option in check.options)
        case Ordering():
            options, answer, why = sorted(check.steps), check.steps, (check.because,)
        case _:
            options = ("; ".join(p.left for p in check.pairs), "; ".join(sorted(p.right for p in check.pairs)))
            answer, why = (f"{pair.left} → {pair.right}" for pair in check.pairs), (check.because,)
    return Question(
        f"check/{ref[1]}/{check.id}",
        check.type,
        ref,
        f"check-{check.id}",
        objectives,
        parse_line(check.question),
        tuple(map(parse_line, options)),
        tuple(map(parse_line, answer)),
        tuple(map(parse_line, why)),
        parse_line(check.hint or ""),
    )


def _scenario(site: Site, ref: Ref, decision: Decision, scenario: Scenario) -> Iterator[Question]:
    def named(concept: str) -> Parts:
        return (Words(site.card(("concept", concept)).name),)

    def right(answer: tuple[str, ...]) -> tuple[Parts, ...]:
        if answer != (NEITHER,):
            return tuple(map(named, answer))
        return ((Words("Neither"), *((Words(", but "), *named(scenario.instead)) if scenario.instead else ())),)

    options = tuple(named(option.concept) for option in decision.options)
    text = parse_line(scenario.text)
    asked = Question(
        f"scenario/{ref[1]}/{scenario.id}",
        "scenario",
        ref,
        f"scenario-{scenario.id}",
        decision.exams,
        text,
        options,
        right(scenario.answer),
        (parse_line(scenario.why),),
        parse_line(decision.hinge),
    )
    yield asked
    if flip := scenario.flip:
        changed = tuple(Strong((Words(flip.by),)) if is_marked(part, flip.replace) else part for part in text)
        yield asked._replace(
            id=f"flip/{ref[1]}/{scenario.id}",
            type="flip",
            text=changed,
            answer=right(flip.answer),
            why=(parse_line(flip.why),),
        )
