"""Broken records: an edit of the small library, and the one finding it must give.

`new` replaces `old`; the mark ‸ in it (taken out before the file is written) stands where the finding is expected.
Where that is elsewhere, `at` gives text of the edited file with the mark in it.
"""

from typing import NamedTuple

T = "concepts/tuning.yml"
S = "concepts/searching.yml"
D = "decisions/tune-or-search.yml"
E = "exams/abc-c01.yml"
G = "sources/guide.yml"
M = "services/modelhub.yml"


class Case(NamedTuple):
    """One edit and what it is reported as."""

    code: str
    file: str
    old: str
    new: str
    field: str = ""
    at: str = ""


SLIP = "Tuning whenever data is private."
SUMMARY = "More training that changes how a model answers."
URL = "https://docs.example.com/guide/tuning.html"
AT_URL = "pages.guide-tuning.url"
MODEL = "A river that digs its own bed."


def slip(code: str, new: str, at: str = "") -> Case:
    """Another text in `exam.slip`."""
    return Case(code, T, SLIP, new, "" if code in ("Y201", "Y205") else "exam.slip", at)


def url(new: str) -> Case:
    """Another address of a page."""
    return Case("R307", G, URL, new, AT_URL)


def model(code: str, new: str, at: str = "") -> Case:
    """Another text in `mental_model.text`, which takes paragraphs."""
    return Case(code, T, MODEL, new, "mental_model.text", at)


SYNTAX = (
    Case("Y201", T, "[fine tuning]", "‸[fine tuning"),
    Case("Y201", T, "[fine tuning]", "[fine tuning‸}"),
    Case("Y201", T, "[fine tuning]", "[fine tuning]‸]"),
    Case("Y201", T, "[fine tuning]", '["fine" ‸tuning]'),
    Case("Y201", T, "[fine tuning]", "‸[fine tuning,\n  more"),
    Case("Y201", T, "[fine tuning]", '[‸"fine tuning]'),
    Case("Y201", T, "checked: 2026-02-01}", "checked: 2026-02-01", at="searches: ‸{source: guide-search"),
    slip("Y201", "‸'Tuning whenever"),
    slip("Y201", '‸"Tuning whenever'),
    slip("Y201", '"Tuning" ‸whenever'),
    slip("Y201", "'Tuning's‸ best'".replace("s‸", "‸s")),
    slip("Y201", '"C:‸\\data"'),
    slip("Y201", '"‸\\ud83d"'),
    slip("Y201", '"‸\\u12"'),
    slip("Y201", "Note‸: tuning"),
    slip("Y201", "‸@home"),
    slip("Y201", "‸`code` first"),
    slip("Y201", "‸%d of them"),
    slip("Y201", "‸- one"),
    slip("Y201", "‸, one"),
    slip("Y201", "‸**Tuning** it"),
    slip("Y201", "{‸% x %}"),
    slip("Y201", "| ‸text"),
    slip("Y201", "Issue ‸#12\n    is open"),
    slip("Y201", "Issue ‸# is\n    is open"),
    Case("Y201", T, "kind: technique", "‸kind:technique"),
    Case("Y201", T, "kind: technique", "‸kind technique"),
    Case("Y201", T, "name: Tuning a model", "‸name:Tuning a model"),
    Case("Y201", T, "kind: technique", "  ‸kind: technique"),
    Case("Y201", T, "  limits: A river", "    ‸limits: A river"),
    Case("Y201", T, "  limits: A river", " ‸limits: A river"),
    Case("Y201", T, "    belief: Tuning", "      ‸belief: Tuning"),
    Case("R303", T, "    - The tone", "    ‸-The tone", "choose.when"),
    Case("Y201", T, "\nkind: technique", "\n‸\tkind: technique"),
    Case("Y201", T, "  limits: A river", "‸\tlimits: A river"),
    Case("Y201", T, "  limits: A river", "  ‸\tlimits: A river"),
    Case("Y201", T, "    - The tone", "‸\t- The tone"),
    Case("Y201", T, "kind: technique", "‸<<<<<<< ours\nkind: technique\n=======\nkind: term\n>>>>>>> theirs"),
    Case("Y205", T, "kind: technique", "kind: technique\n‸---\nkind: metric"),
    Case("Y205", T, "kind: technique", "kind: technique\n...\n‸kind: metric"),
    Case("Y206", T, "kind: technique", "kind: " + "[" * 31 + "‸" + "[" * 9, "kind" + "[0]" * 31),
    Case("Y207", T, "kind: technique", "? ‸[a, b]\n: technique"),
    slip("Y207", "{‸{ name }}"),
    Case("Y202", T, "kind: technique", "kind: technique\n‸kind: metric", "kind"),
    Case("Y202", T, "kind: technique", 'kind: technique\n‸"kind": metric', "kind"),
    Case("Y202", T, "  limits: A river", "  ‸'text': More\n  limits: A river", "mental_model.text"),
    Case("Y202", T, "  searches: {source", "  ‸trains: {source: x}\n  searches: {source", "evidence.trains"),
    slip("Y203", "‸&x Tuning"),
    slip("Y203", "‸*x"),
    Case("Y203", T, "mental_model:\n", "mental_model: ‸&x\n", "mental_model"),
    Case("Y203", T, "kind: technique", "‸<<: {kind: technique}", "<<"),
    Case("Y203", T, "  text: A river that digs its own bed.\n", "  ‸<<: {text: A river.}\n", "mental_model.<<"),
    Case("Y203", T, "kind: technique", "kind: technique\n‸*x : y"),
    slip("Y204", "‸!!str Tuning"),
    slip("Y204", "‸!x Tuning"),
    slip("Y204", "‸! Tuning"),
    Case("Y204", T, "mental_model:\n", "mental_model: ‸!!map\n", "mental_model"),
    slip("Y208", "Issue ‸#12"),
    slip("Y208", "Issue one\n    of ‸#12 and more"),
    Case("Y208", T, MODEL, "A river ‸#1 digs", "mental_model.text"),
)

CHARACTERS = (
    Case("F104", T, "A river that", "A river‸\u202e that"),
    Case("F104", T, "A river that", "A ri‸\u200bver that"),
    Case("F104", T, "A river that", "A ri‸\u00adver that"),
    Case("F104", T, "A river that", "A river ‸\u2066that"),
    Case("F104", T, "A river that", "A ri‸\u200dver that"),
    Case("F104", T, "A river that", "A ri‸\ufeffver that"),
    Case("F104", T, "A river that", "A river‸\x07 that"),
    Case("F104", T, "A river that", "A river‸\x7f that"),
    Case("F104", T, "A river that", "A river‸\x85that"),
    Case("F104", T, "A river that", "A river‸\u2028draft: true"),
    Case("F104", T, "A river that", "A river ‸\U000e0041that"),
    Case("F104", T, "kind: technique", "kind: technique # ‸\u202etxet"),
    Case("F104", T, "kind: technique", "# ‸\u200b\nkind: technique"),
    Case("F104", T, "kind: technique", "k‸\u200bind: technique"),
    Case("F104", T, "A river that", "A river‸\x00 that"),
    slip("F104", '"Tuning ‸\\u202e it"'),
    slip("F104", '"Tuning ‸\\u200b it"'),
    slip("F104", '"Tuning ‸\\0 it"'),
    slip("F104", '"Tuning ‸\\x1b[31m it"'),
    slip("F104", '"Tuning ‸\\L it"'),
    slip("F104", '"Tuning\n    and ‸\\U0000202e more"'),
)

KEYS = (
    Case("R301", T, "kind: technique", "‸kinds: technique", "kinds"),
    Case("R301", T, "kind: technique", "‸Kind: technique", "Kind"),
    Case("R301", T, "kind: technique", "‸KIND: technique", "KIND"),
    Case("R301", T, "kind: technique", "kind: technique\n‸color: red", "color"),
    Case("R301", T, "  limits: A river", "  ‸limit: A river", "mental_model.limit"),
    Case("R301", T, "    decide_by: The", "    ‸decide-by: The", "misconceptions[0].decide-by"),
    Case("R301", T, "data: A few", "‸date: A few", "variants[0].date"),
    Case("R301", T, "      columns: [", "      ‸colums: [", "choose.tables[0].colums"),
    Case("R301", T, "{text: Search,", "{‸txt: Search,", "checks[0].options[0].txt"),
    Case("R301", T, "right: true", "‸rigth: true", "checks[0].options[1].rigth"),
    Case("R301", T, "- type: single", "- ‸tpye: single", "checks[0].tpye"),
    Case("R301", T, "definition: |", "‸defintion: |", "defintion"),
    Case("R301", T, "evidence:", "‸evidance:", "evidance"),
    Case("R301", T, "trains: {source: guide-tuning", "trains: {‸src: x, source: guide-tuning", "evidence.trains.src"),
    Case("R301", T, f"  slip: {SLIP}", f"‸slip: {SLIP}", "slip"),
    Case("R301", D, "hinge: Is", "‸hynge: Is", "hynge"),
    Case("R301", D, "  - concept: tuning\n", "  - ‸concpt: tuning\n", "options[0].concpt"),
    Case("R301", D, "why: Then", "‸wy: Then", "scenarios[0].flip.wy"),
    Case("R301", E, "unscored: 15", "‸uncored: 15", "questions.uncored"),
    Case("R301", G, "pages:", "‸page:", "page"),
    Case("R301", G, "    title: Tuning", "    ‸titel: Tuning", "pages.guide-tuning.titel"),
    Case("R301", M, "  successors:", "  ‸succesors:", "status.succesors"),
    Case("R302", T, "kind: technique\n", "", "kind", "‸name: Tuning a model"),
    Case("R302", T, "  limits: A river has no teacher.\n", "", "mental_model.limits", "‸mental_model:"),
    Case("R302", T, "says: Tuning trains on examples and changes weights., ", "", "evidence.trains.says", "‸trains: {"),
    Case("R302", T, "depth: {ABC-C01: recognize it}", "‸depth: {}", "exam.depth.ABC-C01"),
    Case("R302", T, "{phrase: updated every night, ", "{", "exam.signals_against[0].phrase", "{‸points_to"),
    Case("R302", T, "    id: tone\n", "", "checks[0].id", "‸type: single"),
    Case("R302", T, "- type: single\n    id", "- id", "checks[0].type", "‸id: tone"),
    Case("R302", T, "{text: Search, because", "{because", "checks[0].options[0].text", "{‸because: It changes no tone"),
    Case("R302", D, "    trap: Tuning for facts.\n", "", "options[0].trap", "‸concept: tuning\n    what"),
    Case("R302", E, "  url: https://docs.example.com/exam/guide.html\n", "", "guide.url", "‸guide:"),
    Case("R302", G, "publisher: A Publisher\n", "", "publisher", "‸title: A User"),
)

TYPES = (
    Case("R303", T, "[fine tuning]", "‸fine tuning", "aliases"),
    Case("R303", T, "[fine tuning]", "‸{fine: tuning}", "aliases"),
    Case("R303", T, f"summary: {SUMMARY}", "summary: ‸[More training]", "summary"),
    Case("R303", T, f"summary: {SUMMARY}", "summary: ‸{text: More}", "summary"),
    Case("R303", T, "short_name: Tuning", "short_name:\n  ‸- Tuning", "short_name"),
    Case("R303", T, "ABC-C01: [1.1.1]", "ABC-C01: ‸1.1.1", "exams.ABC-C01"),
    Case("R303", T, "{ABC-C01: [1.1.1]}", "‸[ABC-C01]", "exams"),
    Case(
        "R303",
        T,
        "mental_model:\n  text: A river that digs its own bed.\n  limits: A river has no teacher.",
        "mental_model: ‸A river",
        "mental_model",
    ),
    Case("R303", T, '- [Changes weights?, "No", "Yes[^trains]"]', "- ‸Changes weights", "choose.tables[0].rows[0]"),
    Case(
        "R303", T, "[Collect examples, Train, Compare]", "[Collect examples, ‸[Train], Compare]", "checks[1].steps[1]"
    ),
    Case(
        "R303",
        T,
        "{source: guide-tuning, says: Tuning trains on examples and changes weights., checked: 2026-11-01}",
        "‸guide-tuning",
        "evidence.trains",
    ),
    Case(
        "R303",
        T,
        '- {name: Small tuning, text: "Trains a few weights only.[^trains]", data: A few examples}',
        "- ‸Small tuning",
        "variants[0]",
    ),
    Case("R303", T, "right: true", "right: ‸yes", "checks[0].options[1].right"),
    Case("R303", T, "right: true", "right: ‸on", "checks[0].options[1].right"),
    Case("R303", T, "right: true", "right: ‸1", "checks[0].options[1].right"),
    *(
        Case("R303", E, "scored: 50", f"scored: ‸{n}", "questions.scored")
        for n in ("012", "0x10", "1_000", "5.0", "+5", "-5", "many", "1e3", ".inf", "٥٠", "50%")
    ),
    Case("R303", E, "scored: 50", "scored: ‸[50]", "questions.scored"),
    Case(
        "R303",
        E,
        "questions: {scored: 50, unscored: 15, types: [multiple choice], cites: [guide]}",
        "questions: ‸50",
        "questions",
    ),
    Case("R303", M, "cites: [renamed]}", "cites: ‸renamed}", "former_names[0].cites"),
)

EMPTY = (
    Case("R304", T, "short_name: Tuning", "‸short_name:", "short_name"),
    Case("R304", T, "short_name: Tuning", "short_name: ‸~", "short_name"),
    Case("R304", T, "short_name: Tuning", "short_name: ‸null", "short_name"),
    Case("R304", T, "short_name: Tuning", 'short_name: ‸""', "short_name"),
    Case("R304", T, "kind: technique", "‸kind:", "kind"),
    Case("R304", T, f"summary: {SUMMARY}", 'summary: ‸"   "', "summary"),
    Case("R304", T, MODEL, '‸"  "', "mental_model.text"),
    Case("R304", T, MODEL, "‸|\n\n\n", "mental_model.text"),
    Case("R304", T, "- It does not look anything up.[^searches]", "- ‸~", "is_not[0]"),
    Case("R304", T, "  - It does not look anything up.[^searches]", "  ‸-", "is_not[0]"),
    Case("R304", T, "is_not:\n  - It does not look anything up.[^searches]", "is_not: ‸[]", "is_not"),
    Case("R304", T, "{ABC-C01: [1.1.1]}", "‸{}", "exams"),
    Case("R304", T, "[1.1.1]", "‸[]", "exams.ABC-C01"),
    Case("R304", T, "hint: Is it a fact or a behavior?", "‸hint:", "checks[0].hint"),
    Case("R304", T, "type: single", "type: ‸~", "checks[0].type"),
    Case("R304", G, "publisher: A Publisher", "publisher: ‸''", "publisher"),
    Case("R304", G, URL, "‸''", AT_URL),
)

LENGTHS = (
    Case("R305", T, SUMMARY, "‸" + "x" * 161, "summary"),
    Case("R305", T, "Tuning a model", "‸" + "x" * 81, "name"),
    Case("R305", T, "short_name: Tuning", "short_name: ‸" + "x" * 29, "short_name"),
    Case("R305", T, MODEL, "‸|\n" + "    word word word word\n" * 120, "mental_model.text"),
    Case("R305", T, SLIP, "‸" + "word " * 140, "exam.slip"),
    Case("R305", T, "[Collect examples, Train, Compare]", "‸[Collect examples, Train]", "checks[1].steps"),
    Case("R305", T, "[Collect examples, Train, Compare]", "‸[a, b, c, d, e, f, g]", "checks[1].steps"),
    Case("R305", T, "  trains: {source", "  ‸" + "t" * 65 + ": {source", "evidence." + "t" * 65),
    Case("R305", D, "[Fresh facts, Steady behavior]", "‸[Fresh facts]", "drivers[0].between"),
    Case(
        "R305",
        D,
        '[[Weights, "Change[^guide]", Stay]]',
        "‸[" + ", ".join(['[Weights, "Change[^guide]", Stay]'] * 21) + "]",
        "tables[0].rows",
    ),
    Case("R307", T, SUMMARY, "‸|\n  Two\n  lines\n", "summary"),
)

FORMS = (
    Case("R306", T, "kind: technique", "kind: ‸technic", "kind"),
    Case("R306", T, "kind: technique", "kind: ‸Technique", "kind"),
    Case("R306", T, "type: single", "type: ‸sigle", "checks[0].type"),
    Case("R306", E, "level: Foundational", "level: ‸foundational", "level"),
    Case("R306", M, "state: closed-to-new-customers", "state: ‸closed", "status.state"),
    *(
        Case("R307", T, "checked: 2026-11-01", f"checked: ‸{day}", "evidence.trains.checked")
        for day in (
            "2026-2-3",
            "2026-02-30",
            "2026-13-01",
            "01.11.2026",
            "2026/11/01",
            "2026-11-01T10:00:00",
            "today",
            "20261101",
            "٢٠٢٦-11-01",
            "0000-01-01",
        )
    ),
    Case("R307", T, "    id: tone", "    id: ‸Tone", "checks[0].id"),
    Case("R307", T, "    id: tone", "    id: ‸to_ne", "checks[0].id"),
    Case("R307", T, "    id: tone", "    id: ‸1tone", "checks[0].id"),
    Case("R307", T, "    id: tone", "    id: ‸töne", "checks[0].id"),
    Case("R307", T, "  trains: {source", "  ‸Trains: {source", "evidence.Trains"),
    Case("R307", T, "related: [searching]", "related: [‸Searching]", "related[0]"),
    Case("R307", T, "former_ids: [tune]", "former_ids: [‸Tune]", "former_ids[0]"),
    Case("R307", T, "ABC-C01: [1.1.1]", "ABC-C01: [‸1.1]", "exams.ABC-C01[0]"),
    Case("R307", T, "ABC-C01: [1.1.1]", "‸abc-c01: [1.1.1]", "exams.abc-c01"),
    Case("R307", G, "text_dated: 2026-09", "text_dated: ‸2026-9", "pages.guide-tuning.text_dated"),
    Case("R307", G, "text_dated: 2026-09", "text_dated: ‸2026-13", "pages.guide-tuning.text_dated"),
    *(
        url(f"‸{address}")
        for address in (
            "http://docs.example.com/",
            "HTTPS://docs.example.com/",
            "javascript:alert(1)",
            "data:text/html,x",
            "//docs.example.com/",
            "docs.example.com/guide",
            "https://docs.example.com@evil.com/",
            "https://me:pw@docs.example.com/",
            "https://127.0.0.1/",
            "https://[::1]/",
            "https://localhost/",
            "https://docs.example.com:8443/",
            "https://dócs.example.com/",
            "https://Docs.example.com/",
            "https://docs.example.com/a b",
            "https://docs.example.com/<b>",
            "https://docs.example.com\\@evil.com/",
            "ftp://docs.example.com/",
            "https://",
            "https://docs.example.com./",
            "https://docs.example.com/é",
            "https://other.example.com/",
        )
    ),
    url("‸'https://docs.example.com/\"x'"),
    url('‸" https://docs.example.com/"'),
)

RULES = (
    Case(
        "C401",
        T,
        "- The tone must always be the same.[^trains]",
        "- ‸The tone must always be the same.",
        "choose.when[0]",
    ),
    Case("C401", T, "answers.[^trains]", "answers.", "misconceptions[0].in_fact", "in_fact: ‸It changes"),
    Case("C401", T, "  - It needs `examples`.[^trains]\n", "  - ‸It needs `examples`.\n", "definition"),
    Case(
        "C401",
        T,
        "  - It needs `examples`.[^trains]\n  - It changes weights.\n",
        "  - It needs `examples`.[^trains]\n\n  ‸It differs from all.\n",
        "definition",
    ),
    Case(
        "C401",
        T,
        '[Changes weights?, "No", "Yes[^trains]"]',
        '‸[Changes weights?, "No", "Yes"]',
        "choose.tables[0].rows[0]",
    ),
    Case("C402", T, "weights only.[^trains]", "weights only.‸[^nothing]", "variants[0].text"),
    Case("C402", T, "model as it is.[^searches]", "model\n  as it is.[^searches]‸[^nothing]", "definition"),
    Case(
        "C402",
        M,
        "{name: Old Hub, cites: [renamed]}",
        "{name: Old Hub, cites: [renamed, ‸nothing]}",
        "former_names[0].cites[1]",
    ),
    Case(
        "C403",
        T,
        "evidence:\n",
        "evidence:\n  ‸idle: {source: guide-tuning, says: No., checked: 2026-11-01}\n",
        "evidence.idle",
    ),
    Case(
        "C403",
        T,
        "evidence:\n",
        "# [^idle]\nevidence:\n  ‸idle: {source: guide-tuning, says: No., checked: 2026-11-01}\n",
        "evidence.idle",
    ),
    Case("C404", T, "checked: 2026-11-01", "checked: ‸2026-11-24", "evidence.trains.checked"),
    Case("C404", T, "checked: 2026-11-01", 'checked: ‸"9999-12-31"', "evidence.trains.checked"),
    Case("C404", E, "dated: 2026-04-30", "dated: ‸2027-04-30", "guide.dated"),
    Case("C404", G, "text_dated: 2026-09", "text_dated: ‸2027-01", "pages.guide-tuning.text_dated"),
    Case("C405", T, "from [[searching]]", "from ‸[[Searching]]", "definition"),
    Case("C405", T, "from [[searching]]", "from ‸[[searching]", "definition"),
    Case("C405", T, "from [[searching]]", "from ‸[[concept:searching]]", "definition"),
    Case("C405", T, "from [[searching]]", "from ‸[[]]", "definition"),
    Case("C405", T, "weights only.[^trains]", "weights only.‸[^Trains]", "variants[0].text"),
    Case("C405", T, "weights only.[^trains]", "weights only.‸[^trains", "variants[0].text"),
    Case("C405", T, "answers.[^trains]", "answers.[^trains] See ‸[[a b]].", "misconceptions[0].in_fact"),
    Case(
        "C406",
        T,
        '[Changes weights?, "No", "Yes[^trains]"]',
        '‸[Changes weights?, "Yes[^trains]"]',
        "choose.tables[0].rows[0]",
    ),
    Case(
        "C406",
        T,
        '[Changes weights?, "No", "Yes[^trains]"]',
        '‸[Changes?, "No", "Yes[^trains]", x]',
        "choose.tables[0].rows[0]",
    ),
    Case("C406", T, '[Changes weights?, "No", "Yes[^trains]"]', "‸[]", "choose.tables[0].rows[0]"),
    Case("C407", T, "[fine tuning]", "[fine tuning, ‸fine tuning]", "aliases[1]"),
    Case("C407", T, "    id: steps", "    id: ‸tone", "checks[1].id"),
    Case("C407", D, "  - id: both", "  - id: ‸night", "scenarios[1].id"),
    Case("C407", T, "related: [searching]", "related: [searching, ‸searching]", "related[1]"),
    Case("C407", T, "[1.1.1]", "[1.1.1, ‸1.1.1]", "exams.ABC-C01[1]"),
    Case("C408", T, "related: [searching]", "related: [‸tuning]", "related[0]"),
    Case("C408", T, "related: [searching]", "requires: [‸tuning]", "requires[0]"),
    Case("C408", T, "points_to: searching", "points_to: ‸tuning", "exam.signals_against[0].points_to"),
    Case("C408", T, "former_ids: [tune]", "former_ids: [‸tuning]", "former_ids[0]"),
    Case("C409", E, "weight: 60", "weight: 50", "domains", "‸domains:"),
    Case("C409", E, "  - number: 2", "  - number: ‸3", "domains[1].number"),
    Case("C409", E, 'number: "2.1"', 'number: ‸"2.2"', "domains[1].tasks[0].number"),
    Case("C409", E, "code: ABC-C01", "code: ‸ABD-C01", "code"),
    Case("C410", T, "right: true, ", "", "checks[0].options", "‸options:"),
    Case("C410", T, "type: single", "type: multiple", "checks[0].options", "‸options:"),
    Case("C411", D, "replace: updated every night", "replace: ‸updated now", "scenarios[0].flip.replace"),
    Case("C411", D, "[neither]\n    instead: searching", "[‸nothing]", "scenarios[2].answer[0]"),
    Case("C411", D, "[neither]\n    instead: searching", "[neither]", "scenarios[2].answer", "‸answer: [neither]"),
    Case("C411", D, "answer: [neither]", "answer: [tuning]", "scenarios[2].instead", "‸instead: searching"),
    Case("C411", D, "answer: [tuning], why: Then", "answer: ‸[searching], why: Then", "scenarios[0].flip.answer"),
    Case("C411", D, "**the tone must stay**", "the tone must stay", "scenarios[1].text", "text: ‸Prices change"),
    Case("C411", D, "answer: [tuning, searching]", "answer: [tuning, ‸neither]", "scenarios[1].answer[1]"),
    slip("C412", "Tuning ‸<b>always</b> wins."),
    slip("C412", "Tuning ‸<script>alert(1)</script> wins."),
    slip("C412", "Tuning ‸<script"),
    slip("C412", "Tuning ‸<img src=x onerror=alert(1)> wins."),
    slip("C412", "Tuning&‸nbsp;wins.".replace("&‸", "‸&")),
    slip("C412", "Tuning ‸&#60;b wins."),
    slip("C412", "Tuning ‸<!-- wins."),
    slip("C412", "Tuning **is ‸<br/> good**."),
    Case("C412", T, SUMMARY, "A ‸<i>model</i>", "summary"),
    Case("C412", T, "Tuning a model", "Tuning ‸<em>a</em> model", "name"),
    Case("C412", D, "signals: [always the same tone", "signals: [‸<b>always</b>", "options[0].signals[0]"),
    slip("C413", '"‸{{ name }} is it"'),
    slip("C413", '"Tuning ‸{% raw %} it"'),
    Case("C413", T, SUMMARY, "A model ‸{{ x }}", "summary"),
    slip("C414", "See ‸[the guide](https://docs.example.com/) first."),
    slip("C414", "See ‸![picture](x.png) first."),
    slip("C414", "See ‸https://docs.example.com/ first."),
    Case("C414", T, SUMMARY, "See ‸http://example.com", "summary"),
    model("C414", "|\n    ‸# Rivers\n    dig their own bed."),
    model("C414", "|\n    Rivers:\n\n    ‸| a | b |"),
    model("C414", "|\n    Rivers:\n    ‸* one"),
    model("C414", "|\n    Rivers:\n    ‸```\n    x"),
)

REFERENCES = (
    Case("L501", T, "services: [modelhub]", "services: [‸modelhab]", "services[0]"),
    Case("L501", T, "from [[searching]]", "from ‸[[serching]]", "definition"),
    Case("L501", T, "from [[searching]]", "from [[searching]] and ‸[[searchin]]", "definition"),
    Case("L501", T, "from [[searching]],", "from `[[serching]]` and ‸[[serching]],", "definition"),
    Case("L501", T, "from [[searching]]", "from ‸[[service:nohub]]", "definition"),
    Case("L501", T, "from [[searching]]", "from ‸[[decision:none]]", "definition"),
    Case("L501", T, "use [[searching|search]]".capitalize(), "Use ‸[[serching|search]]", "choose.when_not[0]"),
    Case("L501", T, MODEL, ">-\n    A river is like ‸[[serching|a\n    label over lines]].", "mental_model.text"),
    Case("L501", T, MODEL, '"A \'river\' \\"is\\" like ‸[[serching]]."', "mental_model.text"),
    Case("L501", T, MODEL, "'It''s like ‸[[serching]].'", "mental_model.text"),
    Case("L501", T, "order: [searching, tuning]", "order: [‸serching, tuning]", "choose.order[0]"),
    Case("L501", T, "points_to: searching", "points_to: ‸elsewhere", "exam.signals_against[0].points_to"),
    Case("L501", T, "shows: adds-facts", "shows: ‸other", "checks[0].options[2].shows"),
    Case("L501", T, "trains: {source: guide-tuning", "trains: {source: ‸guide-tunning", "evidence.trains.source"),
    Case("L501", T, "{ABC-C01: [1.1.1]}", "{‸XYZ-C01: [1.1.1]}", "exams.XYZ-C01"),
    Case("L501", M, "successors: [newhub]", "successors: [‸oldhub]", "status.successors[0]"),
    Case("L501", D, "instead: searching", "instead: ‸serching", "scenarios[2].instead"),
    Case("L501", E, "source: guide-tuning\n    tasks", "source: ‸guide\n    tasks", "domains[0].source"),
    Case("L501", D, "  - concept: tuning\n", "  - concept: ‸tunning\n", "options[0].concept"),
    Case("L501", S, "{concept: tuning, deciding", "{concept: ‸tunning, deciding", "confused_with[0].concept"),
    Case("L502", S, "kind: technique", "aliases: [Fine Tuning]\nkind: technique", "aliases[0]", "aliases: [‸fine"),
    Case("L502", S, "kind: technique", "aliases: [‸Tuning a model]\nkind: technique", "aliases[0]"),
    Case("L502", S, "kind: technique", "former_ids: [‸tuning]\nkind: technique", "former_ids[0]"),
    Case("L503", T, "related: [searching]", "requires: [searching]", "requires[0]", "requires: [‸tuning]"),
    Case(
        "L504",
        T,
        "confused_with:\n  - {concept: searching, deciding_fact: Whether the weights change.}\n",
        "",
        "confused_with[0].concept",
        "[{concept: ‸tuning",
    ),
    Case("L505", T, "ABC-C01: [1.1.1]", "ABC-C01: [‸1.1.9]", "exams.ABC-C01[0]"),
    Case("L505", E, "added: [1.1.2]", "added: [‸1.1.8]", "changes.added[0]"),
)

CASES = SYNTAX + CHARACTERS + KEYS + TYPES + EMPTY + LENGTHS + FORMS + RULES + REFERENCES
