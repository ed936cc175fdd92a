"""One file's record on its way through the checks."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.check.marks import Mark, TableMark
from generator.diagnostics.diagnostic import Diagnostic
from generator.diagnostics.place import Path, Span
from generator.model.fields import KindName, Model
from generator.model.kinds import RecordKind
from generator.read.tree import Node, Scalar, find, find_key, within

_DOUBT = frozenset(("Y201", "Y202", "Y203", "Y205", "Y206", "Y207", "R301", "R302", "R303", "R304", "R306"))


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
    values: tuple[tuple[Path, Scalar], ...] = ()
    """Every single value with its path."""
    marks: tuple[Mark | TableMark, ...] = ()
    found: tuple[Diagnostic, ...] = ()

    @property
    def ref(self) -> tuple[KindName, str]:
        """Its kind and id."""
        return self.kind.name, self.id

    @property
    def has_errors(self) -> bool:
        """True where no page can be made of it."""
        return self.contents is None or any(found.severity == "error" for found in self.found)

    def settled(self) -> "Record":
        """The record without what only rules and findings need, where it has none."""
        return self if self.found else replace(self, root=None, source="", values=())

    def finds(self, path: Path, *codes: str) -> bool:
        """True where a finding of one of the codes (of any, where none is named) stands at that field."""
        return any(found.field == path and (not codes or found.code in codes) for found in self.found)

    @property
    def is_doubtful(self) -> bool:
        """True where keys or values could not be read as meant, so that what seems missing may stand there."""
        return any(found.code in _DOUBT for found in self.found)

    @property
    def texts(self) -> Iterator[Mark]:
        """Its marked texts."""
        return (mark for mark in self.marks if isinstance(mark, Mark))

    @property
    def tables(self) -> Iterator[TableMark]:
        """Its comparison tables."""
        return (mark for mark in self.marks if isinstance(mark, TableMark))

    def inside(self, code: str, mark: Mark, start: int, count: int, message: str, hint: str) -> Diagnostic:
        """A finding at a piece of a text: `count` letters of it (see `parts`), after the first `start`."""
        span = within(self.source, mark.span, start, count)
        return Diagnostic(code, self.file, span, mark.field, message, hint)

    def at(self, code: str, path: Path, message: str, hint: str, *, key: bool = False) -> Diagnostic:
        """A finding at the value of a field, or at its key."""
        span = Span(1, 1, 1, 2)
        if self.root is not None and path:
            span = find_key(self.root, path) if key else find(self.root, path).span
        return Diagnostic(code, self.file, span, path, message, hint)
