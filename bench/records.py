"""Generated records to build: the real library, its concepts repeated. The same bytes each time."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from generator.deliver.today import build_time

ROOT = Path(__file__).resolve().parent.parent
LONGEST = {"name": 80, "short_name": 28}
"""The longest names that a record may have; a copy's number has to fit in."""


def moment() -> str:
    """The SOURCE_DATE_EPOCH to build the records at: no evidence in them lies ahead of it."""
    return str(int(build_time(ROOT, print).timestamp()))


_LINK = re.compile(r"(?<=\[\[)[a-z][a-z0-9-]*(?=[|\]])")
_EDITED = re.compile(r"\AEdit \d+: ")
_IN_RECORD = re.compile(r"^definition: \|-?\n  ", re.MULTILINE)
_IN_EXPORT = re.compile(r"^## What it is\n\n.*?<p>", re.MULTILINE | re.DOTALL)


class _Dumper(yaml.CSafeDumper):
    """Writes texts of several lines as people do."""


def _text(dumper: yaml.CSafeDumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)


def generate(content: Path, count: int) -> None:
    """Fills the new folder `content` with the real library, its concepts repeated up to `count` where that is more.

    Copies have names and ids of their own, and link to the copies that were made with them: no record is linked to
    more often than a real one, however many there are.
    """
    shutil.copytree(ROOT / "content", content)
    files = sorted((content / "concepts").glob("*.yml"))
    originals = {file.stem: yaml.load(file.read_text(encoding="utf-8"), yaml.CBaseLoader) for file in files}
    ids = list(originals)
    for start in range(len(ids), count, len(ids)):
        number = start // len(ids)
        copied = set(ids[: count - start])
        for id in sorted(copied):
            text = yaml.dump(
                _copy(originals[id], number, copied), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120
            )
            (content / "concepts" / f"{id}-{number}.yml").write_text(text, encoding="utf-8")


def _copy(record: dict[str, Any], number: int, copied: set[str]) -> dict[str, Any]:
    """A record under another name, linked to copies of that number where there are any."""

    def there(id: str) -> str:
        return f"{id}-{number}" if id in copied else id

    copy: dict[str, Any] = _changed(record, lambda text: _LINK.sub(lambda link: there(link[0]), text))
    for key in ("name", "short_name"):
        if key in copy:
            copy[key] = f"{copy[key][: LONGEST[key] - 5]} {number}"
    copy.pop("former_ids", None)
    copy["aliases"] = [f"{alias[: LONGEST['name'] - 5]} {number}" for alias in copy.get("aliases", ())]
    for key in ("requires", "related"):
        copy[key] = [there(id) for id in copy.get(key, ())]
    if "order" in copy["choose"]:
        copy["choose"]["order"] = [there(id) for id in copy["choose"]["order"]]
    for signal in copy["exam"]["signals_against"]:
        signal["points_to"] = there(signal["points_to"])
    copy["confused_with"] = [
        {**other, "concept": there(other["concept"])}
        for other in copy.get("confused_with", ())
        if other["concept"] in copied  # an original would have to name the copy back
    ]
    return copy


def _changed(value: Any, change: Callable[[str], str]) -> Any:
    """A record's part with every text changed, and nothing shared with the record."""
    match value:
        case dict():
            return {key: _changed(item, change) for key, item in value.items()}
        case list():
            return [_changed(item, change) for item in value]
        case _:
            return change(value)


def titles(content: Path) -> dict[str, str]:
    """Id → name of every concept."""
    names = {}
    for file in sorted((content / "concepts").glob("*.yml")):
        first = re.search(r"^name: (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
        if first is None:
            raise ValueError(f"{file} has no name")
        names[file.stem] = str(yaml.load(first[1], yaml.CBaseLoader))
    return names


def edit(file: Path, number: int) -> str:
    """Edits the definition in a concept's record or exported page, and returns words that only this edit wrote."""
    text = file.read_text(encoding="utf-8")
    place = (_IN_RECORD if file.suffix == ".yml" else _IN_EXPORT).search(text)
    if place is None:
        raise ValueError(f"{file} has no definition")
    rest = _EDITED.sub("", text[place.end() :])
    file.write_text(f"{text[: place.end()]}Edit {number}: {rest}", encoding="utf-8")
    return f"Edit {number}: "
