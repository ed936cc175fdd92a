"""A publication that evidence is taken from, and its pages."""

from typing import Annotated, Literal

from pydantic import Field

from generator.model.fields import Id, Model, Month, Name, Plain, Url


class SourcePage(Model):
    """One page of a publication."""

    title: Plain
    """The page's own title."""
    url: Url
    """Its address."""
    text_dated: Month | None = None
    """Age of the text that was read (YYYY-MM), where it was a stored copy."""


class Source(Model):
    """One publication: a user guide, an exam guide, a paper."""

    title: Plain
    """The publication's title."""
    publisher: Name
    """Who answers for it."""
    kind: Literal["documentation", "exam-guide", "paper", "specification"]
    """Only official documentation, exam guides, specifications and primary papers are evidence."""
    url: Url
    """Where the publication starts; its pages have the same host."""
    pages: Annotated[dict[Id, SourcePage], Field(min_length=1)]
    """Page id → page. Evidence names the page id, so it is unique among all publications."""
