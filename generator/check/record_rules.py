"""Rules that one record keeps by itself."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from generator.check.marks import TableMark
from generator.check.record import Record
from generator.diagnostics.diagnostic import Diagnostic
from generator.diagnostics.place import Path, Span
from generator.model.check import Choice
from generator.model.concept import Concept
from generator.model.decision import NEITHER, Decision, Scenario
from generator.model.exam import Exam
from generator.model.fields import Markup, Reference
from generator.model.markup import (
    Broken,
    Cite,
    Inline,
    Strong,
    Words,
    block_inlines,
    parse_blocks,
    parse_line,
    plain,
    walk,
)
from generator.read.tree import Mapping, Node, Sequence, scalars

Rule = Callable[[Record, date], Iterator[Diagnostic]]


def claims_cite(record: Record, today: date) -> Iterator[Diagnostic]:
    """Every block of a factual text, and every row of a table, cites evidence."""
    for text in record.texts:
        if isinstance(text.kind, Markup) and text.kind.claim:
            for number, (cited, opening) in enumerate(claims(text.text, text.kind.blocks), 1):
                if not cited:
                    which = f"paragraph {number} of `{text.field[-1]}`" if text.kind.blocks else "this line"
                    yield record.inside(
                        "C401",
                        text,
                        opening,
                        f"{which} states a fact but cites nothing",
                        "Add [^key] where the fact is stated, and the key to `evidence`.",
                    )
    for table in record.tables:
        for index, row in enumerate(table_rows(table)):
            cells = [s.text or "" for _, s in scalars(row)]
            if not any(isinstance(part, Cite) for cell in cells for part in walk(parse_line(cell))):
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
    rows = table.node.get("rows")
    return rows.value.items if rows and isinstance(rows.value, Sequence) else ()


def claims(text: str, blocks: bool) -> list[tuple[bool, str]]:
    """For each claim of a text (a paragraph, a list, a line): whether it cites evidence, and its first words."""
    parts = [block_inlines(block) for block in parse_blocks(text)] if blocks else [parse_line(text)]
    return [(any(isinstance(part, Cite) for part in walk(inlines)), _opening(inlines)) for inlines in parts]


def _opening(inlines: tuple[Inline, ...]) -> str:
    words = next((part.text for part in walk(inlines) if isinstance(part, Words) and part.text.strip()), "")
    return " ".join(words.split()[:2])


def citations_and_evidence_agree(record: Record, today: date) -> Iterator[Diagnostic]:
    """Every citation names a key of `evidence`; every key is cited."""
    if not isinstance(record.root, Mapping):
        return
    entry = record.root.get("evidence")
    given = entry.value.entries if entry and isinstance(entry.value, Mapping) else {}
    keys = {key: item.key.span for key, item in given.items()}
    cited: set[str] = set()
    for text in record.texts:
        if isinstance(text.kind, Markup):
            wanted = [p.key for p in walk(parse_line(text.text)) if isinstance(p, Cite)]
        elif text.kind.to == "evidence":
            wanted = [text.text]
        else:
            continue
        for key in wanted:
            if key not in keys and key not in cited:
                token = f"[^{key}]" if isinstance(text.kind, Markup) else key
                hint = f"Add `{key}` to `evidence`, or cite one of: {', '.join(keys) or 'none yet'}."
                yield record.inside("C402", text, token, f"`{key}` has no entry in `evidence`", hint)
            cited.add(key)
    for key, span in keys.items():
        if key not in cited and f"[^{key}]" not in record.source:
            yield Diagnostic(
                "C403",
                record.file,
                span,
                ("evidence", key),
                f"nothing cites `{key}`",
                f"Write [^{key}] where it proves something, or delete the entry.",
            )


def brackets_are_links(record: Record, today: date) -> Iterator[Diagnostic]:
    """`[[` and `[^` always start a link or a citation."""
    for text in record.texts:
        if isinstance(text.kind, Markup):
            for part in walk(parse_line(text.text)):
                if isinstance(part, Broken):
                    message = f"`{part.text[:24]}` is neither a link nor a citation"
                    hint = "Write [[concept-id]], [[concept-id|label]] or [^evidence-key]; ids are lower case."
                    yield record.inside("C405", text, part.text.split()[0], message, hint)


def rows_fit_columns(record: Record, today: date) -> Iterator[Diagnostic]:
    """Each row of a table has one cell per column."""
    for table in record.tables:
        columns = table.node.get("columns")
        if not (columns and isinstance(columns.value, Sequence)):
            continue
        width = len(columns.value.items)
        for index, row in enumerate(table_rows(table)):
            if isinstance(row, Sequence) and len(row.items) != width:
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
    if record.root is None:
        return
    seen: dict[tuple[Path, str], Span] = {}
    for path, scalar in scalars(record.root):
        lists_reference = len(path) >= 2 and isinstance(path[-1], int) and path[-2] in _LISTS_OF_IDS
        names_part = len(path) >= 2 and path[-1] == "id"
        if not (lists_reference or names_part) or scalar.text is None:
            continue
        scope = path[:-1] if lists_reference else path[:1]
        if first := seen.get((scope, scalar.text)):
            yield Diagnostic(
                "C407",
                record.file,
                scalar.span,
                path,
                f"`{scalar.text}` was given before, in line {first.line}",
                "Delete one of the two, or give it another id.",
            )
        seen.setdefault((scope, scalar.text), scalar.span)


_LISTS_OF_IDS = {"aliases", "former_ids", "services", "order", "requires", "related", "answer", "successors", "terms"}


def not_itself(record: Record, today: date) -> Iterator[Diagnostic]:
    """A concept does not require, relate to, get confused with or point away to itself."""
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


def days_are_past(record: Record, today: date) -> Iterator[Diagnostic]:
    """Nobody has checked a page tomorrow (one day of grace for time zones)."""
    evidence = getattr(record.contents, "evidence", {})
    for key, item in evidence.items():
        if item.checked > today + timedelta(days=1):
            yield record.at(
                "C404",
                ("evidence", key, "checked"),
                f"{item.checked} lies ahead of {today}",
                "Give the day of the reading.",
            )


def exam_adds_up(record: Record, today: date) -> Iterator[Diagnostic]:
    """Weights add up to 100; numbers count on; the code is the file name in upper case."""
    exam = record.contents
    if not isinstance(exam, Exam):
        return
    if exam.code.lower() != record.id:
        yield record.at(
            "C409", ("code",), f"code {exam.code} in file {record.id}.yml", f"Name the file {exam.code.lower()}.yml."
        )
    total = sum(domain.weight for domain in exam.domains)
    if total != 100:
        yield record.at("C409", ("domains",), f"the weights add up to {total}", "They add up to 100.", key=True)
    for d, domain in enumerate(exam.domains):
        for t, task in enumerate(domain.tasks):
            path: Path = ("domains", d, "tasks", t)
            wanted = f"{domain.number}.{t + 1}"
            if task.number != wanted:
                yield record.at(
                    "C409",
                    (*path, "number"),
                    f"found {task.number}; the next task is {wanted}",
                    "Number tasks in order.",
                )
            for o, objective in enumerate(task.objectives):
                wanted = f"{task.number}.{o + 1}"
                if objective.number != wanted:
                    yield record.at(
                        "C409",
                        (*path, "objectives", o, "number"),
                        f"found {objective.number}; the next objective is {wanted}",
                        "Number objectives in order.",
                    )


def items_have_answers(record: Record, today: date) -> Iterator[Diagnostic]:
    """`single` has one right option, `multiple` two or more and a wrong one; misconceptions named exist."""
    concept = record.contents
    if not isinstance(concept, Concept):
        return
    known = {misconception.id for misconception in concept.misconceptions}
    for index, check in enumerate(concept.checks):
        if not isinstance(check, Choice):
            continue
        right = sum(option.right for option in check.options)
        if check.type == "single" and right != 1:
            yield record.at(
                "C410",
                ("checks", index, "options"),
                f"{right} options are right",
                "`single` has exactly one.",
                key=True,
            )
        if check.type == "multiple" and not 2 <= right < len(check.options):
            yield record.at(
                "C410",
                ("checks", index, "options"),
                f"{right} of {len(check.options)} options are right",
                "`multiple` has two or more right and at least one wrong.",
                key=True,
            )
        for o, option in enumerate(check.options):
            if option.shows and option.shows not in known:
                yield record.at(
                    "L501",
                    ("checks", index, "options", o, "shows"),
                    f"there is no misconception `{option.shows}`",
                    f"Misconceptions of this record: {', '.join(sorted(known))}.",
                )


def scenarios_decide(record: Record, today: date) -> Iterator[Diagnostic]:
    """Answers are options; deciding phrases are marked; a flip replaces one of them and changes the answer."""
    decision = record.contents
    if not isinstance(decision, Decision):
        return
    options = {option.concept for option in decision.options}
    for index, scenario in enumerate(decision.scenarios):
        yield from _scenario(record, scenario, ("scenarios", index), options)


def _scenario(record: Record, scenario: Scenario, path: Path, options: set[str]) -> Iterator[Diagnostic]:
    marked = [plain(part.children) for part in parse_line(scenario.text) if isinstance(part, Strong)]
    if not marked:
        yield record.at("C411", (*path, "text"), "no phrase is marked", "Put ** around the phrases that decide.")
    if (scenario.answer == (NEITHER,)) != (scenario.instead is not None):
        yield record.at(
            "C411", path, "`instead` goes with the answer `neither`, and only with it", "Add or delete `instead`."
        )
    answers = [(scenario.answer, (*path, "answer"))]
    if flip := scenario.flip:
        answers.append((flip.answer, (*path, "flip", "answer")))
        if flip.replace not in marked:
            yield record.at(
                "C411",
                (*path, "flip", "replace"),
                f"`{flip.replace}` is not a marked phrase of the scenario",
                f"Marked: {'; '.join(marked) or 'none'}.",
            )
        if set(flip.answer) == set(scenario.answer):
            yield record.at(
                "C411",
                (*path, "flip", "answer"),
                "the flip does not change the answer",
                "Change the phrase or the answer.",
            )
    for answer, where in answers:
        stray = [a for a in answer if a not in options and not (a == NEITHER and len(answer) == 1)]
        if stray:
            yield record.at(
                "C411",
                where,
                f"`{stray[0]}` is not an option of this decision",
                f"Options: {', '.join(sorted(options))}, or [neither].",
            )


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
)


def check_record(record: Record, today: date) -> Iterator[Diagnostic]:
    """All findings of all rules."""
    return (diagnostic for rule in RULES for diagnostic in rule(record, today))
