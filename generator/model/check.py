"""Practice items: single answer, multiple response, ordering and matching. Written here, never copied."""

from typing import Annotated, Literal

from pydantic import Field

from generator.model.fields import Flag, Id, Line, MisconceptionId, Model


class Option(Model):
    """One answer to choose from."""

    text: Line
    """The answer."""
    right: Flag = False
    """true for a right answer."""
    because: Line
    """Why it is right, or why it is wrong."""
    shows: MisconceptionId | None = None
    """The misconception of this record that a candidate who picks it holds."""


class Choice(Model):
    """A question with options: `single` has one right answer, `multiple` has two or more."""

    type: Literal["single", "multiple"]
    """single or multiple."""
    id: Id
    """Unique in the record; never changes."""
    question: Line
    """The question; phrases that decide are **marked**, and shown so after the answer. `multiple` says how many."""
    hint: Line | None = None
    """A nudge that does not give the answer away."""
    options: Annotated[tuple[Option, ...], Field(min_length=3, max_length=6)]
    """Three to six answers."""


class Ordering(Model):
    """Steps to put in order."""

    type: Literal["ordering"]
    """ordering."""
    id: Id
    """Unique in the record; never changes."""
    question: Line
    """What to put in which order."""
    hint: Line | None = None
    """A nudge that does not give the answer away."""
    steps: Annotated[tuple[Line, ...], Field(min_length=3, max_length=6)]
    """The steps, in the right order."""
    because: Line
    """Why this order."""


class Pair(Model):
    """Two things that belong together."""

    left: Line
    """The prompt."""
    right: Line
    """Its match."""


class Matching(Model):
    """Prompts to match with answers."""

    type: Literal["matching"]
    """matching."""
    id: Id
    """Unique in the record; never changes."""
    question: Line
    """What to match with what."""
    hint: Line | None = None
    """A nudge that does not give the answer away."""
    pairs: Annotated[tuple[Pair, ...], Field(min_length=3, max_length=6)]
    """What belongs together."""
    because: Line
    """What decides each pair."""


Check = Annotated[Choice | Ordering | Matching, Field(discriminator="type")]
