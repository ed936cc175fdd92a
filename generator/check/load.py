"""From the content folder to a library: read, hold against the models, check the rules. No error stops it."""

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path as FilePath

from generator.check.library import Library, make_library
from generator.check.library_rules import check_library
from generator.check.marks import marks
from generator.check.record import Record
from generator.check.record_rules import check_record
from generator.check.shape import shape
from generator.diagnostics.diagnostic import Diagnostic, in_order
from generator.diagnostics.place import Span
from generator.model.fields import ID_PATTERN, RESERVED_IDS
from generator.model.kinds import BY_FOLDER
from generator.read.events import parse
from generator.read.files import RawFile, read_content
from generator.read.text import decode
from generator.read.tree import Mapping


@dataclass(frozen=True)
class Loaded:
    """A library and everything that is wrong with the records it was made from."""

    library: Library
    records: tuple[Record, ...]
    diagnostics: tuple[Diagnostic, ...]
    sources: dict[str, str]
    """File with findings → its text, for excerpts."""


def load(content: FilePath, today: date) -> Loaded:
    """Reads and checks all records below `content`. `today` is the day that dates are held against."""
    records = tuple(_record(raw, today) for raw in read_content(content, tuple(BY_FOLDER)))
    found: dict[str, list[Diagnostic]] = defaultdict(list)
    for diagnostic in check_library(records):
        found[diagnostic.file].append(diagnostic)
    records = tuple(replace(r, found=(*r.found, *found[r.file])) if r.file in found else r.settled() for r in records)
    excerpts = {record.file: record.source for record in records if record.found}
    return Loaded(make_library(records), records, in_order([d for r in records for d in r.found]), excerpts)


def _record(raw: RawFile, today: date) -> Record:
    kind = BY_FOLDER[raw.folder]
    start = Span(1, 1, 1, 2)
    record = Record(kind, raw.id, raw.path)
    if raw.refused:
        hint = "Move it out of content/, or save it as a plain .yml file."
        return replace(record, found=(Diagnostic(raw.code, raw.path, start, (), raw.refused, hint),))
    found: list[Diagnostic] = []
    if not re.fullmatch(ID_PATTERN, raw.id) or len(raw.id) > 64 or raw.id in RESERVED_IDS:
        hint = "Rename the file: lower-case words joined by hyphens, at most 64 characters, not a reserved word."
        found.append(Diagnostic("F105", raw.path, start, (), f"`{raw.name}` cannot be an id", hint))
    text, problems = decode(raw.data, raw.path)
    record = replace(record, source=text)
    found += problems
    if problems:
        return replace(record, found=tuple(found))
    root, problems = parse(text, raw.path)
    found += problems
    if not isinstance(root, Mapping):
        if not problems:
            found.append(
                Diagnostic(
                    "R303", raw.path, start, (), "the file holds no keys", f"A {kind.name} starts with `name: …`."
                )
            )
        return replace(record, found=tuple(found))
    contents, problems = shape(kind.model, root, raw.path)
    record = replace(record, root=root, contents=contents, marks=tuple(marks(kind.model, root)))
    return replace(record, found=(*found, *problems, *check_record(record, today)))
