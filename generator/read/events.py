"""YAML text to a tree of nodes, from PyYAML's event stream. No constructor runs and no value is interpreted."""

import re
from collections.abc import Iterator
from typing import Protocol, cast

import yaml

from generator.diagnostics.diagnostic import Diagnostic
from generator.diagnostics.place import Path, Span
from generator.read.text import hidden_character
from generator.read.tree import Entry, Mapping, Node, Scalar, Sequence

MAX_DEPTH = 32
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_CUT = re.compile(r"[ \t]+#[^\s]")


def parse(text: str, file: str) -> tuple[Node | None, list[Diagnostic]]:
    """The document's tree, or None where it has none, and what is wrong with it."""
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

    def document(self, loader: yaml.SafeLoader | yaml.CSafeLoader) -> Node | None:
        self.events = iter(loader.get_event, None)
        root: Node | None = None
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.report(
                        "Y205", event, "a second document starts here", "Keep one record per file; delete the `---`."
                    )
                    raise _Stop
            elif isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent, yaml.AliasEvent)):
                root = self.node(event, ())
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
        hidden = hidden_character(event.value) if event.style == '"' else None
        if hidden and not hidden_character(self.text):
            self.report(
                "F104", event, f"an escape stands for {hidden}, which is not allowed", "Delete the escape.", path
            )
        if plain and value is not None:
            self.warn_cut(cast(_Mark, event.end_mark), event, path)
        return Scalar(value, _span(event))

    def mapping(self, start: yaml.Event, path: Path) -> Mapping:
        entries: dict[str, Entry] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self.report(
                    "Y207",
                    event,
                    "a key is a list, a mapping or an alias",
                    "Quote the key, or check brackets and indentation.",
                    path,
                )
                raise _Stop
            key = Scalar(event.value, _span(event))
            self.refuse_extras(event, path)
            if event.value == "<<" and event.style in (None, ""):
                self.report("Y203", event, "`<<` merges another mapping into this one", "Write the keys out.", path)
            value = self.node(next(self.events), (*path, event.value))
            if event.value in entries:
                first = entries[event.value].key.span
                self.report(
                    "Y202",
                    event,
                    f"key `{event.value}` was given before, in line {first.line}",
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
            mark = "*" if isinstance(event, yaml.AliasEvent) else "&"
            self.report(
                "Y203",
                event,
                f"`{mark}{anchor}` is a YAML {'alias' if mark == '*' else 'anchor'}",
                f"If the text starts with {mark}, put it in quotes; otherwise write the value out.",
                path,
            )
        if tag not in (None, "!"):
            self.report(
                "Y204",
                event,
                f"`{tag}` is a YAML tag",
                "Delete it; if the text starts with !, put it in quotes.",
                path,
            )

    def warn_cut(self, end: _Mark, event: yaml.ScalarEvent, path: Path) -> None:
        """`issue #12` reads as `issue`: PyYAML drops the rest without a word."""
        rest = self.lines[end.line][end.column :] if end.line < len(self.lines) else ""
        if _CUT.match(rest):
            self.report(
                "Y208",
                event,
                f"everything from ` {rest.strip()[:20]}` on is a comment",
                "Put the value in quotes to keep it.",
                path,
            )

    def syntax_error(self, error: yaml.YAMLError) -> None:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        line = min(line, len(self.lines))
        problem = getattr(error, "problem", None) or str(error).split("\n")[0]
        context = getattr(error, "context", None)
        hint = "Check indentation, quotes and colons here and in the line above."
        if "\t" in self.lines[line - 1]:
            hint = "Replace the tab by spaces: YAML does not indent with tabs."
        elif "mapping values are not allowed" in problem:
            hint = "Put the text in quotes: it holds a colon and a space."
        elif "flow" in (context or ""):
            hint = "Put the text in quotes: inside { } and [ ], brackets and commas belong to YAML."
        self.found.append(
            Diagnostic(
                "Y201",
                self.file,
                Span(line, column, line, column + 1),
                (),
                f"{problem} {context}".strip() if context else problem,
                hint,
            )
        )

    def report(self, code: str, event: yaml.Event, message: str, hint: str, path: Path = ()) -> None:
        self.found.append(Diagnostic(code, self.file, _span(event), path, message, hint))


def _span(event: yaml.Event) -> Span:
    return _between(event, event)


def _between(start: yaml.Event, end: yaml.Event) -> Span:
    first, last = cast(_Mark, start.start_mark), cast(_Mark, end.end_mark)
    return Span(first.line + 1, first.column + 1, last.line + 1, last.column + 1)
