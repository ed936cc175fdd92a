"""Every record as JSON, at an address that never changes, with the schema it follows."""

import json

from generator.check.library import Ref
from generator.model.kinds import KINDS
from generator.present.data.schema import schema_files
from generator.present.rich import address
from generator.present.site import Site

INDEX = "data/index.json"
SCHEMAS = "data/schema"
_FOLDERS = {kind.name: kind.folder for kind in KINDS}


def record_files(site: Site) -> dict[str, str]:
    """An index of all records, a file for each with the fields it was written with, and a schema for each kind."""
    records = {
        _path(ref): record.contents.model_dump_json(exclude_unset=True, indent=1) + "\n"
        for ref, record in site.library.records.items()
        if record.contents
    }
    schemas = {f"{SCHEMAS}/{name}": text for name, text in schema_files(site.library).items()}
    return {INDEX: _index(site), **records, **schemas}


def _path(ref: Ref) -> str:
    kind, id = ref
    return f"data/{_FOLDERS[kind]}/{id}.json"


def _index(site: Site) -> str:
    """Addresses in it start at the site's root."""
    entries = [
        {"kind": ref[0], "id": ref[1], "name": site.card(ref).name, "page": address(site, ref), "json": _path(ref)}
        for ref in sorted(site.library.records)
    ]
    return json.dumps({"records": entries}, ensure_ascii=False, indent=1) + "\n"
