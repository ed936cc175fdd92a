"""YAML text to a tree of nodes, from PyYAML's event stream. No constructor runs and no value is interpreted."""

import re
from collections.abc import Iterator
from typing import Protocol, cast

import yaml

from generator.diagnostics.diagnostic import Diagnostic
from generator.diagnostics.place import Path, Span
from generator.read.syntax import explain
from generator.read.text import describe, hidden_character
from generator.read.tree import Entry, Mapping, Node, Scalar, Sequence

MAX_DEPTH = 32
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ONE_RECORD = "Keep one record per file; delete the `---` or `...` and what follows it."
_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_CUT = re.compile(r"[ \t]+#[^\s]")
_ESCAPE = re.compile(r"\\(?:x(\w{2})|u(\w{4})|U(\w{8})|(.))")
_CONTROLS = {"0": "\0", "a": "\a", "b": "\b", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b"}
_CONTROLS |= {"N": "\x85", "L": "\u2028", "P": "\u2029"}


def parse(text: str, file: str) -> tuple[Node | None, list[Diagnostic]]:
    """The document's tree, or None where it has none, and what is wrong with it."""
    text = text if text.endswith("\n") else f"{text}\n"  # marks may stand past the last line
    composer = _Composer(text, file)
    try:
        node = composer.document(_LOADER(text))
    except yaml.YAMLError as error:
        composer.syntax_error(error)
        node = None
    except _Stop:
        node = None
    return node, composer.found


class _Mark(Protocol):
    """Where PyYAML saw something; counts from 0."""

    line: int
    column: int


class _Stop(Exception):
    """Raised where nothing sensible can be read any further."""


class _Composer:
    """Folds events into nodes with a stack of its own; keeps what it finds wrong."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.file = file
        self.found: list[Diagnostic] = []
        self.events: Iterator[yaml.Event] = iter(())
        self.depth = 0
        self.last: yaml.Event | None = None

    def document(self, loader: yaml.SafeLoader | yaml.CSafeLoader) -> Node | None:
        self.events = iter(loader.get_event, None)
        root: Node | None = None
        documents = 0
        try:
            for event in self.events:
                if isinstance(event, yaml.DocumentStartEvent):
                    documents += 1
                    if documents > 1:
                        self.report("Y205", event, "a second document starts here", _ONE_RECORD)
                        raise _Stop
                elif isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent, yaml.AliasEvent)):
                    root = self.node(event, ())
        except yaml.YAMLError as error:
            if not documents or "<document start>" not in str(error):
                raise
            fault = explain(error, self.lines, None)
            message = "something follows `...`, which ends the record"
            self.found.append(Diagnostic("Y205", self.file, fault.span, (), message, _ONE_RECORD))
            raise _Stop from None
        return root

    def node(self, event: yaml.Event, path: Path) -> Node:
        self.refuse_extras(event, path)
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event, path)
        if isinstance(event, yaml.AliasEvent):
            return Scalar(None, _span(event))
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.report("Y206", event, f"more than {MAX_DEPTH} levels", "Check brackets and indentation.", path)
            raise _Stop
        node = self.mapping(event, path) if isinstance(event, yaml.MappingStartEvent) else self.sequence(event, path)
        self.depth -= 1
        return node

    def scalar(self, event: yaml.ScalarEvent, path: Path) -> Scalar:
        plain = event.style is None or event.style == ""
        value = None if plain and event.value in _NULL else event.value
        if event.style == '"':
            self.refuse_escapes(event, path)
        self.last = event
        if plain and value is not None:
            self.warn_cut(cast(_Mark, event.end_mark), path)
        return Scalar(value, _span(event))

    def mapping(self, start: yaml.Event, path: Path) -> Mapping:
        entries: dict[str, Entry] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if isinstance(event, yaml.AliasEvent):
                self.refuse_extras(event, path)
                raise _Stop
            if not isinstance(event, yaml.ScalarEvent):
                hint = "Quote the key, or check brackets and indentation."
                self.report("Y207", event, "a key is a list or a mapping", hint, path)
                raise _Stop
            key = Scalar(event.value, _span(event))
            self.last = event
            self.refuse_extras(event, (*path, event.value))
            if event.style == '"':
                self.refuse_escapes(event, (*path, event.value))
            if event.value == "" and event.style in (None, ""):
                hint = "Write the key, or put the text in quotes if the colon belongs to it."
                self.report("Y207", event, "there is no key before the colon", hint, path)
                self.node(next(self.events), (*path, ""))
                continue
            if event.value == "<<" and event.style in (None, ""):
                self.report(
                    "Y203", event, "`<<` merges another mapping into this one", "Write the keys out.", (*path, "<<")
                )
            value = self.node(next(self.events), (*path, event.value))
            if event.value in entries:
                first = entries[event.value].key.span
                self.report(
                    "Y202",
                    event,
                    f"key `{event.value[:40]}` was given before, in line {first.line}",
                    "Keep one of the two, or merge their values.",
                    (*path, event.value),
                )
            else:
                entries[event.value] = Entry(key, value)
        return Mapping(entries, _between(start, event))

    def sequence(self, start: yaml.Event, path: Path) -> Sequence:
        items: list[Node] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self.node(event, (*path, len(items))))
        return Sequence(tuple(items), _between(start, event))

    def refuse_extras(self, event: yaml.Event, path: Path) -> None:
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor is not None:
            mark, name = ("*", "alias") if isinstance(event, yaml.AliasEvent) else ("&", "anchor")
            hint = f"If the text starts with {mark}, put it in quotes; otherwise write the value out."
            self.report("Y203", event, f"`{mark}{anchor}` is a YAML {name}", hint, path, f"{mark}{anchor}")
        if tag is not None:
            shown = tag.replace("tag:yaml.org,2002:", "!!")
            hint = "Delete it; if the text starts with !, put it in quotes."
            self.report("Y204", event, f"`{shown}` is a YAML tag", hint, path, "!")

    def refuse_escapes(self, event: yaml.ScalarEvent, path: Path) -> None:
        """What may not stand in a record as it is may not stand there as an escape either."""
        span = _span(event)
        for line in range(span.line, span.end_line + 1):
            row = self.lines[line - 1]
            start = span.column if line == span.line else 0
            end = span.end_column - 1 if line == span.end_line else len(row)
            for match in _ESCAPE.finditer(row, start, end):
                digits = match[1] or match[2] or match[3]
                character = chr(int(digits, 16)) if digits else _CONTROLS.get(match[4], "")
                if (hidden_character(character) and character not in "\u200c\u200d") or character == "\r":
                    self.found.append(
                        Diagnostic(
                            "F104",
                            self.file,
                            Span(line, match.start() + 1, line, match.end() + 1),
                            path,
                            f"the escape `{match[0]}` stands for {describe(character)}, which is not allowed",
                            "Delete the escape.",
                        )
                    )

    def warn_cut(self, end: _Mark, path: Path) -> None:
        """`issue #12` reads as `issue`: PyYAML drops the rest without a word."""
        rest = self.lines[end.line][end.column :] if end.line < len(self.lines) else ""
        if match := _CUT.match(rest):
            start = end.column + match.end() - 1
            self.found.append(
                Diagnostic(
                    "Y208",
                    self.file,
                    Span(end.line + 1, start, end.line + 1, end.column + len(rest.rstrip()) + 1),
                    path,
                    f"everything from ` {rest.strip()[:20]}` on is a comment",
                    "Put the value in quotes to keep it.",
                )
            )

    def syntax_error(self, error: yaml.YAMLError) -> None:
        fault = explain(error, self.lines, _span(self.last) if self.last else None)
        cuts = [d for d in self.found if d.code == "Y208" and d.span.end_line == fault.span.line]
        self.found = [d for d in self.found if d not in cuts]
        self.found.append(Diagnostic("Y201", self.file, fault.span, (), fault.message, fault.hint))

    def report(self, code: str, event: yaml.Event, message: str, hint: str, path: Path = (), token: str = "") -> None:
        """A finding at an event; with a token, at the first place from there on that spells it."""
        span = _span(event)
        column = self.lines[span.line - 1].find(token, span.column - 1) + 1 if span.line <= len(self.lines) else 0
        if token and column:
            end = re.compile(r"\S+").match(self.lines[span.line - 1], column - 1)
            span = Span(span.line, column, span.line, end.end() + 1 if end else column + 1)
        self.found.append(Diagnostic(code, self.file, span, path, message, hint))


def _span(event: yaml.Event) -> Span:
    return _between(event, event)


def _between(start: yaml.Event, end: yaml.Event) -> Span:
    first, last = cast(_Mark, start.start_mark), cast(_Mark, end.end_mark)
    return Span(first.line + 1, first.column + 1, last.line + 1, last.column + 1)
