"""The signal phrases of all records and what each points to and away from."""

from collections import defaultdict
from typing import NamedTuple

from generator.check.library import Library, Ref
from generator.present.site import by_name


class Phrase(NamedTuple):
    """Words as a question would say them."""

    text: str
    to: tuple[Ref, ...]
    away: tuple[Ref, ...]


def phrases(library: Library) -> list[Phrase]:
    """Every phrase once, in alphabetical order."""
    to: dict[str, dict[Ref, None]] = defaultdict(dict)
    away: dict[str, dict[Ref, None]] = defaultdict(dict)
    for id, concept in by_name(library.concepts):
        for signal in concept.exam.signals:
            to[signal.phrase].setdefault(("concept", id))
        for against in concept.exam.signals_against:
            to[against.phrase].setdefault(("concept", against.points_to))
            away[against.phrase].setdefault(("concept", id))
    for decision in library.decisions.values():
        for option in decision.options:
            for phrase in option.signals:
                to[phrase].setdefault(("concept", option.concept))
    return [Phrase(text, tuple(to[text]), tuple(away.get(text, ()))) for text in sorted(to, key=str.casefold)]
