"""Rules that one record keeps by itself.

They work on the tree, so that a record with one wrong field is still checked in all others.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from generator.check.foreign_text import no_foreign_text
from generator.check.guess import nearest
from generator.check.marks import Mark, TableMark
from generator.check.parts import blocks, inlines, parts
from generator.check.record import Record
from generator.diagnostics.diagnostic import Diagnostic
from generator.diagnostics.place import Path, Span
from generator.model.decision import NEITHER
from generator.model.fields import Markup, Reference
from generator.model.markup import Broken, Cite, Inline, Strong, Words, parse_line, plain, walk
from generator.read.tree import (
    Mapping,
    Node,
    Scalar,
    Sequence,
    child,
    entries_of,
    items_of,
    letters,
    text_of,
    texts_of,
)

Rule = Callable[[Record, date], Iterator[Diagnostic]]


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


def nothing_twice(record: Record, today: date) -> Iterator[Diagnostic]:
    """Ids within a record and entries of a list of references are unique."""
    seen: dict[tuple[Path, str], Span] = {}
    for path, scalar in record.values:
        scope = _scope(path)
        if scope is None or scalar.text is None:
            continue
        if first := seen.get((scope, scalar.text)):
            yield Diagnostic(
                "C407",
                record.file,
                scalar.span,
                path,
                f"`{scalar.text[:40]}` was given before, in line {first.line}",
                "Delete one of the two, or give it another id.",
            )
        seen.setdefault((scope, scalar.text), scalar.span)


_LISTS_OF_IDS = {
    *("aliases", "former_ids", "services", "order", "requires", "related", "answer", "successors", "terms"),
    *("cites", "added", "reworded", "services_added", "services_removed", "out_of_scope_cites", "services_cites"),
}


def _scope(path: Path) -> Path | None:
    """Within what the value at a path may stand once only, or None where it may be repeated."""
    if len(path) < 2:
        return None
    if path[-1] == "id":
        return path[:1]
    if isinstance(path[-1], int) and (path[-2] in _LISTS_OF_IDS or path[0] == "exams"):
        return path[:-1]
    return path[:1] if path[-1] == "concept" and path[0] in ("confused_with", "options") else None


def not_itself(record: Record, today: date) -> Iterator[Diagnostic]:
    """A concept does not require, relate to, get confused with or point away to itself; no id was its own before."""
    for text in record.texts:
        own = record.kind.name == "concept" and text.kind == Reference("concept") and text.text == record.id
        if own and "order" not in text.field:
            yield Diagnostic(
                "C408",
                record.file,
                text.span,
                text.field,
                f"`{record.id}` is this record itself",
                "Name another concept, or delete the entry.",
            )
    for index, former in texts_of(record.root, "former_ids"):
        if former == record.id:
            yield record.at("C408", ("former_ids", index), f"`{former}` is the id of today", "Delete the entry.")


def days_are_past(record: Record, today: date) -> Iterator[Diagnostic]:
    """Nobody has checked a page tomorrow (one day of grace for time zones)."""
    latest = today + timedelta(days=1)
    for key, entry in entries_of(record.root, "evidence").items():
        checked = text_of(entry.value, "checked")
        if checked and checked > latest.isoformat() and _is_day(checked):
            yield record.at(
                "C404", ("evidence", key, "checked"), f"{checked} lies ahead of {today}", "Give the day of the reading."
            )
    for part in ("guide", "changes"):
        dated = text_of(child(record.root, part), "dated")
        if dated and dated > latest.isoformat() and _is_day(dated):
            yield record.at("C404", (part, "dated"), f"{dated} lies ahead of {today}", "Give the day it came out.")
    for key, entry in entries_of(record.root, "pages").items():
        month = text_of(entry.value, "text_dated")
        if month and month > latest.isoformat()[:7] and _is_day(f"{month}-01"):
            path = ("pages", key, "text_dated")
            yield record.at("C404", path, f"{month} lies ahead of {today}", "Give the month of the text that was read.")


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text)) and len(text) == 10
    except ValueError:
        return False


def exam_adds_up(record: Record, today: date) -> Iterator[Diagnostic]:
    """Weights add up to 100; numbers count on; the code is the file name in upper case."""
    if record.kind.name != "exam":
        return
    code = text_of(record.root, "code")
    if code and code.lower() != record.id and not record.finds(("code",)) and not record.finds((), "F105"):
        yield record.at("C409", ("code",), f"code {code} in file {record.id}.yml", f"Name the file {code.lower()}.yml.")
    domains = items_of(record.root, "domains")
    weights = [int(w) if (w := text_of(domain, "weight")) and w.isdecimal() else None for domain in domains]
    total = sum(weight or 0 for weight in weights)
    if domains and None not in weights and total != 100:
        yield record.at("C409", ("domains",), f"the weights add up to {total}", "They add up to 100.", key=True)
    for d, domain in enumerate(domains):
        yield from _counts_on(record, domain, ("domains", d), "domain", str(d + 1))
        number = _prefix(domain, "tasks", str(d + 1))
        for t, task in enumerate(items_of(domain, "tasks")):
            path: Path = ("domains", d, "tasks", t)
            yield from _counts_on(record, task, path, "task", f"{number}.{t + 1}")
            number_of_task = _prefix(task, "objectives", f"{number}.{t + 1}")
            for o, objective in enumerate(items_of(task, "objectives")):
                wanted = f"{number_of_task}.{o + 1}"
                yield from _counts_on(record, objective, (*path, "objectives", o), "objective", wanted)


def _prefix(node: Node, parts: str, wanted: str) -> str:
    """What the numbers of its parts begin with: its own number where one of them does, else the number wanted."""
    number = text_of(node, "number")
    begun = any((text_of(part, "number") or "").startswith(f"{number}.") for part in items_of(node, parts))
    return number if number and begun else wanted


def _counts_on(record: Record, node: Node, path: Path, sort: str, wanted: str) -> Iterator[Diagnostic]:
    found = text_of(node, "number")
    if found and found != wanted and not record.finds((*path, "number")):
        message = f"found {found}; the next {sort} is {wanted}"
        yield record.at("C409", (*path, "number"), message, f"Number {sort}s in order.")


def items_have_answers(record: Record, today: date) -> Iterator[Diagnostic]:
    """`single` has one right option, `multiple` two or more and a wrong one; misconceptions named exist."""
    if record.kind.name != "concept":
        return
    known = {id for item in items_of(record.root, "misconceptions") if (id := text_of(item, "id"))}
    for index, check in enumerate(items_of(record.root, "checks")):
        path: Path = ("checks", index, "options")
        options = items_of(check, "options")
        flags = [_FLAGS.get((text_of(option, "right") or "false").lower()) for option in options]
        readable = options and None not in flags and all(isinstance(option, Mapping) for option in options)
        if readable and not any(found.field[:3] == path and found.code == "R301" for found in record.found):
            right = sum(flag or False for flag in flags)
            if text_of(check, "type") == "single" and right != 1:
                message = f"{right} options are right"
                yield record.at("C410", path, message, "`single` has exactly one.", key=True)
            if text_of(check, "type") == "multiple" and not 2 <= right < len(options):
                message = f"{right} of {len(options)} options are right"
                hint = "`multiple` has two or more right and at least one wrong."
                yield record.at("C410", path, message, hint, key=True)
        for o, option in enumerate(options):
            shows = text_of(option, "shows")
            at = (*path, o, "shows")
            if shows and known and shows not in known and not record.finds(at):
                guess = nearest(shows, known)
                hint = f"Did you mean `{guess}`?" if guess else f"There are: {', '.join(sorted(known))}."
                yield record.at("L501", at, f"there is no misconception `{shows[:64]}`", hint)


_FLAGS = {"true": True, "false": False}


def scenarios_decide(record: Record, today: date) -> Iterator[Diagnostic]:
    """Answers are options; deciding phrases are marked; a flip replaces one of them and changes the answer."""
    if record.kind.name != "decision":
        return
    concepts = [text_of(option, "concept") for option in items_of(record.root, "options")]
    options = {concept for concept in concepts if concept}
    if None in concepts:
        options = set()
    for index, scenario in enumerate(items_of(record.root, "scenarios")):
        if isinstance(scenario, Mapping):
            yield from _scenario(record, scenario, ("scenarios", index), options)


def _scenario(record: Record, scenario: Mapping, path: Path, options: set[str]) -> Iterator[Diagnostic]:
    text = text_of(scenario, "text") or ""
    marked = [plain(part.children) for part in parse_line(text) if isinstance(part, Strong)]
    if not marked and text.strip():
        yield record.at("C411", (*path, "text"), "no phrase is marked", "Put ** around the phrases that decide.")
    answer = [id for _, id in texts_of(scenario, "answer")]
    instead = scenario.get("instead")
    if answer == [NEITHER] and instead is None and not _unknown_key_in(record, path):
        hint = "Add `instead`: the concept that is right."
        yield record.at("C411", (*path, "answer"), "the answer is neither, but `instead` is missing", hint, key=True)
    if answer and answer != [NEITHER] and instead is not None:
        message = "`instead` goes with the answer `neither`, and only with it"
        yield record.at("C411", (*path, "instead"), message, "Delete `instead`, or answer [neither].", key=True)
    yield from _stray_answers(record, scenario, path, options)
    if not isinstance(flip := child(scenario, "flip"), Mapping):
        return
    where: Path = (*path, "flip")
    replaced = " ".join((text_of(flip, "replace") or "").split())
    if replaced and marked and replaced not in marked:
        message = f"`{replaced[:80]}` is not a marked phrase of the scenario"
        yield record.at("C411", (*where, "replace"), message, f"Marked: {'; '.join(marked)}.")
    flipped = [id for _, id in texts_of(flip, "answer")]
    if flipped and set(flipped) == set(answer):
        hint = "Change the phrase or the answer."
        yield record.at("C411", (*where, "answer"), "the flip does not change the answer", hint)
    yield from _stray_answers(record, flip, where, options)


def _unknown_key_in(record: Record, path: Path) -> bool:
    return any(found.code == "R301" and found.field[:-1] == path for found in record.found)


def _stray_answers(record: Record, node: Mapping, path: Path, options: set[str]) -> Iterator[Diagnostic]:
    answers = texts_of(node, "answer")
    for index, answer in answers:
        at: Path = (*path, "answer", index)
        if answer == NEITHER and len(answers) > 1:
            yield record.at("C411", at, "`neither` stands beside another answer", "Keep one of the two.")
        elif options and answer not in options and answer != NEITHER and not record.finds(at):
            guess = nearest(answer, options)
            hint = f"Did you mean `{guess}`?" if guess else f"Options: {', '.join(sorted(options))}, or [neither]."
            yield record.at("C411", at, f"`{answer[:64]}` is not an option of this decision", hint)


RULES: tuple[Rule, ...] = (
    claims_cite,
    citations_and_evidence_agree,
    brackets_are_links,
    rows_fit_columns,
    nothing_twice,
    not_itself,
    days_are_past,
    exam_adds_up,
    items_have_answers,
    scenarios_decide,
    no_foreign_text,
)


def check_record(record: Record, today: date) -> Iterator[Diagnostic]:
    """All findings of all rules."""
    return (diagnostic for rule in RULES for diagnostic in rule(record, today))
