"""A concept: one thing an exam asks about."""

from typing import Annotated, Literal

from pydantic import Field

from generator.model.check import Check
from generator.model.fields import (
    ClaimLine,
    ClaimText,
    ConceptId,
    EvidenceMap,
    ExamCode,
    Id,
    Line,
    Model,
    Name,
    Objectives,
    Plain,
    ServiceId,
    Summary,
    Table,
    Text,
)

Kind = Literal["technique", "service", "metric", "principle", "risk", "architecture", "process", "term"]


class Variant(Model):
    """A named form of the concept."""

    name: Name
    """What the form is called."""
    text: ClaimLine
    """What sets it apart from the others."""
    data: Line | None = None
    """The data it needs, where that tells forms apart."""


class MentalModel(Model):
    """A picture to think with. Editorial: it explains, it does not prove."""

    text: Text
    """The picture."""
    limits: Text
    """Where the picture breaks."""
    table: Table | None = None
    """What stands for what, where a table says it better."""


class Choose(Model):
    """How to decide for or against the concept."""

    lead: ClaimLine | None = None
    """The one sentence to read first: the fact that decides."""
    order: tuple[ConceptId, ...] = ()
    """Concepts in the order to try them, this one included."""
    when: Annotated[tuple[ClaimLine, ...], Field(min_length=1)]
    """Situations in which it is the right choice."""
    when_not: Annotated[tuple[ClaimLine, ...], Field(min_length=1)]
    """Situations in which it is not, and what is instead."""
    tables: tuple[Table, ...] = ()
    """Comparisons with its neighbors."""


class Misconception(Model):
    """A belief that costs points."""

    id: Id
    """Unique in the record; wrong options of checks name it."""
    belief: Plain
    """The wrong belief, as one sentence a candidate would say."""
    tempting_because: Line
    """Why it looks right."""
    in_fact: ClaimText
    """What is so."""
    decide_by: Line
    """The words in a requirement that decide."""


class Signal(Model):
    """Words in a question that point to the concept."""

    phrase: Name
    """The words, as a question would say them."""
    because: Line | None = None
    """Why they point here."""


class SignalAgainst(Model):
    """Words in a question that point away from the concept."""

    phrase: Name
    """The words, as a question would say them."""
    points_to: ConceptId
    """The concept they point to instead."""
    because: Line | None = None
    """Why they point there."""


class ExamView(Model):
    """How the concept shows up in an exam."""

    tests: ClaimText
    """What the exam guide asks a candidate to be able to do with it."""
    depth: dict[ExamCode, Line]
    """Per exam, how deep: recognize it, or design with it."""
    signals: Annotated[tuple[Signal, ...], Field(min_length=1)]
    """Phrases that point here."""
    signals_against: Annotated[tuple[SignalAgainst, ...], Field(min_length=1)]
    """Phrases that point elsewhere."""
    slip: Line
    """The mistake candidates make most often. Editorial."""


class Confusable(Model):
    """A concept that is easily taken for this one."""

    concept: ConceptId
    """The other concept; it names this one too."""
    deciding_fact: Line
    """The one fact that tells them apart. Editorial."""


class Concept(Model):
    """One thing an exam asks about: what it is, when to choose it, the trap, the evidence."""

    name: Name
    """The concept's name, as a heading."""
    short_name: Annotated[str, Field(min_length=1, max_length=28)] | None = None
    """A shorter name for menus and column heads, where the name is long."""
    aliases: tuple[Name, ...] = ()
    """Other names for it, abbreviations included."""
    former_ids: tuple[Id, ...] = ()
    """Ids it had before; their addresses redirect here."""
    summary: Summary
    """What it is, in one line of at most 160 characters; also the search snippet."""
    kind: Kind
    """What sort of thing it is."""
    exams: Objectives
    """Exam code → numbers of the objectives it teaches."""
    services: tuple[ServiceId, ...] = ()
    """AWS services it involves, by id."""
    definition: ClaimText
    """What it is and how it works."""
    variants: tuple[Variant, ...] = ()
    """Its named forms."""
    is_not: Annotated[tuple[ClaimLine, ...], Field(min_length=1)]
    """What it does not do, one line each."""
    mental_model: MentalModel
    """A picture to think with, and where it breaks."""
    choose: Choose
    """When to use it, when not, and compared with what."""
    misconceptions: Annotated[tuple[Misconception, ...], Field(min_length=1)]
    """Beliefs that cost points."""
    exam: ExamView
    """How it shows up in an exam."""
    requires: tuple[ConceptId, ...] = ()
    """Concepts to read first. No cycles."""
    related: tuple[ConceptId, ...] = ()
    """Concepts worth reading next."""
    confused_with: tuple[Confusable, ...] = ()
    """Concepts easily taken for this one."""
    checks: tuple[Check, ...] = ()
    """Questions of our own to practice with."""
    evidence: EvidenceMap
    """Key → what an official page says. Cited in texts as [^key]."""
