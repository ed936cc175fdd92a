"""An exam: its blueprint, and what changed in it."""

from typing import Annotated, Literal

from pydantic import Field

from generator.model.fields import (
    Cites,
    ClaimLine,
    ClaimText,
    Day,
    EvidenceMap,
    Line,
    Model,
    Name,
    Number,
    ObjectiveNumber,
    PageId,
    Plain,
    TaskNumber,
    Url,
)


class Guide(Model):
    """The exam guide that the record follows."""

    version: Name | None = None
    """Its version, where it states one."""
    dated: Day | None = None
    """Its date, where it states one."""
    url: Url
    """Its address."""
    cites: Cites
    """Evidence for version and date."""


class Questions(Model):
    """What a candidate answers."""

    scored: Number
    """Questions that count."""
    unscored: Number
    """Questions that do not count."""
    types: Annotated[tuple[Name, ...], Field(min_length=1)]
    """Item types the guide lists."""
    cites: Cites
    """Evidence."""


class Score(Model):
    """How it is marked."""

    passing: Number
    """The score to pass."""
    lowest: Number
    """The lowest score on the scale."""
    highest: Number
    """The highest score on the scale."""
    model: ClaimLine
    """How the result is formed."""
    cites: Cites
    """Evidence."""


class Unconfirmed(Model):
    """A figure in circulation that no official page we read confirms."""

    name: Name
    """What it is about."""
    value: Plain
    """What is said."""
    note: Plain
    """Why it counts as unconfirmed."""


class Objective(Model):
    """What a candidate must be able to do. The label is ours; the number is the guide's order."""

    number: ObjectiveNumber
    """domain.task.objective."""
    label: Plain
    """What it asks, in our words."""
    terms: tuple[Name, ...] = ()
    """Terms and services the objective names."""
    was: Plain | None = None
    """What the guide version before said instead, in our words."""


class Task(Model):
    """A task statement, with its official title."""

    number: TaskNumber
    """domain.task."""
    title: Plain
    """The official title."""
    objectives: Annotated[tuple[Objective, ...], Field(min_length=1)]
    """What it asks."""


class Domain(Model):
    """A domain, with its official title and weight."""

    number: Number
    """Its number."""
    title: Plain
    """The official title."""
    weight: Annotated[Number, Field(ge=1, le=100)]
    """Percent of the scored content."""
    source: PageId
    """The guide's page on this domain."""
    tasks: Annotated[tuple[Task, ...], Field(min_length=1)]
    """Its task statements."""


class Changes(Model):
    """What changed since the guide version before."""

    version: Name
    """The version before."""
    dated: Day
    """Its date."""
    added: tuple[ObjectiveNumber, ...] = ()
    """Objectives that are new."""
    reworded: tuple[ObjectiveNumber, ...] = ()
    """Objectives whose text changed."""
    services_added: tuple[Name, ...] = ()
    """Services newly in scope, as the guide names them."""
    services_removed: tuple[Name, ...] = ()
    """Services no longer in scope, as the guide names them."""
    note: ClaimText | None = None
    """What does not fit into the lists."""
    cites: Cites
    """Evidence."""


class Exam(Model):
    """An exam's blueprint: domains by weight, tasks, objectives."""

    code: Annotated[str, Field(pattern=r"^[A-Z]{3}-C\d{2}$")]
    """The code AWS gives it; the file name is the same in lower case."""
    name: Name
    """The official name."""
    level: Literal["Foundational", "Associate", "Professional", "Specialty"]
    """The level AWS gives it."""
    summary: Plain
    """Who it is for, in one line."""
    url: Url
    """The certification's page."""
    guide: Guide
    """The guide that this record follows."""
    questions: Questions
    """Number and types of questions."""
    score: Score
    """Scale and passing score."""
    candidate: ClaimText
    """Whom the guide describes as the target candidate."""
    out_of_scope: Annotated[tuple[Line, ...], Field(min_length=1)]
    """Job tasks that the guide rules out."""
    out_of_scope_cites: Cites
    """Evidence for them."""
    services_cites: Cites
    """Evidence for the list of services in scope (each service names the exam)."""
    unconfirmed: tuple[Unconfirmed, ...] = ()
    """Figures in circulation that no official page we read confirms."""
    domains: Annotated[tuple[Domain, ...], Field(min_length=1)]
    """The domains; weights add up to 100."""
    changes: Changes | None = None
    """What changed since the guide version before."""
    evidence: EvidenceMap
    """Key → what an official page says. Cited in texts as [^key]."""
