"""What the question reader knows, as data: concepts and their texts, signal phrases, wordings, decisions."""

import json
from typing import Any

from generator.check.library import Library, Ref
from generator.model.markup import parse_line, plain
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
        "texts": [_text(library, id) for _, id in refs],
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


def _text(library: Library, id: str) -> str:
    """What a question about a concept may sound like: what it is for, here and where it is an option of a decision."""
    concept = library.concepts[id]
    parts = [concept.name, *concept.aliases, concept.summary, concept.choose.lead, *concept.choose.when]
    for signal in concept.exam.signals:
        parts += signal.phrase, signal.because
    options = (option for decision in library.decisions.values() for option in decision.options)
    for option in (option for option in options if option.concept == id):
        parts += (
            option.what,
            option.assumes,
            *option.right_when,
            *option.signals,
            *(more.text for more in option.secondary),
        )
    return " ".join(plain(parse_line(part)) for part in parts if part)
