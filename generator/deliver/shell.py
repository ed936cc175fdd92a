"""What pages of one kind have in common, learned from rendered examples, and the page that fills it. Knows no engine.

An example is a page rendered with a *mark* in the place of each thing that differs: a title, an address, the article.
A list is learned from two examples: what the second has more, for one more item, is what every further item adds,
the same at every place that shows the list.
"""

import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

_KEY = secrets.token_hex(8)
_MARK = re.compile(f"mark{_KEY}([a-z]+)0")


def mark(name: str) -> str:
    """What stands for a value in an example. No record can hold it, and no filter of a template changes it."""
    return f"mark{_KEY}{name}0"


class NotUnderstood(Exception):
    """Two examples do not differ in the way a list with one more item would."""


@dataclass(frozen=True)
class Hole:
    """A place for a list: what each item adds there, in pieces between marks."""

    list: str
    item: tuple[str, ...]

    def fill(self, items: Iterable[Mapping[str, str]]) -> str:
        """The items one after another."""
        return "".join(_filled(self.item, item) for item in items)


@dataclass(frozen=True)
class Shell:
    """A page without what differs. At odd places of `texts` are the names of values."""

    texts: tuple[tuple[str, ...], ...]
    holes: tuple[Hole, ...]
    """What stands between one text and the next."""

    def fill(self, values: Mapping[str, str], lists: Sequence[str]) -> str:
        """The page with these values, and with these texts in its holes."""
        parts = [_filled(self.texts[0], values)]
        for text, inserted in zip(self.texts[1:], lists, strict=True):
            parts += (inserted, _filled(text, values))
        return "".join(parts)


def learn(example: str, longer: Mapping[str, tuple[str, str]]) -> Shell:
    """The shell of an example. `longer` has, for each list, the example with one more item, and a mark in that item.

    Raises NotUnderstood where an example differs in more than that item.
    """
    found = sorted(
        (place, Hole(name, _pieces(item)))
        for name, (text, in_item) in longer.items()
        for place, item in _inserted(example, text, text.count(in_item))
    )
    cuts = [0, *(place for place, _ in found), len(example)]
    texts = tuple(_pieces(example[start:end]) for start, end in pairwise(cuts))
    return Shell(texts, tuple(hole for _, hole in found))


def _inserted(example: str, longer: str, times: int) -> Iterable[tuple[int, str]]:
    """The places of the example where the longer one goes on with something else, and what that is."""
    if not times:
        if example != longer:
            raise NotUnderstood
        return
    size, rest = divmod(len(longer) - len(example), times)
    if rest or size <= 0:
        raise NotUnderstood
    place = 0
    for more in range(0, times * size, size):
        place += _common(example[place:], longer[place + more :])
        yield place, longer[place + more : place + more + size]
    if example[place:] != longer[place + times * size :]:
        raise NotUnderstood


def _common(one: str, other: str) -> int:
    """How many characters two texts share at the start."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[:middle] == other[:middle] else (low, middle - 1)
    # Marks begin alike; a mark is shared as a whole or not at all.
    return next((found.start() for found in _MARK.finditer(one) if found.start() < low < found.end()), low)


def _pieces(text: str) -> tuple[str, ...]:
    return tuple(_MARK.split(text))


def _filled(pieces: tuple[str, ...], values: Mapping[str, str]) -> str:
    if len(pieces) == 1:
        return pieces[0]
    return "".join(values[piece] if number % 2 else piece for number, piece in enumerate(pieces))
