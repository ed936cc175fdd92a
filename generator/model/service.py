"""A service of AWS: its name today, its names before, and whether it can still be adopted."""

from typing import Annotated, Literal

from pydantic import Field

from generator.model.fields import (
    Cites,
    ClaimLine,
    Day,
    EvidenceMap,
    ExamCode,
    Id,
    Line,
    Model,
    Name,
    ServiceId,
    Url,
)


class FormerName(Model):
    """A name the service had."""

    name: Name
    """The old name."""
    cites: Cites
    """Evidence for the rename."""


class Status(Model):
    """Whether the service can still be adopted."""

    state: Literal["open", "closed-to-new-customers", "ended"]
    """open, closed-to-new-customers or ended."""
    since: Day | None = None
    """The first day of that state, where AWS states one."""
    successors: tuple[ServiceId, ...] = ()
    """What AWS names to use instead."""
    note: Line | None = None
    """What a candidate must know about it, in one line."""
    cites: Cites
    """Evidence for the state."""


class Service(Model):
    """One AWS service, named by id everywhere, so that a rename or closure reaches every page."""

    name: Name
    """The name AWS uses today."""
    former_names: tuple[FormerName, ...] = ()
    """Names it had before; search finds it by them."""
    former_ids: tuple[Id, ...] = ()
    """Ids it had before; their addresses redirect here."""
    category: Name
    """The group AWS lists it under."""
    what: ClaimLine
    """What it does, in one line that is true of no other service."""
    url: Url
    """Its documentation."""
    exams: Annotated[dict[ExamCode, Name], Field(min_length=1)] | None = None
    """Exam code → the name under which its guide lists the service as in scope."""
    status: Status | None = None
    """Only where it is not simply open."""
    evidence: EvidenceMap
    """Key → what an official page says. Cited in texts as [^key]."""
