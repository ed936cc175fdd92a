"""What the question reader knows, as data: concepts, their signal phrases, words taken as alike, decisions."""

import json
from typing import Any

from generator.check.library import Ref
from generator.present.rich import address, rich
from generator.present.signals import phrases
from generator.present.site import Site, by_name

SIGNALS = "data/signals.json"


def signals_file(site: Site) -> dict[str, str]:
    """The reader's data. Concepts are named by their place in the list of concepts."""
    library = site.library
    refs: list[Ref] = [("concept", id) for id, _ in by_name(library.concepts)]
    place = {ref: number for number, ref in enumerate(refs)}
    data: dict[str, Any] = {
        "concepts": [{"name": site.card(ref).short_name, "page": address(site, ref)} for ref in refs],
        "signals": [
            [phrase.text, [place[ref] for ref in phrase.to if ref in place], [place[ref] for ref in phrase.away]]
            for phrase in phrases(library)
        ],
        "wordings": [wording.words for _, wording in by_name(library.wordings)],
        "decisions": [
            {
                "name": decision.name,
                "page": address(site, ("decision", id)),
                "hinge": rich(site, ("decision", id), decision.hinge),
                "options": [
                    place["concept", option.concept]
                    for option in decision.options
                    if ("concept", option.concept) in place
                ],
            }
            for id, decision in by_name(library.decisions)
        ],
    }
    return {SIGNALS: json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"}
