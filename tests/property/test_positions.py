"""An error put at any node of any valid record is reported at that node, and nowhere else.

The text of a record is edited by the place of its nodes, never dumped anew: comments, quotes and folding stay.
First come edits that change no meaning (other quotes, flow for block, comments, letters that take several bytes), then
one that the model refuses. What stands at fault is known from the edit itself, not from the reader under test.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path as FilePath
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

import pytest
import yaml
from hypothesis import Phase, given, note, settings
from hypothesis import strategies as st
from pydantic.fields import FieldInfo

from generator.check.load import load
from generator.diagnostics.diagnostic import Diagnostic
from generator.diagnostics.place import Path
from generator.model.fields import Model
from generator.model.kinds import BY_FOLDER
from tests.conftest import LIBRARY, ROOT, TODAY

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
SMALL = {path.relative_to(LIBRARY).as_posix(): path.read_text("utf-8") for path in sorted(LIBRARY.rglob("*.yml"))}
REAL = {
    file: (ROOT / "content" / file).read_text("utf-8")
    for file in (
        "concepts/embeddings.yml",
        "concepts/instruction-tuning.yml",
        "decisions/fine-tuning-or-rag.yml",
        "exams/aif-c01.yml",
        "services/amazon-bedrock.yml",
        "sources/aif-c01-guide.yml",
    )
}
FILLER = " and so on" * 220
WIDE = " é漢😀"
PHASES = (Phase.reuse, Phase.generate)
"""No shrinking: it takes minutes, and every fault is small already."""


# --- what the model wants at each node of a record --------------------------------------------------------------------


class Wanted(NamedTuple):
    """What a field takes: its bare type, and the limits on it."""

    base: Any
    limits: dict[str, Any]


def wanted(annotation: Any) -> Wanted:
    """Strips an annotation of its metadata and of None."""
    limits: dict[str, Any] = {}
    if get_origin(annotation) is Annotated:
        annotation, *metadata = get_args(annotation)
        for item in metadata:
            for part in item.metadata if isinstance(item, FieldInfo) else [item]:
                for name in ("min_length", "max_length", "pattern", "ge", "func"):
                    if (value := getattr(part, name, None)) is not None:
                        limits[getattr(value, "__name__", "") if name == "func" else name] = value
    if get_origin(annotation) in (Union, UnionType):
        members = [member for member in get_args(annotation) if member is not NoneType]
        if len(members) == 1:
            inner = wanted(members[0])
            return Wanted(inner.base, inner.limits | limits)
    return Wanted(annotation, limits)


@cache
def hints(model: type[Model]) -> dict[str, Any]:
    return get_type_hints(model, include_extras=True)


def is_model(base: Any) -> bool:
    return isinstance(base, type) and issubclass(base, Model)


def member(base: Any, node: yaml.Node) -> Any:
    """The model that a node follows, where there are several: the one that its `type` names."""
    if get_origin(base) not in (Union, UnionType):
        return base
    named = plain_data(node)["type"]
    return next(model for model in get_args(base) if named in get_args(hints(model)["type"]))


@dataclass(frozen=True, eq=False)
class Spot:
    """A node of a record, where it stands in the text, and what the model wants there."""

    path: Path
    wanted: Wanted
    value: yaml.Node
    key: yaml.Node | None = None
    """The key that the value belongs to; None for an item of a list and for the record."""
    parent: "Spot | None" = None
    in_flow: bool = False

    @property
    def start(self) -> int:
        return self.value.start_mark.index

    @property
    def indent(self) -> str:
        """Enough to stand below this node's parent."""
        return " " * (self.parent.value.start_mark.column + 2 if self.parent else 2)


@lru_cache(maxsize=256)
def spots(text: str, model: type[Model]) -> tuple[Spot, ...]:
    """Every node of a valid record."""
    return tuple(visit(Spot((), Wanted(model, {}), yaml.compose(text, LOADER))))


def visit(spot: Spot) -> Iterator[Spot]:
    base = member(spot.wanted.base, spot.value)
    spot = Spot(spot.path, Wanted(base, spot.wanted.limits), spot.value, spot.key, spot.parent, spot.in_flow)
    yield spot
    flow = spot.in_flow or bool(getattr(spot.value, "flow_style", False))
    if isinstance(spot.value, yaml.SequenceNode):
        for index, item in enumerate(spot.value.value):
            yield from visit(Spot((*spot.path, index), wanted(get_args(base)[0]), item, None, spot, flow))
    elif isinstance(spot.value, yaml.MappingNode):
        for key, value in spot.value.value:
            kind = hints(base)[key.value] if is_model(base) else get_args(base)[1]
            yield from visit(Spot((*spot.path, key.value), wanted(kind), value, key, spot, flow))


def end_of(text: str, node: yaml.Node) -> int:
    """Where a node's own text ends: before the comments, blank lines and line break that follow it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style:
        last = node.value[-1]
        return end_of(text, last[1] if isinstance(last, tuple) else last)
    start, end = node.start_mark.index, node.end_mark.index
    return start + len(text[start:end].rstrip())


def plain_data(node: yaml.Node) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [plain_data(item) for item in node.value]
    return {key.value: plain_data(value) for key, value in node.value}


# --- how a text can be spelled ----------------------------------------------------------------------------------------


def spellings(value: str, indent: str, in_flow: bool) -> dict[str, str]:
    """The ways to write a text in YAML that read back as that text."""
    folded = value.replace("\n", "\n\n").replace(" ", f"\n{indent}", 1)
    ways = {
        "plain": value,
        "plain over lines": re.sub(r"(?<=\w) (?=\w)", f"\n{indent}", value, count=1),
        "single": "'" + value.replace("'", "''").replace("\n", "\n\n") + "'",
        "double": json.dumps(value, ensure_ascii=False),
        "double over lines": json.dumps(value, ensure_ascii=False).replace(" ", f"\n{indent}", 1),
    }
    if not in_flow:
        ways["literal"] = "|-\n" + "\n".join(indent + line for line in value.split("\n"))
        ways["folded"] = f">-\n{indent}{folded}"
    return {name: way for name, way in ways.items() if reads_back(way, value, indent, in_flow)}


def reads_back(way: str, value: str, indent: str, in_flow: bool) -> bool:
    outer = indent[:-2]
    text = f"{outer}x: {{k: {way}, z: y}}\n" if in_flow else f"{outer}k: {way}\n{outer}z: y\n"
    try:
        data = yaml.load(text, yaml.CBaseLoader)
    except yaml.YAMLError:
        return False
    quoted = way.startswith(('"', "'", "|", ">"))
    return (data["x"] if in_flow else data) == {"k": value, "z": "y"} and (quoted or value not in NULLS)


NULLS = ("", "~", "null")


# --- edits that change no meaning -------------------------------------------------------------------------------------


def alone_to_the_line_end(text: str, spot: Spot) -> bool:
    return not text[end_of(text, spot.value) :].split("\n", 1)[0].strip()


def harmless(draw: Any, text: str, model: type[Model]) -> str:
    """The same record, written another way."""
    spot = draw(st.sampled_from(spots(text, model)[1:]))
    start, end = spot.start, end_of(text, spot.value)
    edit = draw(st.sampled_from(["respell", "flow", "comment above", "comment behind", "wide letters"]))
    scalar = isinstance(spot.value, yaml.ScalarNode)
    if edit == "respell" and scalar:
        ways = spellings(spot.value.value, spot.indent, spot.in_flow or not alone_to_the_line_end(text, spot))
        if ways:
            return text[:start] + ways[draw(st.sampled_from(sorted(ways)))] + text[end:]
    if edit == "flow" and not scalar and not spot.in_flow:
        flat = json.dumps(plain_data(spot.value), ensure_ascii=False)
        return (
            text[: spot.key.end_mark.index] + f": {flat}" + text[end:] if spot.key else text[:start] + flat + text[end:]
        )
    if edit == "comment above" and spot.key and not spot.in_flow:
        line = text.rfind("\n", 0, spot.key.start_mark.index) + 1
        if not text[line : spot.key.start_mark.index].strip():
            return f"{text[:line]}{text[line : spot.key.start_mark.index]}# {WIDE}: [note]\n{text[line:]}"
    if edit == "comment behind" and scalar and spot.value.style not in ("|", ">") and alone_to_the_line_end(text, spot):
        return f"{text[:end]}  # a note{WIDE}{text[end:]}"
    if edit == "wide letters" and scalar and spot.wanted.limits.get("max_length", 0) >= 300 and is_prose(spot):
        if spot.value.style in ("|", ">"):
            return text[:end] + WIDE + text[end:]
        return text[:start] + json.dumps(spot.value.value + WIDE, ensure_ascii=False) + text[end:]
    return text


def is_prose(spot: Spot) -> bool:
    limits = spot.wanted.limits
    return "pattern" not in limits and "_https" not in limits and len(spot.value.value) + 8 < limits["max_length"]


# --- edits that the model refuses -------------------------------------------------------------------------------------


class Fault(NamedTuple):
    """A changed text, and the finding it must lead to."""

    name: str
    text: str
    offset: int
    """Where the fault stands in the changed text."""
    path: Path
    codes: tuple[str, ...]


def faults(text: str, spot: Spot) -> Iterator[Fault]:
    """Everything that can be wrong with one node."""
    if spot.parent:
        yield from wrong_values(text, spot)
    if spot.key and spot.parent:
        yield from wrong_keys(text, spot)


def wrong_values(text: str, spot: Spot) -> Iterator[Fault]:
    start, end = spot.start, end_of(text, spot.value)
    head = text[:start]
    if spot.key and isinstance(spot.value, yaml.CollectionNode) and not spot.value.flow_style:
        head = text[: spot.key.end_mark.index] + ": "

    def put(name: str, value: str, *codes: str) -> Fault:
        return Fault(name, head + value + text[end:], len(head), spot.path, codes)

    def texts(name: str, value: str, *codes: str) -> Iterator[Fault]:
        block = not spot.in_flow and alone_to_the_line_end(text, spot)
        for way, spelled in spellings(value, spot.indent, not block).items():
            yield put(f"{name} ({way})", spelled, *codes)

    base, limits = spot.wanted
    for null in ("~", "null"):
        yield put(f"null ({null})", null, "R304")
    if spot.key and not spot.in_flow:
        before = text[: spot.key.end_mark.index] + ":"
        yield Fault("nothing", before + text[end:], spot.key.start_mark.index, spot.path, ("R304",))
    data = json.dumps(plain_data(spot.value), ensure_ascii=False)
    if get_origin(base) is tuple:
        yield from texts("text for a list", "some words", "R303")
        yield put("keys for a list", f"{{zz: {data}}}", "R303")
        if limits.get("min_length") == 1:
            yield put("no items", "[]", "R304")
        return
    if get_origin(base) is dict or is_model(base):
        yield from texts("text for keys", "some words", "R303")
        yield put("list for keys", f"[{data}]", "R303")
        if limits.get("min_length") == 1:
            yield put("no keys", "{}", "R304")
        return
    yield put("keys for a value", f"{{zz: {data}}}", "R303", "R306")
    yield put("list for a value", f"[{data}]", "R303", "R306")
    if get_origin(base) is Literal:
        yield from texts("no choice", "such a word", "R306")
    elif base is int:
        yield from texts("no number", "so many", "R303")
        if "ge" in limits:
            yield from texts("too small", "-1", "R303", "R307")
    elif base is bool:
        yield from texts("neither true nor false", "so so", "R303")
    elif base is date:
        yield from texts("no such day", "2026-02-30", "R307")
        yield from texts("no day", "last week", "R307")
    elif "pattern" in limits:
        yield from texts("ill-formed", "Not so!", "R307")
    elif "_https" in limits:
        yield from texts("no address", "http://docs.example.com/", "R307")
    else:
        if limits.get("min_length"):
            yield from texts("empty", "", "R304")
        if "max_length" in limits:
            yield from texts("too long", spot.value.value.strip() + FILLER, "R305")
        if "_one_line" in limits:
            yield from texts("two lines", spot.value.value.strip() + "\nand more", "R307")


def wrong_keys(text: str, spot: Spot) -> Iterator[Fault]:
    key, owner = spot.key, spot.parent
    assert key and owner
    start, end = key.start_mark.index, key.end_mark.index

    base = owner.wanted.base
    siblings = [k.value for k, _ in owner.value.value]

    def rename(name: str, to: str, code: str, quote: str = "") -> Iterator[Fault]:
        if to not in siblings:
            yield Fault(name, text[:start] + quote + to + quote + text[end:], start, (*owner.path, to), (code,))

    if not is_model(base):
        yield from rename("ill-formed key", "Not so", "R307")
        if "max_length" in wanted(get_args(base)[0]).limits:
            yield from rename("too long key", "very-" * 20 + "long", "R305")
        return
    yield from rename("slip in a key", key.value + key.value[-1], "R301")
    yield from rename("slip in a quoted key", f"{key.value}s", "R301", '"')
    if not base.model_fields[key.value].is_required():
        yield from rename("unknown key", "zzz", "R301")
    elif len(siblings) > 1:
        index = siblings.index(key.value)
        cut_start = end_of(text, owner.value.value[index - 1][1]) if index else start
        cut_end = end_of(text, spot.value) if index else owner.value.value[1][0].start_mark.index
        first = owner.value.value[0][0].start_mark.index
        where = owner.key.start_mark.index if owner.key else first if owner.parent else 0
        yield Fault("missing key", text[:cut_start] + text[cut_end:], where, spot.path, ("R302",))


# --- the property -----------------------------------------------------------------------------------------------------


class Bench:
    """A content folder in which one record is changed and all are checked."""

    def __init__(self, root: FilePath, files: dict[str, str]) -> None:
        self.root = root
        self.files = files
        for file, text in files.items():
            (root / file).parent.mkdir(parents=True, exist_ok=True)
            (root / file).write_text(text, "utf-8")

    def findings(self, file: str, data: bytes) -> list[Diagnostic]:
        """What is found in a file when it holds these bytes."""
        (self.root / file).write_bytes(data)
        try:
            return [d for d in load(self.root, TODAY).diagnostics if d.file == f"content/{file}"]
        finally:
            (self.root / file).write_text(self.files[file], "utf-8")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("positions") / "content", SMALL)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """Real records without those that they name."""
    return Bench(tmp_path_factory.mktemp("alone") / "content", REAL)


def saved(text: str, newline: str, mark: bool) -> bytes:
    return ("\ufeff" if mark else "").encode() + text.replace("\n", newline).encode()


def new(found: list[Diagnostic], before: list[Diagnostic]) -> list[Diagnostic]:
    """What the fault brought about. A renamed key moves findings that were there before, so fields do not count."""
    known = {(d.code, d.message) for d in before}
    return [d for d in found if (d.code, d.message) not in known]


def place(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def check(bench: Bench, data: st.DataObject) -> None:
    """Draws a record, another way to write it, and a fault in it; holds what is found against what was done."""
    file = data.draw(st.sampled_from(sorted(bench.files)))
    model = BY_FOLDER[file.split("/")[0]].model
    text = bench.files[file]
    before = bench.findings(file, text.encode())
    for _ in range(data.draw(st.integers(0, 4))):
        text = harmless(data.draw, text, model)
    newline, mark = data.draw(st.sampled_from(["\n", "\r\n", "\r"])), data.draw(st.booleans())
    note(text)
    assert new(bench.findings(file, saved(text, newline, mark)), before) == []

    choices = list(faults(text, data.draw(st.sampled_from(spots(text, model)[1:]))))
    fault = choices[data.draw(st.integers(0, len(choices) - 1))]
    note(f"{fault.name}\n{fault.text}")
    found = new(bench.findings(file, saved(fault.text, newline, mark)), before)
    line, column = place(fault.text, fault.offset)
    assert [(d.span.line, d.span.column, d.field) for d in found] == [(line, column, fault.path)]
    assert found[0].code in fault.codes


@given(data=st.data())
@settings(max_examples=120, deadline=None, phases=PHASES)
def test_a_fault_at_any_node_of_a_small_record_is_reported_there_and_nowhere_else(data, library):
    check(library, data)


@given(data=st.data())
@settings(max_examples=30, deadline=None, phases=PHASES)
def test_a_fault_at_any_node_of_a_real_record_is_reported_there_and_nowhere_else(data, alone):
    check(alone, data)
