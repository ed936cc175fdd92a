"""Writes a Markdown page for each record, as users of mkdocs-gen-files do."""

import re
from pathlib import Path

import jinja2
import mkdocs_gen_files
import yaml

LINK = re.compile(r"\[\[(?:(service|decision):)?([a-z][a-z0-9-]*)(?:\|([^\[\]|]+))?\]\]")


def read(kind):
    """Id → record."""
    files = sorted(Path("records", kind).glob("*.yml"))
    return {file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in files}


records = {kind: read(f"{kind}s") for kind in ("concept", "decision", "service", "source")}
sources = {id: page for source in records["source"].values() for id, page in source["pages"].items()}
template = jinja2.Environment(loader=jinja2.FileSystemLoader("."), trim_blocks=True).get_template("concept.md.j2")


def link(match):
    """A mention of a record as a link in Markdown."""
    kind, id, label = match[1] or "concept", match[2], match[3]
    target = records[kind][id]
    label = label or target.get("short_name") or target["name"]
    address = {"concept": f"{id}.md", "service": target.get("url")}.get(kind)
    return f"[{label}]({address})" if address else label


for id, record in records["concept"].items():
    with mkdocs_gen_files.open(f"concepts/{id}.md", "w") as page:
        page.write(LINK.sub(link, template.render(r=record, sources=sources)))
