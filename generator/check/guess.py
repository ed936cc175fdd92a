"""“Did you mean”: the known word nearest to a slip."""

import difflib
from collections.abc import Collection

MOST_GUESSES = 100
"""For so many slips of a record guesses are worth their time: more findings are not shown."""


def nearest(slip: str, known: Collection[str]) -> str | None:
    """The known word most like the slip, upper and lower case alike, or None where none is."""
    words = {_plain(word): word for word in known}
    found = difflib.get_close_matches(_plain(slip[:80]), words, 1)
    return words[found[0]] if found else None


def _plain(word: str) -> str:
    return word.casefold().replace("_", "-").replace(" ", "-")
