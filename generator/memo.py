"""What earlier builds of the same process made, found again by what it was made from: `serve` builds many times."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeVar

Thing = TypeVar("Thing")
Made = TypeVar("Made")
Key = Callable[[Thing], Hashable]
Make = Callable[[Sequence[Thing]], list[Made]]


class Memo:
    """Where a build looks for what it need not make again. This one keeps nothing: for one build."""

    def each(self, things: Sequence[Thing], key: Key[Thing], make: Make[Thing, Made]) -> list[Made]:
        """What is made of each thing, in order. A key holds all that it depends on; `make` makes what is not found."""
        return make(things)

    def turn(self) -> None:
        """Ends a build: what it did not ask for is forgotten."""


FORGETFUL = Memo()


class Remembering(Memo):
    """Keeps what the last build asked for."""

    def __init__(self) -> None:
        self._before: dict[Hashable, Any] = {}
        self._now: dict[Hashable, Any] = {}

    def each(self, things: Sequence[Thing], key: Key[Thing], make: Make[Thing, Made]) -> list[Made]:
        """What was made from the same key in this build or the one before; the rest is made."""
        keys = [key(thing) for thing in things]
        self._now.update((each, self._before[each]) for each in keys if each in self._before)
        missing = {each: thing for each, thing in zip(keys, things, strict=True) if each not in self._now}
        self._now.update(zip(missing, make(list(missing.values())), strict=True))
        return [self._now[each] for each in keys]

    def turn(self) -> None:
        """Forgets what was kept only from the build before."""
        self._before, self._now = self._now, {}


class Same:
    """A thing as part of a key: equal to itself only, whatever it holds."""

    __slots__ = ("_thing",)

    def __init__(self, thing: object) -> None:
        self._thing = thing

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self._thing is other._thing

    def __hash__(self) -> int:
        return id(self._thing)
