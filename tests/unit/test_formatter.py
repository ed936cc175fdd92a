"""The canonical form of a record: what changes, what stays, and what is left alone."""

import json
from datetime import date

import pytest
import yaml

from generator.author.formatter import format_record
from generator.model.kinds import BY_FOLDER, KINDS
from generator.read.events import parse
from generator.read.tree import to_data
from tests.conftest import LIBRARY, ROOT

GOLDEN = {
    "keys of the record": (
        "concepts",
        "kind: term\nname: A\nsummary: B\n",
        "name: A\nsummary: B\nkind: term\n",
    ),
    "keys of a part": (
        "concepts",
        "mental_model:\n  limits: L\n  text: T\n",
        "mental_model:\n  text: T\n  limits: L\n",
    ),
    "keys of a list's item, the dash stays in front": (
        "concepts",
        "misconceptions:\n  - belief: B\n    id: x\n  - id: z\n    belief: C\n",
        "misconceptions:\n  - id: x\n    belief: B\n  - id: z\n    belief: C\n",
    ),
    "keys of the kind of check it is": (
        "concepts",
        "checks:\n  - because: B\n    steps: [a, b, c]\n    id: x\n    type: ordering\n",
        "checks:\n  - type: ordering\n    id: x\n    steps: [a, b, c]\n    because: B\n",
    ),
    "keys of a free map keep their order, those of its values do not": (
        "concepts",
        "evidence:\n  z:\n    says: S\n    source: p\n  a: {says: S, source: p}\n",
        "evidence:\n  z:\n    source: p\n    says: S\n  a: {says: S, source: p}\n",
    ),
    "unknown keys go last in their order": (
        "concepts",
        "zebra: 1\napple: 2\nname: A\n",
        "name: A\nzebra: 1\napple: 2\n",
    ),
    "quotes that are not needed go": (
        "concepts",
        'name: "A: B"\naliases: [\'a\', "b, c", "d"]\nsummary: \'It is\'\nexams: {"ABC-C01": [\'1.1.1\']}\n',
        'name: "A: B"\naliases: [a, "b, c", d]\nsummary: It is\nexams: {ABC-C01: [1.1.1]}\n',
    ),
    "single quotes become double": (
        "concepts",
        "name: 'It''s: \"a\" \\d'\nsummary: ''\n",
        'name: "It\'s: \\"a\\" \\\\d"\nsummary: ""\n',
    ),
    "words that YAML takes for something else are quoted in texts": (
        "concepts",
        "name: no\naliases: [3.10, 012, 2026-01-01, 3:30, 1_000, y, 1e3, 0o7, .inf, 1.1.1, =]\n"
        "evidence:\n  on:\n    source: p\n",
        'name: "no"\naliases: ["3.10", "012", "2026-01-01", "3:30", "1_000", "y", "1e3", "0o7", ".inf", 1.1.1, "="]\n'
        'evidence:\n  "on":\n    source: p\n',
    ),
    "numbers, days and flags are plain": (
        "exams",
        'questions: {scored: "50", unscored: 15}\nchanges:\n  version: 1.0\n  dated: "2026-03-26"\n',
        'questions: {scored: 50, unscored: 15}\nchanges:\n  version: "1.0"\n  dated: 2026-03-26\n',
    ),
    "a question mark is quoted inside brackets, where YAML 1.1 stumbles over it": (
        "concepts",
        'variants:\n  - {name: Why?, text: T}\n  - name: "Why?"\n',
        'variants:\n  - {name: "Why?", text: T}\n  - name: Why?\n',
    ),
    "null and a quoted null stay apart": (
        "concepts",
        "name: ~\nsummary: 'null'\nkind:\n",
        'name: ~\nsummary: "null"\nkind:\n',
    ),
    "a quoted key stays quoted where its colon needs it": (
        "concepts",
        'exams: {"ABC-C01":[1.1.1]}\n',
        'exams: {"ABC-C01":[1.1.1]}\n',
    ),
    "characters that do not show are left as they are": (
        "concepts",
        'name: "a\\u00a0b"\nsummary: "a\\nb"\n',
        'name: "a\\u00a0b"\nsummary: "a\\nb"\n',
    ),
    "values of unknown keys are left as they are": ("concepts", "zebra: 'no'\n", "zebra: 'no'\n"),
    "two spaces of indentation": (
        "concepts",
        "choose:\n      when:\n      -   One\n          more\n      - >-\n            Two\n\n              three\n",
        "choose:\n  when:\n    - One\n      more\n    - >-\n      Two\n\n        three\n",
    ),
    "lists in lists": (
        "concepts",
        "choose:\n  tables:\n  - rows:\n    -   - a\n        - b\n    -\n      - c\n    caption: C\n",
        "choose:\n  tables:\n    - caption: C\n      rows:\n        - - a\n          - b\n        - - c\n",
    ),
    "a block text keeps its bytes": (
        "concepts",
        "definition: |\n     # no comment  \n       deep\n    \n\n     end\nname: A\n",
        "name: A\ndefinition: |\n  # no comment  \n    deep\n \n\n  end\n",
    ),
    "spaces that a block text ends in are part of it": (
        "concepts",
        "mental_model:\n    text: |\n        T\n          \n    \n",
        "mental_model:\n  text: |\n    T\n      \n",
    ),
    "a block text with an indentation of its own keeps it": (
        "concepts",
        "mental_model:\n    text: |2\n       one more\n",
        "mental_model:\n  text: |2\n     one more\n",
    ),
    "brackets over lines keep their shape": (
        "concepts",
        "choose:\n    order: [\n        'a',  # first\n      b ]\n    lead: >\n      L\n",
        "choose:\n  lead: >\n    L\n  order: [\n      a,  # first\n    b ]\n",
    ),
    "a value in the line after its key stays there": (
        "concepts",
        "summary:\n    Long\n    text\nname: A\n",
        "name: A\nsummary:\n    Long\n    text\n",
    ),
    "blank lines: at most one, moved with the key below": (
        "concepts",
        "\n\nkind: term\n\n\nname: A\nsummary: B\n\n\n\nexams: {}\n\n\n",
        "name: A\nsummary: B\nkind: term\n\nexams: {}\n",
    ),
    "spaces at line ends go": (
        "concepts",
        "name: A  \nsummary: B\t\n  \nkind: term",
        "name: A\nsummary: B\n\nkind: term\n",
    ),
    "line ends and byte-order mark": ("concepts", "\ufeffname: A\r\nsummary: B\r", "name: A\nsummary: B\n"),
    "comments go with the key below, or stay on their line": (
        "concepts",
        "kind: term  # beside kind\n\n# above\n# name\nname: A\n",
        "# above\n# name\nname: A\nkind: term  # beside kind\n",
    ),
    "comments in a list": (
        "concepts",
        "misconceptions:  # all\n# first\n- belief: B\n  # the id\n  id: x\n  # end\n# second\n- id: z\n",
        "misconceptions:  # all\n  # first\n  # the id\n  - id: x\n    belief: B\n    # end\n  # second\n  - id: z\n",
    ),
    "a comment indented deeper than the next key belongs to what is above": (
        "concepts",
        "related:\n  - a\n  # - b\nname: A\nmental_model:\n    limits: L\n    # more\nsummary: S\n",
        "name: A\nsummary: S\nmental_model:\n  limits: L\n  # more\nrelated:\n  - a\n  # - b\n",
    ),
    "modelines and the first comment stay on top, the last at the end": (
        "concepts",
        "# a\n\n# yaml-language-server: $schema=x\n\n# of kind\nkind: term\nname: A\n# end\n",
        "# a\n\n# yaml-language-server: $schema=x\n\nname: A\n# of kind\nkind: term\n# end\n",
    ),
    "the start and end of a document stay where they are": (
        "concepts",
        "%YAML 1.2\n---\nkind: term\nname: A\n...\n",
        "%YAML 1.2\n---\nname: A\nkind: term\n...\n",
    ),
    "a comment behind a dash moves above the item": (
        "concepts",
        "variants:\n  - # one\n    text: T\n    name: A\n",
        "variants:\n  - name: A\n    # one\n    text: T\n",
    ),
}


@pytest.mark.parametrize(("folder", "before", "after"), GOLDEN.values(), ids=GOLDEN)
def test_a_record_is_brought_into_canonical_form(folder, before, after):
    assert format_record(before, BY_FOLDER[folder]) == after
    assert format_record(after, BY_FOLDER[folder]) == after


LEFT_ALONE = {
    "invalid YAML": "kind: [term\nname:  'A'\n",
    "tabs": "mental_model:\n\ttext: 'T'\n",
    "nothing": "",
    "only a comment": "# nothing  ",
    "a list": "- 'a'\n",
    "brackets around all": "{kind: 'term', name: 'A'}  ",
    "a key given twice": "kind: 'term'\nname: A\nkind: risk\n",
    "an anchor": "kind: &x 'term'\nname: A\n",
    "a tag": "kind: !!str term\nname: A\n",
    "two documents": "kind: 'term'\n---\nname: A\n",
    "a text cut off at #": "kind: 'term'\nname: A #1\n",
    "a hidden character": "kind: 'term'\n# \u202e\nname: A\n",
    "a key with a question mark": "? kind\n: term\nname: 'A'\n",
    "a final line break that belongs to a block text": "kind: 'term'\ndefinition: |+\n  T\n\n\nname: A\n",
}


@pytest.mark.parametrize("text", LEFT_ALONE.values(), ids=LEFT_ALONE)
def test_a_text_that_cannot_be_formatted_safely_comes_back_as_it_is(text):
    assert format_record(text, BY_FOLDER["concepts"]) == text
    assert format_record("\ufeff" + text, BY_FOLDER["concepts"]) in ("\ufeff" + text, text)


def test_a_form_that_would_lose_a_comment_is_not_taken(monkeypatch):
    monkeypatch.setattr("generator.author.formatter._Layout.loose", lambda *place: [])
    text = "kind: term\n# above\nname: A\n"
    assert format_record(text, BY_FOLDER["concepts"]) == text


def keys(data):
    """The keys of a record's data, in order at every level; values left out."""
    if isinstance(data, dict):
        return [(key, keys(value)) for key, value in data.items()]
    return [keys(item) for item in data] if isinstance(data, tuple) else None


@pytest.mark.parametrize("content", [ROOT / "content", LIBRARY], ids=["content", "library"])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.folder)
def test_real_records_keep_their_data_and_comments_and_stay_formatted(content, kind):
    paths = sorted((content / kind.folder).glob("*.yml"))
    assert paths
    for path in paths[:: max(1, len(paths) // 20)]:
        before = path.read_text(encoding="utf-8")
        after = format_record(before, kind)
        data, data_before = (to_data(parse(text, "")[0]) for text in (after, before))
        assert data == data_before, path
        assert format_record(after, kind) == after, path
        assert after.endswith("\n") and not after.endswith("\n\n"), path
        assert after.count("#") == before.count("#"), path


@pytest.mark.parametrize("path", sorted(LIBRARY.rglob("*.yml")), ids=lambda path: path.stem)
def test_other_readers_of_yaml_see_texts_as_texts(path):
    after = format_record(path.read_text(encoding="utf-8"), BY_FOLDER[path.parent.name])
    data = to_data(parse(after, "")[0])
    assert json.dumps(yaml.load(after, yaml.BaseLoader)) == json.dumps(data)
    kinds = {type(value) for value in leaves(yaml.safe_load(after))}
    assert kinds <= {str, int, bool, date}
    if path.parent.name != "exams":
        assert int not in kinds


def leaves(data):
    """All values of plain data that are no list and no mapping."""
    if isinstance(data, (dict, list)):
        return [leaf for inner in (data.values() if isinstance(data, dict) else data) for leaf in leaves(inner)]
    return [data]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.folder)
def test_block_mappings_of_real_records_follow_the_model(kind):
    for path in sorted((ROOT / "content" / kind.folder).glob("*.yml")):
        text = path.read_text(encoding="utf-8")
        if "{" not in text:
            data = to_data(parse(format_record(text, kind), "")[0])
            assert keys(data) == keys(kind.model.model_validate(data).model_dump(exclude_unset=True)), path
