"""Addresses that may refuse or be gone for a while: named, with a reason, and only until a day."""

import re
import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).with_name("link-exceptions.toml")
LONGEST = timedelta(days=366)
_KEYS = {"pattern": str, "reason": str, "until": date}


class BadException(Exception):
    """An exception is not written as it must be."""


class LinkException(NamedTuple):
    """An address, or a group of them, that is let pass."""

    name: str
    pattern: re.Pattern[str]
    reason: str
    until: date
    """The last day it counts."""

    def covers(self, url: str) -> bool:
        """True where the whole address fits."""
        return self.pattern.fullmatch(url) is not None


def link_exceptions(text: str, today: date) -> tuple[LinkException, ...]:
    """The exceptions in a TOML text. Raises BadException where one lacks a part or lasts longer than a year."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise BadException(f"no TOML: {problem}") from None
    return tuple(_made(name, table, today) for name, table in tables.items())


def _made(name: str, table: object, today: date) -> LinkException:
    if not isinstance(table, dict) or {key: type(value) for key, value in table.items()} != _KEYS:
        raise BadException(f"{name}: needs exactly pattern and reason (texts) and until (a day)")
    if not table["reason"].strip():
        raise BadException(f"{name}: the reason is empty")
    if table["until"] - today > LONGEST:
        raise BadException(f"{name}: until {table['until']} is more than a year ahead")
    try:
        pattern = re.compile(table["pattern"])
    except re.error as problem:
        raise BadException(f"{name}: the pattern is no regular expression: {problem}") from None
    return LinkException(name, pattern, table["reason"], table["until"])
