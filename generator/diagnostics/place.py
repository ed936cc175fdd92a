"""Where something stands: in a file, and in a record."""

from typing import NamedTuple

Path = tuple[str | int, ...]
"""Where a value sits in a record: keys and list indexes from the top."""


class Span(NamedTuple):
    """A stretch of a file. Lines and columns count from 1, in characters; the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int
