"""Rules on claims: what states a fact cites evidence, and every citation and bracket means something."""

import re
from collections.abc import Iterator
from datetime import date

from generator.check.guess import nearest
from generator.check.marks import Mark, TableMark
from generator.check.parts import blocks, inlines, parts
from generator.check.record import Record
from generator.diagnostics.diagnostic import Diagnostic
from generator.model.fields import Markup
from generator.model.markup import Broken, Cite, Inline, Words, parse_line, walk
from generator.read.tree import (
    Node,
    Scalar,
    Sequence,
    entries_of,
    items_of,
    letters,
)


def claims_cite(record: Record, today: date) -> Iterator[Diagnostic]:
    """Every block of a factual text, and every row of a table, cites evidence."""
    for text in record.texts:
        if isinstance(text.kind, Markup) and text.kind.claim:
            for number, cited in enumerate(claims(text.text, text.kind.blocks)):
                if not cited:
                    which = f"paragraph {number + 1} of `{text.field[-1]}`" if text.kind.blocks else "this line"
                    yield record.inside(
                        "C401",
                        text,
                        *_opening(text, number),
                        f"{which} states a fact but cites nothing",
                        "Add [^key] where the fact is stated, and the key to `evidence`.",
                    )
    for table in record.tables:
        for index, row in enumerate(table_rows(table)):
            cells = row.items if isinstance(row, Sequence) else ()
            texts = [cell.text for cell in cells if isinstance(cell, Scalar) and cell.text is not None]
            if texts and len(texts) == len(cells) and not any(_cites(parse_line(text)) for text in texts):
                yield Diagnostic(
                    "C401",
                    record.file,
                    row.span,
                    (*table.field, "rows", index),
                    "this row cites nothing",
                    "Add [^key] to a cell of the row.",
                )


def table_rows(table: TableMark) -> tuple[Node, ...]:
    """The rows of a table, as far as it has any."""
    return items_of(table.node, "rows")


def claims(text: str, in_blocks: bool) -> list[bool]:
    """For each claim of a text (a paragraph, a list, a line): whether it cites evidence."""
    return [_cites(block) for block in blocks(text, in_blocks)] if text.strip() else []


def _cites(inlines: tuple[Inline, ...]) -> bool:
    """True where evidence is cited, or brackets are a citation gone wrong, which is a finding of its own."""
    return any(isinstance(part, Cite) or (isinstance(part, Broken) and "[^" in part.text) for part in walk(inlines))


def _opening(text: Mark, block: int) -> tuple[int, int]:
    """Place of the first two words of a paragraph or list."""
    for part in parts(text):
        if part.block == block and isinstance(part.inline, Words):
            return part.start, len(letters("".join(part.inline.text.split()[:2])))
        if part.block == block:
            return part.start, part.length
    return 0, 1


def citations_and_evidence_agree(record: Record, today: date) -> Iterator[Diagnostic]:
    """Every citation names a key of `evidence`; every key is cited."""
    keys = {key: entry.key.span for key, entry in entries_of(record.root, "evidence").items()}
    if not keys:
        return
    cited: set[str] = set()
    unknown: dict[str, Mark] = {}
    for text in record.texts:
        if isinstance(text.kind, Markup):
            found = [part.key for part in inlines(text) if isinstance(part, Cite)] if "[^" in text.text else []
        else:
            found = [text.text] if text.kind.to == "evidence" else []
        for key in found:
            cited.add(key)
            if key not in keys and not record.finds(text.field):
                unknown.setdefault(key, text)
    idle = [key for key in keys if key not in cited]
    meant: set[str] = set()
    misnamed = [key for key in idle if record.finds(("evidence", key), "R305", "R307")]
    for key, text in unknown.items():
        guess = nearest(key, idle) or nearest(key, keys)
        if guess in idle:
            meant.add(guess)
        if guess in misnamed or (not guess and misnamed):
            misnamed.remove(guess or misnamed[0])
            continue
        hint = f"Add `{key}` to `evidence`, or cite one of: {', '.join(keys)}."
        yield record.inside(
            "C402",
            text,
            *_place_of(text, Cite(key)),
            f"`{key}` has no entry in `evidence`",
            f"Did you mean `{guess}`?" if guess else hint,
        )
    for key in idle:
        if key not in meant and not record.finds(("evidence", key)) and not _may_be_cited(record, key):
            yield Diagnostic(
                "C403",
                record.file,
                keys[key],
                ("evidence", key),
                f"nothing cites `{key}`",
                f"Write [^{key}] where it proves something, or delete the entry.",
            )


def _place_of(text: Mark, wanted: Inline) -> tuple[int, int]:
    """Place of the first part that is wanted; the whole text where it is no marked text."""
    if isinstance(text.kind, Markup):
        for part in parts(text):
            if part.inline == wanted:
                return part.start, part.length
    return 0, len(letters(text.text))


def _may_be_cited(record: Record, key: str) -> bool:
    """True where the key is cited in a place that could not be read as a citation."""
    if any(part.text.casefold().startswith(f"[^{key}") for text in record.texts for part in _broken(text)):
        return True
    if any(found.code in ("Y203", "R302", "R303", "R304") for found in record.found):
        return True
    if not record.is_doubtful:
        return False
    listed = any(scalar.text == key for path, scalar in record.values if path[:1] != ("evidence",))
    return listed or f"[^{key}]" in record.source


def _broken(text: Mark) -> list[Broken]:
    if not isinstance(text.kind, Markup) or ("[[" not in text.text and "[^" not in text.text):
        return []
    return [part for part in inlines(text) if isinstance(part, Broken)]


def brackets_are_links(record: Record, today: date) -> Iterator[Diagnostic]:
    """`[[` and `[^` always start a link or a citation."""
    for text in record.texts:
        if _broken(text):
            for part in parts(text):
                if isinstance(part.inline, Broken):
                    for match in _BRACKETS.finditer(part.inline.text):
                        yield record.inside(
                            "C405",
                            text,
                            part.start + len(letters(part.inline.text[: match.start()])),
                            len(letters(match[0])),
                            f"`{match[0][:24]}` is neither a link nor a citation",
                            "Write [[concept-id]], [[concept-id|label]], [[service:id]], [[decision:id]] or "
                            "[^evidence-key]; ids are lower case.",
                        )


_BRACKETS = re.compile(r"\[\[[^\[\]]*(?:\]\]|\]|(?=\[|$))|\[\^[^\[\]\s]*\]?")


def rows_fit_columns(record: Record, today: date) -> Iterator[Diagnostic]:
    """Each row of a table has one cell per column."""
    for table in record.tables:
        width = len(items_of(table.node, "columns"))
        for index, row in enumerate(table_rows(table)):
            if width and isinstance(row, Sequence) and len(row.items) != width:
                yield Diagnostic(
                    "C406",
                    record.file,
                    row.span,
                    (*table.field, "rows", index),
                    f"the row has {len(row.items)} cells; the table has {width} columns",
                    'Add or remove cells; an empty cell is "".',
                )
