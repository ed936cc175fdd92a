"""From the content folder to a library: read, hold against the models, check the rules. No error stops it."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path as FilePath

from generator.check.guess import nearest
from generator.check.library import Library, make_library
from generator.check.library_rules import check_library
from generator.check.marks import marks
from generator.check.record import Record
from generator.check.record_rules import check_record
from generator.check.shape import shape
from generator.diagnostics.diagnostic import Diagnostic, in_order
from generator.diagnostics.place import Span
from generator.memo import FORGETFUL, Memo
from generator.model.fields import id_problem
from generator.model.kinds import BY_FOLDER, RecordKind
from generator.read.events import parse
from generator.read.files import RawFile, read_content
from generator.read.text import decode
from generator.read.tree import Mapping, Node, Scalar, Sequence, scalars

MOST_FINDINGS = 100


@dataclass(frozen=True)
class Loaded:
    """A library and everything that is wrong with the records it was made from."""

    library: Library
    records: tuple[Record, ...]
    diagnostics: tuple[Diagnostic, ...]
    sources: dict[str, str]
    """File with findings → its text, for excerpts."""


def load(content: FilePath, today: date, memo: Memo = FORGETFUL) -> Loaded:
    """Reads and checks all records below `content`. `today` is the day that dates are held against.

    With a memo, a file that did not change is not read again.
    """
    raws = read_content(content, tuple(BY_FOLDER))
    strays = [_refused(raw) for raw in raws if not raw.folder]
    records = memo.each(
        [raw for raw in raws if raw.folder],
        key=lambda raw: (raw, today),
        make=lambda changed: [_record(raw, today) for raw in changed],
    )
    found: dict[str, list[Diagnostic]] = defaultdict(list)
    for diagnostic in check_library(tuple(records)):
        found[diagnostic.file].append(diagnostic)
    records = [_finished(record, found.get(record.file, [])) for record in records]
    excerpts = {record.file: record.source for record in records if record.found}
    all_found = [*strays, *(d for record in records for d in record.found)]
    return Loaded(make_library(tuple(records)), tuple(records), in_order(all_found), excerpts)


def _finished(record: Record, found: list[Diagnostic]) -> Record:
    """The record with the findings of the library, the most important hundred where there are more."""
    if not (found or record.found):
        return record.settled()
    together = in_order(_without_echoes([*record.found, *found]))
    kept = sorted(together, key=lambda d: d.severity)[:MOST_FINDINGS]
    if len(kept) < len(together):
        last = max(d.span for d in kept)
        after = Span(last.line, last.column + 1, last.line, last.column + 2)
        count = len(together) - len(kept)
        message = f"{count} more finding{'s' * (count != 1)} in this file {'are' if count != 1 else 'is'} not shown"
        kept.append(Diagnostic("F107", record.file, after, (), message, "Mend those shown and check again."))
    return replace(record, found=tuple(kept))


def _without_echoes(found: list[Diagnostic]) -> list[Diagnostic]:
    """The findings without those on answers of a decision, where one of its options names nothing that exists."""
    wrong = any(d.code == "L501" and d.field[:1] == ("options",) and d.field[-1] == "concept" for d in found)
    return [d for d in found if not (wrong and d.code == "C411" and "answer" in d.field)]


def _refused(raw: RawFile) -> Diagnostic:
    hint = _MENDS[raw.code]
    if not raw.folder and (folder := nearest(raw.name, BY_FOLDER)):
        hint = f"Did you mean `{folder}`?"
    elif raw.name.endswith(".yaml"):
        hint = f"Name it {raw.name.removesuffix('.yaml')}.yml."
    return Diagnostic(raw.code, raw.path, Span(1, 1, 1, 2), (), raw.refused, hint)


_MENDS = {
    "F101": "Move it out of content/, or save it as a plain .yml file in the folder of its kind.",
    "F102": "Shorten the record, or split it in two.",
    "F105": "Rename the file.",
    "F106": "Check that the file is there and that you may read it.",
}


def _record(raw: RawFile, today: date) -> Record:
    kind = BY_FOLDER[raw.folder]
    start = Span(1, 1, 1, 2)
    record = Record(kind, raw.id, raw.path)
    if raw.refused:
        return replace(record, found=(_refused(raw),))
    found: list[Diagnostic] = []
    if problem := id_problem(raw.id):
        message = f"`{raw.name}` cannot name a record: {problem}"
        found.append(Diagnostic("F105", raw.path, start, (), message, "Rename the file."))
    text, problems = decode(raw.data, raw.path)
    record = replace(record, source=text)
    found += problems
    if problems:
        return replace(record, found=tuple(found))
    root, problems = parse(text, raw.path)
    found += problems
    if not isinstance(root, Mapping):
        if not problems:
            found.append(_no_keys(kind, root, raw.path))
        return replace(record, found=tuple(found))
    values = tuple(scalars(root))
    contents, problems = shape(kind.model, root, values, raw.path, {d.field for d in found if d.code == "Y203"})
    record = replace(record, root=root, values=values, contents=contents, marks=tuple(marks(kind.model, root)))
    record = replace(record, found=(*found, *problems))
    return replace(record, found=(*record.found, *check_record(record, today)))


def _no_keys(kind: RecordKind, root: Node | None, file: str) -> Diagnostic:
    """A file that is empty, or a list, or a text."""
    hint = f"A record starts with `{next(iter(kind.model.model_fields))}: …`; see the record reference."
    if root is None or (isinstance(root, Scalar) and root.text is None):
        return Diagnostic("R304", file, Span(1, 1, 1, 2), (), "the file is empty", hint)
    found = "a list" if isinstance(root, Sequence) else "text"
    return Diagnostic("R303", file, root.span, (), f"found {found}; expected keys with values", hint)
