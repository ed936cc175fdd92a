"""The records as plain YAML: every scalar a string, as it was typed."""

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_CODE = re.compile(r"`[^`\n]+`")
_CITATION = re.compile(r"\[\^([a-z0-9-]+)\]")
_LINK = re.compile(r"\[\[(?:(service|decision):)?([a-z0-9-]+)(?:\|([^\[\]|\n]+))?\]\]")
_ITEM = re.compile(r"(?:-|\d{1,2}\.) +")
_MARKS = re.compile(r"(?<![\w*])(\*\*?)(?=[^\s*])([^*\n]*?)(?<=[^\s*])\1(?![\w*])")
_KINDS = {None: "concepts", "service": "services", "decision": "decisions"}


class Records:
    """All records below content/."""

    def __init__(self, folder: Path) -> None:
        self.all: dict[tuple[str, str], dict[str, Any]] = {
            (path.parent.name, path.stem): yaml.load(path.read_bytes(), _LOADER)
            for path in sorted(folder.glob("*/*.yml"))
        }

    def of(self, kind: str) -> dict[str, dict[str, Any]]:
        """Id → record, for one folder of content/."""
        return {id: record for (folder, id), record in self.all.items() if folder == kind}

    def sources(self) -> dict[str, tuple[str, str]]:
        """Id of a page of a source → its address and its title."""
        pages = [page for source in self.of("sources").values() for page in source["pages"].items()]
        return {id: (page["url"], page["title"]) for id, page in pages}

    @cached_property
    def addresses(self) -> frozenset[str]:
        """Every address off the site that a record declares."""
        return frozenset(_addresses(list(self.all.values())))

    def former(self) -> dict[str, str]:
        """Path of a former page → path of the present one."""
        return {
            f"{kind}/{former}": f"{kind}/{id}"
            for (kind, id), record in self.all.items()
            for former in record.get("former_ids", ())
        }

    def name(self, kind: str, id: str) -> str:
        """What links without a label call a record."""
        record = self.all[kind, id]
        return str(record.get("short_name") or record["name"])

    def claims(self, record: tuple[str, str]) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Each text that cites: its words as a reader sees them, and the keys of the evidence."""
        for text in _texts({key: value for key, value in self.all[record].items() if key != "evidence"}):
            for block in _blocks(text):
                keys = tuple(_CITATION.findall(_CODE.sub("", block)))
                if keys:
                    yield self._words(block), keys

    def listed(self, record: tuple[str, str]) -> Iterator[str]:
        """The keys of evidence that fields cite by name."""
        for key, value in fields(self.all[record]):
            if key == "cites" or key.endswith("_cites"):
                yield from value

    def _words(self, text: str) -> str:
        parts = re.split(f"({_CODE.pattern})", text)
        return " ".join(
            "".join(
                part[1:-1] if part[:1] == "`" and n % 2 else self._plain(part) for n, part in enumerate(parts)
            ).split()
        )

    def _plain(self, text: str) -> str:
        text = _LINK.sub(lambda link: link[3] or self.name(_KINDS[link[1]], link[2]), _CITATION.sub("", text))
        for _ in range(2):
            text = _MARKS.sub(r"\2", text)
        return text


def _texts(value: Any) -> Iterator[str]:
    """Every string in a record."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def fields(value: Any) -> Iterator[tuple[str, Any]]:
    """Every key in nested data with its value."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield key, part
            yield from fields(part)
    elif isinstance(value, list):
        for part in value:
            yield from fields(part)


def _addresses(value: Any) -> Iterator[str]:
    return (part for key, part in fields(value) if key == "url" and isinstance(part, str))


def _blocks(text: str) -> Iterator[str]:
    """The paragraphs and list items of a text."""
    for chunk in re.split(r"\n[ \t]*\n", text.strip()):
        block: list[str] = []
        for line in chunk.split("\n"):
            if marker := _ITEM.match(line.strip()):
                yield " ".join(block)
                block = [line.strip()[marker.end() :]]
            else:
                block.append(line)
        yield " ".join(block)
