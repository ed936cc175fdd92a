"""A deck for Anki. Each note keeps its id for good, so that a newer deck updates it and keeps the progress."""

import calendar
import io
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import count
from typing import NamedTuple

from genanki import Deck, Model, Note, Package, guid_for  # type: ignore[import-untyped]
from markupsafe import Markup, escape

from generator.model.fields import Objectives
from generator.present.data.questions import Parts, Question, questions
from generator.present.plain import blocks_html, html_of, line_html
from generator.present.rich import address
from generator.present.site import Site

FILE = "data/signpost.apkg"

_STYLE = """
.card { font: 18px/1.5 ui-sans-serif, system-ui, sans-serif; text-align: left; }
.card { max-width: 40em; margin: 0 auto; padding: 1em; }
.kind, .page { font-size: 13px; opacity: .75; }
.answer { font-weight: 600; }
""".strip()
_FIELDS = ("Id", "Kind", "Question", "Options", "Answer", "Why", "Page")
_FRONT = '<p class="kind">{{Kind}}</p><div>{{Question}}</div>{{Options}}'
_BACK = '{{FrontSide}}<hr id="answer"><div class="answer">{{Answer}}</div>{{Why}}<p class="page">{{Page}}</p>'
_KINDS = {
    "single": "Choose one",
    "multiple": "Choose all that are right",
    "ordering": "Put in order",
    "matching": "Match",
    "scenario": "Scenario: what is right?",
    "flip": "Scenario with one phrase changed: what is right now?",
}
_SQLITE_VERSION = slice(96, 100)
"""Where a database names the SQLite that wrote it, which differs between machines."""


class _Entry(NamedTuple):
    """A note: its fields in their order, and what sorts it into a deck."""

    id: str
    kind: str
    question: Markup
    options: Markup
    answer: Markup
    why: Markup
    page: str
    objectives: Objectives


def deck_files(site: Site) -> dict[str, bytes]:
    """The deck: a note for each concept, misconception, check, scenario and flip; one subdeck per exam domain.

    A note counts as changed on the day of the build: Anki takes over what is newer than its own.
    """
    model = Model(
        _number("model"),
        "Signpost",
        fields=[{"name": name} for name in _FIELDS],
        templates=[{"name": "Card", "qfmt": _FRONT, "afmt": _BACK}],
        css=_STYLE,
    )
    decks: dict[str, Deck] = {}
    for place, entry in enumerate(_entries(site)):
        name = _deck(site, entry.objectives)
        deck = decks.setdefault(name, Deck(_number(name), name))
        fields = [_text(field) for field in entry[:-1]]
        guid = guid_for("signpost", entry.id)
        deck.add_note(Note(model, fields, guid=guid, tags=_tags(entry.objectives), due=place))
    return {FILE: _packed([deck for _, deck in sorted(decks.items())], calendar.timegm(site.today.timetuple()))}


def _entries(site: Site) -> Iterator[_Entry]:
    nothing = Markup("")
    for id, concept in sorted(site.library.concepts.items()):
        page = address(site, ("concept", id))
        lead = _paragraph(line_html(site, concept.choose.lead)) if concept.choose.lead else nothing
        kind = "Concept: what is it, and what decides?"
        name, summary = escape(concept.name), escape(concept.summary)
        yield _Entry(f"concept/{id}", kind, name, nothing, summary, lead, page, concept.exams)
        for trap in concept.misconceptions:
            page = address(site, ("concept", id), f"misconception-{trap.id}")
            decide = _paragraph(Markup(f"Decide by: {line_html(site, trap.decide_by)}"))
            fact = blocks_html(site, trap.in_fact)
            trap_id, kind = f"misconception/{id}/{trap.id}", "Trap: what is so?"
            yield _Entry(trap_id, kind, escape(trap.belief), nothing, fact, decide, page, concept.exams)
    for question in questions(site):
        yield _question(site, question)


def _question(site: Site, question: Question) -> _Entry:
    def listed(texts: Iterable[Parts], tag: str) -> Markup:
        items = "".join(f"<li>{html_of(site, text)}</li>" for text in texts)
        return Markup(f"<{tag}>{items}</{tag.split()[0]}>")

    lettered = 'ol type="A"' if question.type in ("single", "multiple") else "ul"
    several = "ol" if question.type == "ordering" else "ul"
    answer, why = question.answer, question.why
    return _Entry(
        question.id,
        _KINDS[question.type],
        html_of(site, question.text),
        listed(question.options, lettered),
        listed(answer, several) if len(answer) > 1 else html_of(site, answer[0]),
        listed(why, lettered) if len(why) > 1 else _paragraph(html_of(site, why[0])),
        address(site, question.ref, question.anchor),
        question.objectives,
    )


def _text(field: str) -> str:
    """A field as Anki shows it. A bracket could open a command of Anki's, such as [sound:...]."""
    return str(escape(field)).replace("[", "&#91;")


def _paragraph(text: Markup) -> Markup:
    return Markup(f"<p>{text}</p>")


def _deck(site: Site, objectives: Objectives) -> str:
    """The subdeck of the exam domain that the record is filed under."""
    home = site.home_domain(objectives)
    if not home:
        return "Signpost"
    code, number = home
    title = next(domain.title for domain in site.library.exams[code].domains if domain.number == number)
    return f"Signpost::{code}::{number} {title.replace('::', ':')}"


def _tags(objectives: Objectives) -> list[str]:
    return [f"{code}::{number}" for code, numbers in sorted(objectives.items()) for number in numbers]


def _number(name: str) -> int:
    """The id that Anki knows a deck or the kind of note by; the same for the same name, for good."""
    return (1 << 30) + int.from_bytes(sha256(f"signpost/{name}".encode()).digest()[:4]) % (1 << 30)


def _packed(decks: list[Deck], changed: int) -> bytes:
    """The package, the same bytes for the same notes on every machine: not compressed, without a time of packing."""
    with sqlite3.connect(":memory:") as collection:
        collection.execute("PRAGMA page_size = 4096")
        Package(decks).write_to_db(collection.cursor(), changed, count(changed * 1000))
    collection.execute("VACUUM")
    database = bytearray(collection.serialize())
    collection.close()
    database[_SQLITE_VERSION] = bytes(4)
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as folder:
        for name, contents in (("collection.anki2", bytes(database)), ("media", b"{}")):
            entry = zipfile.ZipInfo(name)
            entry.create_system = 3  # what Unix writes; Windows would write another
            folder.writestr(entry, contents)
    return package.getvalue()
