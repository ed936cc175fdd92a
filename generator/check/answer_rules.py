"""Rules on practice: items and scenarios have the answers they need, and flips change them."""

from collections.abc import Iterator
from datetime import date

from generator.check.guess import nearest
from generator.check.record import Record
from generator.diagnostics.diagnostic import Diagnostic
from generator.diagnostics.place import Path
from generator.model.decision import NEITHER
from generator.model.markup import marked
from generator.read.tree import (
    Mapping,
    child,
    items_of,
    text_of,
    texts_of,
)


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
    phrases = marked(text)
    if not phrases and text.strip():
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
    if replaced and phrases and replaced not in phrases:
        message = f"`{replaced[:80]}` is not a marked phrase of the scenario"
        yield record.at("C411", (*where, "replace"), message, f"Marked: {'; '.join(phrases)}.")
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
