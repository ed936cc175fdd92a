"""A wording: words that mean the same in an exam question."""

from typing import Annotated

from pydantic import Field

from generator.model.fields import Model, Name


class Wording(Model):
    """Words and short phrases that mean the same in an exam question, so that a signal is found in any of them."""

    name: Name
    """What they have in common."""
    words: Annotated[tuple[Name, ...], Field(min_length=2)]
    """In any one form: `change` also finds changes. One with two meanings may stand in two wordings."""
