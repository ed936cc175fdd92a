"""The kinds of field a record can have. Each is written once, here, and means the same everywhere."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

ID_PATTERN = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
RESERVED_IDS = frozenset(
    ["index", "404", "search", "assets", "tags", "con", "aux", "nul", "prn", "constructor", "prototype"]
    + [f"{device}{n}" for device in ("com", "lpt") for n in range(1, 10)]
)


KindName = Literal["exam", "source", "service", "concept", "decision", "wording"]
"""The kinds of record."""


class Model(BaseModel):
    """A part of a record: no unknown keys, no coercion, never changed after it was read."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, use_attribute_docstrings=True)


@dataclass(frozen=True)
class Markup:
    """Marks a text field written in the record language (see `generator.model.markup`)."""

    blocks: bool
    """Paragraphs and lists are allowed; otherwise the field is one line."""
    claim: bool
    """The text states facts, so each of its blocks cites evidence."""


@dataclass(frozen=True)
class Reference:
    """Marks a field that holds the id of something else."""

    to: Literal["concept", "decision", "service", "page", "exam", "evidence", "misconception"]


def _one_line(value: str) -> str:
    if "\n" in value:
        raise PydanticCustomError("one_line", "this field is one line; it holds a line break")
    return value


def _https(value: str) -> str:
    if not value.startswith("https://"):
        raise PydanticCustomError("url", "an address starts with https://")
    if not _HOST.match(value):
        raise PydanticCustomError(
            "url", "the host is a plain lower-case name: no user, port, IP number or non-ASCII letter"
        )
    if not _ADDRESS.fullmatch(value):
        raise PydanticCustomError("url", "an address holds no spaces, quotes, brackets or non-ASCII letters")
    return value


_HOST = re.compile(r"https://([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?=[/?#\\\s\"'<>]|$)")
_ADDRESS = re.compile(r"[A-Za-z0-9/._~%+=&?#:@,;!$()*-]*")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,8}")
_FLAGS = {word: value for value in (True, False) for word in (str(value), str(value).lower(), str(value).upper())}


def _number(value: object) -> object:
    return int(value) if isinstance(value, str) and _NUMBER.fullmatch(value) else value


def _boolean(value: object) -> object:
    return _FLAGS.get(value, value) if isinstance(value, str) else value


def _day(value: object) -> object:
    if not isinstance(value, str):
        return value
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise PydanticCustomError("day", "a day is written YYYY-MM-DD")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("day", "there is no such day in the calendar") from None


def id_problem(id: str) -> str:
    """Why a text cannot be an id; empty where it can."""
    if not re.fullmatch(ID_PATTERN, id):
        return "an id is lower-case words joined by hyphens"
    if len(id) > 64:
        return "an id has at most 64 characters"
    return "this name is reserved" if id in RESERVED_IDS else ""


def _of_length(longest: int, shortest: int = 1) -> StringConstraints:
    """Limits on a text's length; white space around it does not count and is dropped."""
    return StringConstraints(strip_whitespace=True, min_length=shortest, max_length=longest)


Id = Annotated[str, Field(pattern=ID_PATTERN, max_length=64)]
"""Lower-case words joined by hyphens; never changes once published."""
Name = Annotated[str, _of_length(80), AfterValidator(_one_line)]
"""A short name, shown exactly as written: no markup."""
Plain = Annotated[str, _of_length(300), AfterValidator(_one_line)]
"""One line, shown exactly as written: no markup."""
Summary = Annotated[str, _of_length(160), AfterValidator(_one_line)]
"""One line of at most 160 characters, shown exactly as written; also the search snippet."""

Line = Annotated[str, _of_length(600), AfterValidator(_one_line), Markup(blocks=False, claim=False)]
"""One line with markup; editorial, so it need not cite."""
ClaimLine = Annotated[str, _of_length(600), AfterValidator(_one_line), Markup(blocks=False, claim=True)]
"""One line with markup that states a fact and cites it."""
Text = Annotated[str, _of_length(2000), Markup(blocks=True, claim=False)]
"""Paragraphs and lists; editorial, so it need not cite."""
ClaimText = Annotated[str, _of_length(2000), Markup(blocks=True, claim=True)]
"""Paragraphs and lists that state facts: each paragraph or list cites evidence."""
Cell = Annotated[str, _of_length(400, 0), AfterValidator(_one_line), Markup(blocks=False, claim=False)]
"""A table cell: one line with markup, or empty."""

Number = Annotated[int, BeforeValidator(_number)]
Flag = Annotated[bool, BeforeValidator(_boolean)]
Day = Annotated[date, BeforeValidator(_day)]
Month = Annotated[str, Field(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$")]
Url = Annotated[str, Field(min_length=1, max_length=300), AfterValidator(_https)]

ConceptId = Annotated[Id, Reference("concept")]
ServiceId = Annotated[Id, Reference("service")]
PageId = Annotated[Id, Reference("page")]
EvidenceKey = Annotated[Id, Reference("evidence")]
MisconceptionId = Annotated[Id, Reference("misconception")]

ExamCode = Annotated[str, Field(pattern=r"^[A-Z]{3}-C\d{2}$"), Reference("exam")]
TaskNumber = Annotated[str, Field(pattern=r"^[0-9]{1,2}\.[0-9]{1,2}$")]
ObjectiveNumber = Annotated[str, Field(pattern=r"^[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{1,2}$")]
Objectives = Annotated[dict[ExamCode, Annotated[tuple[ObjectiveNumber, ...], Field(min_length=1)]], Field(min_length=1)]
"""Exam code → numbers of the objectives this teaches."""
Cites = Annotated[tuple[EvidenceKey, ...], Field(min_length=1)]
"""Keys of `evidence` that prove the figures beside it."""


class Evidence(Model):
    """What one official page was read to say, and when."""

    source: PageId
    """Id of the page, as listed in content/sources/."""
    says: Plain
    """What the page states, in our words."""
    checked: Day
    """The day somebody last read it there (YYYY-MM-DD)."""


class Table(Model):
    """A comparison. The first column names what is compared; each row cites evidence at least once."""

    caption: Plain
    """What the table compares, in one line."""
    columns: Annotated[tuple[Annotated[str, Field(max_length=60)], ...], Field(min_length=2, max_length=7)]
    """Column headings; the first may be empty."""
    rows: Annotated[tuple[tuple[Cell, ...], ...], Field(min_length=1, max_length=20)]
    """One list of cells per row, as many as there are columns."""


EvidenceMap = Annotated[dict[Id, Evidence], Field(min_length=1)]
