"""The small library with a hostile text in every text field of every kind of record; a decision for every fourth."""

import shutil
from pathlib import Path
from typing import Any

import yaml

from tests.conftest import LIBRARY
from tests.delivery.attacks.payloads import TEXTS

_TEXTS_PER_DECISION = 4
_EXAM = {"ABC-C01": ["1.1.1"]}
_EVIDENCE = {"source": "guide-tuning", "checked": "2026-11-01"}


def ids() -> dict[str, tuple[str, str]]:
    """Id of the records of each text → its class and the text."""
    return {f"attack-{number}": text for number, text in enumerate(TEXTS)}


def write(folder: Path) -> None:
    """Writes the library."""
    shutil.copytree(LIBRARY, folder)
    for number, (id, (_, text)) in enumerate(ids().items()):
        _dump(folder / "concepts" / f"{id}.yml", _concept(id, text))
        _dump(folder / "services" / f"{id}.yml", _service(text))
        if number % _TEXTS_PER_DECISION == 0:
            _dump(folder / "decisions" / f"{id}.yml", _decision(text))
        _dump(folder / "sources" / f"{id}.yml", _source(id, text))
        _dump(folder / "wording" / f"{id}.yml", {"name": _cut(text, 80), "words": [_cut(text, 80), f"one {id}"]})


class _Dumper(yaml.SafeDumper):
    """Writes what stands twice twice: records know no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _dump(path: Path, record: dict[str, Any]) -> None:
    path.write_text(yaml.dump(record, Dumper=_Dumper, sort_keys=False, width=100_000), encoding="utf-8")


def _cut(text: str, longest: int) -> str:
    """The text where the field can hold it."""
    return text if len(text) <= longest else "Plain words"


def _concept(id: str, text: str) -> dict[str, Any]:
    name, line, claim = _cut(text, 80), _cut(text, 150), f"{text}[^trains]"
    return {
        "name": name if name == text else f"{name} of {id}",
        "short_name": _cut(text, 28),
        "aliases": [name],
        "summary": line,
        "kind": "technique",
        "exams": _EXAM,
        "definition": f"{claim}\n\nx\n{claim}\n\n- {claim}\n- y",
        "variants": [{"name": name, "text": claim, "data": line}],
        "is_not": [claim],
        "mental_model": {"text": text, "limits": text},
        "choose": {
            "lead": claim,
            "when": [claim],
            "when_not": [claim],
            "tables": [{"caption": line, "columns": ["", name], "rows": [[text, claim]]}],
        },
        "misconceptions": [
            {"id": "one", "belief": line, "tempting_because": text, "in_fact": claim, "decide_by": text},
        ],
        "exam": {
            "tests": claim,
            "depth": {"ABC-C01": line},
            "signals": [{"phrase": _cut(text, 60), "because": text}],
            "signals_against": [{"phrase": f"{_cut(text, 48)} not", "points_to": "searching", "because": text}],
            "slip": text,
        },
        "confused_with": [],
        "checks": [
            {
                "type": "single",
                "id": "one",
                "question": text,
                "hint": text,
                "options": [
                    {"text": text, "because": text},
                    {"text": "Right", "right": "true", "because": text},
                    {"text": "Wrong", "because": text, "shows": "one"},
                ],
            },
            {"type": "ordering", "id": "two", "question": text, "steps": [text, "Two", "Three"], "because": text},
            {
                "type": "matching",
                "id": "three",
                "question": text,
                "pairs": [{"left": text, "right": text}, {"left": "A", "right": "B"}, {"left": "C", "right": "D"}],
                "because": text,
            },
        ],
        "evidence": {"trains": {**_EVIDENCE, "says": line}},
    }


def _decision(text: str) -> dict[str, Any]:
    name, line, claim = _cut(text, 80), _cut(text, 150), f"{text}[^guide]"
    options = [
        {
            "concept": concept,
            "what": claim,
            "does_not": claim,
            "right_when": [claim, f"{claim} too"],
            "signals": [_cut(text, 60), f"{_cut(text, 48)} {concept}"],
            "secondary": [{"name": name, "text": claim}],
            "assumes": text,
            "trap": text,
        }
        for concept in ("tuning", "searching")
    ]
    scenario = {"id": "one", "text": f"{text} **decides** it.", "answer": ["searching"], "why": text}
    flip = {"replace": "decides", "by": f"loses {_cut(text, 100)}", "answer": ["tuning"], "why": text}
    return {
        "name": name,
        "summary": line,
        "exams": _EXAM,
        "why_tested": claim,
        "hinge": text,
        "order": ["searching", "tuning"],
        "drivers": [
            {"between": [name, "Other"], "text": text},
            {"between": ["One", name], "text": text},
        ],
        "options": options,
        "tables": [{"caption": line, "columns": ["", name, "Two"], "rows": [[text, claim, text]]}],
        "dominant": text,
        "scenarios": [{**scenario, "flip": flip}, {**scenario, "id": "two"}],
        "evidence": {"guide": {**_EVIDENCE, "says": line}},
    }


def _service(text: str) -> dict[str, Any]:
    return {
        "name": _cut(text, 80),
        "former_names": [{"name": _cut(f"Old {text}", 80), "cites": ["runs"]}],
        "category": "Machine Learning",
        "what": f"{text}[^runs]",
        "url": "https://docs.example.com/guide/",
        "status": {"state": "open", "note": text, "cites": ["runs"]},
        "evidence": {"runs": {**_EVIDENCE, "says": _cut(text, 150)}},
    }


def _source(id: str, text: str) -> dict[str, Any]:
    address = f"https://docs.example.com/{id}/"
    return {
        "title": _cut(text, 80),
        "publisher": _cut(text, 80),
        "kind": "documentation",
        "url": address,
        "pages": {f"{id}-page": {"title": _cut(text, 80), "url": f"{address}page.html"}},
    }
