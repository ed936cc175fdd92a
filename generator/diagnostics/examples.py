"""For every code a piece of a record that has the fault, and the same piece mended. Tests prove each of them."""

from typing import NamedTuple


class Example(NamedTuple):
    """A fault and its mend. Faults of a whole file, or of two, have no piece to show."""

    wrong: str
    right: str


EXAMPLES: dict[str, Example] = {
    "F104": Example("  text: A river\u200b that digs its own bed.", "  text: A river that digs its own bed."),
    "Y201": Example(
        "summary: Note: more training changes how a model answers.",
        "summary: More training that changes how a model answers.",
    ),
    "Y202": Example("kind: technique\nkind: metric", "kind: technique"),
    "Y203": Example("  slip: &x Tuning whenever data is private.", "  slip: Tuning whenever data is private."),
    "Y204": Example("  slip: !!str Tuning whenever data is private.", "  slip: Tuning whenever data is private."),
    "Y205": Example("kind: technique\n---\nkind: metric", "kind: technique"),
    "Y206": Example("kind: " + "[" * 33 + "]" * 33, "kind: technique"),
    "Y207": Example("? [kind, sort]\n: technique", "kind: technique"),
    "Y208": Example("  slip: Tuning for issue #12", "  slip: Tuning whenever data is private."),
    "R301": Example("    beleif: Tuning teaches a model new facts.", "    belief: Tuning teaches a model new facts."),
    "R302": Example(
        "  - id: adds-facts\n    tempting_because:",
        "  - id: adds-facts\n    belief: Tuning teaches a model new facts.\n    tempting_because:",
    ),
    "R303": Example("aliases: fine tuning", "aliases: [fine tuning]"),
    "R304": Example("short_name:", "short_name: Tuning"),
    "R305": Example(
        "summary: " + "More training that changes how a model answers, " * 4,
        "summary: More training that changes how a model answers.",
    ),
    "R306": Example("kind: technic", "kind: technique"),
    "R307": Example("  - id: Adds facts", "  - id: adds-facts"),
    "C401": Example("in_fact: It changes how a model answers.", "in_fact: It changes how a model answers.[^trains]"),
    "C402": Example("how a model answers.[^trainz]", "how a model answers.[^trains]"),
    "C403": Example(
        "evidence:\n  idle: {source: guide-search, says: Nothing here cites this., checked: 2026-11-01}", "evidence:"
    ),
    "C404": Example("checked: 2036-11-01", "checked: 2026-11-01"),
    "C405": Example("It differs from [[Searching]],", "It differs from [[searching]],"),
    "C406": Example('- [Changes weights?, "Yes[^trains]"]', '- [Changes weights?, "No", "Yes[^trains]"]'),
    "C407": Example("aliases: [fine tuning, fine tuning]", "aliases: [fine tuning]"),
    "C408": Example("related: [tuning]", "related: [searching]"),
    "C409": Example("    weight: 50", "    weight: 60"),
    "C410": Example(
        "      - {text: Tune, because: Tone is behavior.}",
        "      - {text: Tune, right: true, because: Tone is behavior.}",
    ),
    "C411": Example("flip: {replace: updated now,", "flip: {replace: updated every night,"),
    "C412": Example("  text: A <b>river</b>.", "  text: A river that digs its own bed."),
    "C413": Example("  text: A {{ river }}.", "  text: A river that digs its own bed."),
    "C414": Example("  text: A [river](bed).", "  text: A river that digs its own bed."),
    "L501": Example("services: [modelhab]", "services: [modelhub]"),
    "L502": Example('aliases: [Searching & quoting "facts" <fast>]', "aliases: [fine tuning]"),
    "L504": Example(
        "confused_with: []",
        "confused_with:\n  - {concept: searching, deciding_fact: Whether the weights change.}",
    ),
    "L505": Example("exams: {ABC-C01: [1.1.9]}", "exams: {ABC-C01: [1.1.1]}"),
}
