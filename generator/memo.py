"""What earlier builds of the same process made, found again by what it was made from: `serve` builds many times."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Made = TypeVar("Made")


class Same:
    """A thing as part of a key: equal to itself only, whatever it holds."""

    __slots__ = ("_thing",)

    def __init__(self, thing: object) -> None:
        self._thing = thing

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self._thing is other._thing

    def __hash__(self) -> int:
        return id(self._thing)


class Memo:
    """Results by key. A key holds all that a result depends on; what a build did not ask for is forgotten after it."""

    def __init__(self) -> None:
        self._before: dict[Hashable, Any] = {}
        self._now: dict[Hashable, Any] = {}

    def made(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What was made from the same key in this build or the one before; else what `make` gives."""
        if key not in self._now:
            self._now[key] = self._before[key] if key in self._before else make()
        result: Made = self._now[key]
        return result

    def turn(self) -> None:
        """Ends a build."""
        self._before, self._now = self._now, {}
