"""One file's record on its way through the checks."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from generator.check.marks import Mark, TableMark
from generator.diagnostics.diagnostic import Diagnostic
from generator.diagnostics.place import Path, Span
from generator.model.fields import KindName, Model
from generator.model.kinds import RecordKind
from generator.read.tree import Node, find, find_key, within


@dataclass(frozen=True, slots=True)
class Record:
    """A record with its place, its tree and, where it fits its model, its contents."""

    kind: RecordKind
    id: str
    file: str
    source: str = ""
    """The file's text."""
    root: Node | None = None
    contents: Model | None = None
    marks: tuple[Mark | TableMark, ...] = ()
    found: tuple[Diagnostic, ...] = field(default=())

    @property
    def ref(self) -> tuple[KindName, str]:
        """Its kind and id."""
        return self.kind.name, self.id

    @property
    def has_errors(self) -> bool:
        """True where no page can be made of it."""
        return self.contents is None or any(found.severity == "error" for found in self.found)

    def settled(self) -> "Record":
        """The record without what only findings need, where it has none: the tree and the file's text."""
        return self if self.found else replace(self, root=None, source="")

    @property
    def texts(self) -> Iterator[Mark]:
        """Its marked texts."""
        return (mark for mark in self.marks if isinstance(mark, Mark))

    @property
    def tables(self) -> Iterator[TableMark]:
        """Its comparison tables."""
        return (mark for mark in self.marks if isinstance(mark, TableMark))

    def inside(self, code: str, mark: Mark, token: str, message: str, hint: str) -> Diagnostic:
        """A finding at a piece of a text: where the file spells it so, else at the text as a whole."""
        span = within(self.source, mark.span, token)
        return Diagnostic(code, self.file, span, mark.field, message, hint)

    def at(self, code: str, path: Path, message: str, hint: str, *, key: bool = False) -> Diagnostic:
        """A finding at the value of a field, or at its key."""
        span = Span(1, 1, 1, 2)
        if self.root is not None and path:
            span = find_key(self.root, path) if key else find(self.root, path).span
        return Diagnostic(code, self.file, span, path, message, hint)
