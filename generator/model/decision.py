"""A decision: a choice between concepts that both sound right."""

from typing import Annotated

from pydantic import Field

from generator.model.fields import (
    ClaimLine,
    ClaimText,
    ConceptId,
    EvidenceMap,
    Id,
    Line,
    Model,
    Name,
    Objectives,
    Summary,
    Table,
    Text,
)

NEITHER = "neither"

Answer = Annotated[tuple[ConceptId, ...], Field(min_length=1, max_length=3)]
"""The options that are right: one, several for “both”, or [neither]."""


class Driver(Model):
    """Two things that pull against each other."""

    between: Annotated[tuple[Name, ...], Field(min_length=2, max_length=2)]
    """The pair, as [one, other]."""
    text: Line
    """What tips the balance to which option."""


class Secondary(Model):
    """A requirement that is not the main one but tips a close call."""

    name: Name
    """Latency, cost, governance …"""
    text: ClaimLine
    """What it says for or against the option."""


class DecisionOption(Model):
    """One side of the choice. Every option has the same parts, so that they can be compared."""

    concept: ConceptId
    """The concept this option stands for."""
    what: ClaimText
    """What it is, for the purpose of this choice."""
    does_not: ClaimLine
    """What it does not do."""
    right_when: Annotated[tuple[ClaimLine, ...], Field(min_length=2)]
    """The cases in which it is the right answer."""
    signals: Annotated[tuple[Name, ...], Field(min_length=2)]
    """Phrases that point to it."""
    secondary: tuple[Secondary, ...] = ()
    """Secondary signals: latency, cost, governance …"""
    assumes: Line
    """What a scenario with this answer silently assumes. Editorial."""
    trap: Line
    """The mistake made with it. Editorial."""


class Flip(Model):
    """One phrase of a scenario changes, and so does the answer."""

    replace: Name
    """A marked phrase of the scenario."""
    by: Name
    """What it becomes."""
    answer: Answer
    """The answer now."""
    why: Line
    """Why the answer changes."""


class Scenario(Model):
    """A situation of our own with its answer."""

    id: Id
    """Unique in the record; never changes."""
    text: Line
    """The situation; the phrases that decide are **marked**."""
    answer: Answer
    """The options that are right: one, several for “both”, or [neither]."""
    instead: ConceptId | None = None
    """Where the answer is neither: what is right."""
    why: Line
    """Why, and why not the others."""
    flip: Flip | None = None
    """A change of one phrase that changes the answer."""


class Decision(Model):
    """A choice between concepts, and the fact that decides it."""

    name: Name
    """The choice as a question."""
    short_name: Annotated[str, Field(min_length=1, max_length=28)] | None = None
    """A shorter name for menus, where the name is long."""
    former_ids: tuple[Id, ...] = ()
    """Ids it had before; their addresses redirect here."""
    summary: Summary
    """What is being chosen, in one line of at most 160 characters."""
    exams: Objectives
    """Exam code → numbers of the objectives it trains."""
    why_tested: ClaimText
    """Why an exam asks this."""
    hinge: Line
    """The one deciding fact, as a question to ask of the scenario. Editorial."""
    order: tuple[ConceptId, ...] = ()
    """The options in the order to try them, where there is one."""
    drivers: Annotated[tuple[Driver, ...], Field(min_length=2)]
    """Opposing pairs that drive the choice."""
    options: Annotated[tuple[DecisionOption, ...], Field(min_length=2, max_length=6)]
    """The sides of the choice."""
    tables: Annotated[tuple[Table, ...], Field(min_length=1)]
    """The options compared."""
    dominant: Text
    """How to read the dominant constraint when signals conflict. Editorial."""
    scenarios: Annotated[tuple[Scenario, ...], Field(min_length=1)]
    """Situations with answers, flips included."""
    evidence: EvidenceMap
    """Key → what an official page says. Cited in texts as [^key]."""
