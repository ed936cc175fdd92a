"""Rules on exams: weights add up, numbers count on."""

from collections.abc import Iterator
from datetime import date

from generator.check.record import Record
from generator.diagnostics.diagnostic import Diagnostic
from generator.diagnostics.place import Path
from generator.read.tree import (
    Node,
    items_of,
    text_of,
)


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
