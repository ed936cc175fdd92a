"""The editor's schemas: they accept what the models accept, explain every field, and are committed as they are made."""

import json
import re
from collections.abc import Iterator
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Annotated, Any

import pytest
import yaml
from jsonschema import Draft7Validator
from pydantic import AfterValidator, ValidationError
from referencing import Registry, Resource

from generator.author.schema import drifted, write
from generator.check.load import load
from generator.model.fields import Model
from generator.model.kinds import BY_FOLDER, KINDS, RecordKind
from generator.present.data.schema import IDS_FILE, ids_schema, schema_of
from tests.conftest import LIBRARY, ROOT, TODAY

SCHEMAS = ROOT / "schemas"
CONTENT = ROOT / "content"
EVERY_KIND = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
CONCEPT = next(kind for kind in KINDS if kind.name == "concept")


class Editor(yaml.CBaseLoader):
    """Types values as an editor does: YAML 1.2, core schema."""


for name, pattern, construct in (
    ("null", r"(~|null|Null|NULL|)", lambda text: None),
    ("bool", r"(true|True|TRUE|false|False|FALSE)", lambda text: text.lower() == "true"),
    ("int", r"[-+]?[0-9]+", int),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", float),
):
    tag = f"tag:yaml.org,2002:{name}"
    Editor.add_implicit_resolver(tag, re.compile(f"{pattern}$"), None)
    Editor.add_constructor(tag, lambda loader, node, construct=construct: construct(loader.construct_scalar(node)))


def as_an_editor_reads(file: Path) -> Any:
    return yaml.load(file.read_text(encoding="utf-8"), Editor)


def validator(kind: RecordKind, ids: dict[str, Any] | None = None) -> Draft7Validator:
    ids = ids or ids_schema(load(LIBRARY, TODAY).library)
    registry = Registry().with_resource(IDS_FILE, Resource.from_contents(ids))
    return Draft7Validator(schema_of(kind), registry=registry, format_checker=Draft7Validator.FORMAT_CHECKER)


def as_typed(data: Any) -> Any:
    """The record as the generator reads it: every single value is the text that was typed."""
    if isinstance(data, dict):
        return {key: as_typed(value) for key, value in data.items()}
    if isinstance(data, list):
        return tuple(as_typed(item) for item in data)
    return str(data).lower() if isinstance(data, bool) else str(data)


def has_null(data: Any) -> bool:
    values = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return data is None or any(has_null(value) for value in values)


def model_accepts(kind: RecordKind, data: Any) -> bool:
    """Whether the record fits its model. A key without a value never does (R304), optional or not."""
    if has_null(data):
        return False
    try:
        kind.model.model_validate(as_typed(data))
    except ValidationError:
        return False
    return True


def places(data: Any, seen: set[Any], way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, Any]]:
    """Every list or mapping of a record with its keys; of items of one form the first, of places seen before none."""
    for key, value in list(data.items() if isinstance(data, dict) else enumerate(data)):
        step = key if isinstance(data, dict) else frozenset(value if isinstance(value, dict) else ())
        if (*way, step) not in seen:
            seen.add((*way, step))
            yield data, key
            if isinstance(value, dict | list):
                yield from places(value, seen, (*way, step))


SLIPS: tuple[Any, ...] = (
    "",
    " ",
    "a-b",
    "A--b",
    "two\nlines",
    "x" * 290,
    "x" * 5000,
    None,
    [],
    ["a-b"],
    {},
    {"a-b": "c"},
)
"""What any value may become by mistake. No text here looks like a number: see the test of those."""


def with_slips(data: Any, seen: set[Any]) -> Iterator[str]:
    """Makes one mistake after the other in the record, and says what it is now; the last is taken back."""
    for parent, key in list(places(data, seen)):
        value = parent[key]
        for slip in SLIPS:
            parent[key] = slip
            yield f"`{key}` is {str(slip)[:40]!r}"
        parent[key] = value
        if isinstance(parent, dict):
            del parent[key]
            yield f"`{key}` is missing"
            parent.update({key: value, "unknown": "x"})
            yield f"`unknown` stands beside `{key}`"
            del parent["unknown"]


@EVERY_KIND
def test_schema_and_model_agree_on_every_slip(kind):
    accepts = validator(kind).is_valid
    verdicts, seen = set(), set()
    for file in sorted((LIBRARY / kind.folder).iterdir()):
        record = as_an_editor_reads(file)
        for slip in with_slips(record, seen):
            by_model = model_accepts(kind, record)
            assert accepts(record) == by_model, (
                f"{file.name}: {slip}: {'valid' if by_model else 'not valid'} to the model"
            )
            verdicts.add(by_model)
    assert verdicts == {True, False}


FORMS = {
    ("concept", "name"): ("x" * 80, "x" * 81, "x" * 80 + "\n", "two\nlines", "one line\n", "\none line", "a", "\n"),
    ("concept", "definition"): (
        "x[^trains]" * 200,
        "x[^trains]" * 200 + "\n",
        "x[^trains]" * 201,
        "two\n\nparts[^trains]",
    ),
    ("service", "url"): (
        "https://docs.example.com",
        "https://docs.example.com/a?b=c#d",
        "https://docs.example.com?b",
        "https://docs.example.com/a_(b)!,;$*",
        "https://a.b-c.com/",
        "https://a.-b.com/",
        "http://docs.example.com/",
        "HTTPS://docs.example.com/",
        "https://DOCS.example.com/",
        "https://docs.example.com:80/",
        "https://me@docs.example.com/",
        "https://docs.example.com@evil.com/",
        "https://127.0.0.1/",
        "https://localhost/",
        "https://docs.example.com/a b",
        "https://docs.example.com/<b>",
        "https://docs.example.com/é",
        "https://docs.example.com/" + "a" * 275,
        "https://docs.example.com/" + "a" * 276,
    ),
    ("exam", "code"): ("ABC-C01", "ABC-C1", "abc-c01", "ABC-C011"),
    ("exam", "domains", 0, "weight"): (0, 1, 100, 101, -1, 1.5, "many", True),
    ("exam", "domains", 0, "number"): (0, 999_999_999, 1_000_000_000, -1),
    ("exam", "domains", 0, "tasks", 0, "number"): ("1.1", "1", "1.1.1", "a.b", "111.1"),
    ("exam", "domains", 0, "tasks", 0, "objectives", 0, "number"): ("1.1.1", "1.1", "1.1.1.1", "v1.1.1"),
    ("exam", "guide", "dated"): ("2026-02-28", "2026-02-30", "2026-2-28", "28.2.2026", "2026-02-28T00:00"),
    ("source", "pages", "guide-tuning", "text_dated"): ("2026-09", "2026-13", "2026-9", "2026"),
    ("concept", "checks", 0, "options", 0, "right"): (True, False, "yes", "on"),
    ("concept", "checks", 0, "type"): ("single", "multiple", "ordering", "Single", "none"),
    ("concept", "related"): (["a"], ["a" * 64], ["a" * 65], ["a_b"], ["9a"], ["a-"]),
}
"""Values on both sides of the limits of every form, per kind and place."""


@pytest.mark.parametrize("place", FORMS, ids=lambda place: ".".join(map(str, place)))
def test_schema_and_model_agree_on_every_form(place):
    name, *way, key = place
    kind = next(kind for kind in KINDS if kind.name == name)
    record = as_an_editor_reads(next(f for f in sorted((LIBRARY / kind.folder).iterdir(), reverse=True)))
    parent = reduce(getitem, way, record)
    accepts = validator(kind).is_valid
    verdicts = set()
    for value in FORMS[place]:
        parent[key] = value
        assert accepts(record) == model_accepts(kind, record), f"{value!r}"
        verdicts.add(accepts(record))
    assert verdicts == {True, False}


@pytest.mark.parametrize("folder", BY_FOLDER)
def test_every_record_is_valid_to_an_editor(folder):
    accepts = validator(BY_FOLDER[folder])
    files = [*(CONTENT / folder).glob("*.yml"), *(LIBRARY / folder).glob("*.yml")]
    found = [
        f"{f.name}: {error.json_path}: {error.message}"
        for f in files
        for error in accepts.iter_errors(as_an_editor_reads(f))
    ]
    assert files
    assert found == []


def test_a_number_where_text_belongs_is_for_the_editor_to_refuse():
    record = as_an_editor_reads(LIBRARY / "concepts/tuning.yml")
    record["aliases"] = [3.1]
    assert model_accepts(CONCEPT, record)
    assert [error.json_path for error in validator(CONCEPT).iter_errors(record)] == ["$.aliases[0]"]


def test_ids_are_offered_but_new_ones_are_accepted():
    ids = ids_schema(load(LIBRARY, TODAY).library)
    assert {name: found["anyOf"][0]["enum"] for name, found in ids["definitions"].items()} == {
        "concept": ["searching", "tuning"],
        "service": ["modelhub", "newhub"],
        "page": ["guide-search", "guide-tuning"],
    }
    record = as_an_editor_reads(LIBRARY / "concepts/tuning.yml")
    record["related"] = ["not-written-yet"]
    assert validator(CONCEPT, ids).is_valid(record)


def test_ids_of_broken_records_are_offered_too(content):
    path = content / "concepts/tuning.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("kind: technique", "kind: technic"), encoding="utf-8")
    ids = ids_schema(load(content, TODAY).library)
    assert "tuning" in ids["definitions"]["concept"]["anyOf"][0]["enum"]


def test_without_any_record_the_ids_are_a_valid_schema(tmp_path):
    ids = ids_schema(load(tmp_path, TODAY).library)
    Draft7Validator.check_schema(ids)
    assert validator(CONCEPT, ids).is_valid(as_an_editor_reads(LIBRARY / "concepts/tuning.yml"))


@pytest.mark.parametrize(
    ("kind", "place", "target"),
    (
        ("concept", ("properties", "related", "items"), "concept"),
        ("concept", ("properties", "services", "items"), "service"),
        ("concept", ("definitions", "SignalAgainst", "properties", "points_to", "allOf", 0), "concept"),
        ("decision", ("definitions", "Scenario", "properties", "instead", "allOf", 0), "concept"),
        ("decision", ("definitions", "Evidence", "properties", "source", "allOf", 0), "page"),
        ("exam", ("definitions", "Domain", "properties", "source", "allOf", 0), "page"),
        ("service", ("definitions", "Status", "properties", "successors", "items"), "service"),
    ),
)
def test_fields_that_hold_ids_refer_to_the_known_ones(kind, place, target):
    found: Any = schema_of(next(k for k in KINDS if k.name == kind))
    for step in place:
        found = found[step]
    assert found == {"$ref": f"{IDS_FILE}#/definitions/{target}"}


@EVERY_KIND
def test_a_schema_is_draft_07(kind):
    schema = schema_of(kind)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert "$defs" not in json.dumps(schema)
    Draft7Validator.check_schema(schema)


@EVERY_KIND
def test_every_field_is_explained_by_its_own_help(kind):
    schema = schema_of(kind)
    for part in (schema, *schema["definitions"].values()):
        assert part["additionalProperties"] is False
        for name, field in part["properties"].items():
            assert field.get("description"), name
            assert "$ref" not in field, f"{name}: draft-07 ignores help beside a $ref"
    for name, field in kind.model.model_fields.items():
        assert schema["properties"][name]["description"] == " ".join(field.description.split())


def test_a_check_that_no_schema_knows_is_not_forgotten():
    class Odd(Model):
        """A record with a check of its own."""

        name: Annotated[str, AfterValidator(str.upper)]
        """A name."""

    with pytest.raises(NotImplementedError, match="upper"):
        schema_of(RecordKind("concept", "concepts", Odd))


def test_the_committed_schemas_are_those_of_the_models():
    assert drifted(SCHEMAS) == [], "run: signpost schema"


def test_schemas_are_written_where_they_differ_and_nowhere_else(tmp_path):
    library = load(LIBRARY, TODAY).library
    folder = tmp_path / "schemas"
    names = {f"{kind.name}.schema.json" for kind in KINDS}
    assert {file.name for file in drifted(folder)} == names
    assert {file.name for file in write(folder, library)} == names | {IDS_FILE}
    assert write(folder, library) == []
    (folder / "concept.schema.json").write_text("{}")
    (folder / IDS_FILE).write_text("{}")
    assert drifted(folder) == [folder / "concept.schema.json"]
    assert set(write(folder, library)) == {folder / "concept.schema.json", folder / IDS_FILE}
    assert drifted(folder) == []


def test_vs_code_knows_the_schema_of_every_kind():
    settings = json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8"))
    assert settings["yaml.schemas"] == {f"schemas/{k.name}.schema.json": f"content/{k.folder}/*.yml" for k in KINDS}
    assert all((ROOT / file).is_file() for file in settings["yaml.schemas"])
    assert settings["yaml.schemaStore.enable"] is False
    assert settings["[yaml]"] == {"editor.insertSpaces": True, "editor.tabSize": 2, "editor.detectIndentation": False}
    assert (settings["files.encoding"], settings["files.eol"]) == ("utf8", "\n")
    assert settings["files.trimTrailingWhitespace"] is True


def test_vs_code_recommends_the_extension_that_reads_schemas():
    extensions = json.loads((ROOT / ".vscode/extensions.json").read_text(encoding="utf-8"))
    assert extensions == {"recommendations": ["redhat.vscode-yaml"]}
