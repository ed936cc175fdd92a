"""How often the question reader names a right concept first: `make reader`.

It reads every scenario and every flip of every decision without its marks, against all concepts, in Chromium; then the
scenarios of held_out.yml, which its signals and wordings are never tuned on.
"""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import yaml
from playwright.sync_api import Browser, Route, sync_playwright

from generator.check.library import Library
from generator.check.load import load
from generator.model.decision import NEITHER
from generator.model.markup import parse_line, plain
from generator.present.data.signals import SIGNALS, signals_file
from generator.present.site import Site
from tests.browser.chromium import FLAGS, find
from tests.conftest import ROOT

SCRIPT = "assets/javascripts/reader/match.js"
HELD_OUT = Path(__file__).parent / "held_out.yml"
READ = """async ([script, data, texts]) => {
  const { prepare, read } = await import(script)
  const model = prepare(data)
  return texts.map(text => read(text, model).ranked.map(({ concept }) => data.concepts[concept].page.split("/")[1]))
}"""


class Case(NamedTuple):
    """A text and the concepts that are right."""

    name: str
    text: str
    right: tuple[str, ...]


class Reading(NamedTuple):
    """What the reader makes of a case: the concepts it names, the strongest first."""

    case: Case
    named: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        """True where a right concept is named first."""
        return bool(self.named) and self.named[0] in self.case.right


def scenarios(library: Library) -> Iterator[Case]:
    """Every scenario without its marks. Where the answer is neither, what is right instead."""
    for id, decision in library.decisions.items():
        for scenario in decision.scenarios:
            right = (str(scenario.instead),) if scenario.answer == (NEITHER,) else scenario.answer
            yield Case(f"{id}, {scenario.id}", plain(parse_line(scenario.text)), right)


def flips(library: Library) -> Iterator[Case]:
    """Every scenario that has a flip, with its phrase changed and the answer that is right then, if a concept is."""
    for id, decision in library.decisions.items():
        for scenario in decision.scenarios:
            if (flip := scenario.flip) and flip.answer != (NEITHER,):
                text = plain(parse_line(scenario.text)).replace(flip.replace, flip.by)
                yield Case(f"{id}, flip of {scenario.id}", text, flip.answer)


def held_out() -> list[Case]:
    """The scenarios that nothing was tuned on."""
    entries = yaml.safe_load(HELD_OUT.read_text(encoding="utf-8"))
    return [Case(entry["id"], entry["text"], tuple(entry["answer"])) for entry in entries]


def library_of_today() -> Library:
    """The records of the site."""
    return load(ROOT / "content", date.today()).library


def readings(cases: list[Case], library: Library, browser: Browser) -> list[Reading]:
    """What the reader says to each case, with the signals of a library."""
    data = json.loads(signals_file(Site(library, date.today()))[SIGNALS])
    page = browser.new_page()
    page.route("**", _from_docs)
    page.goto(f"http://signpost.test/{SCRIPT}")
    named = page.evaluate(READ, [f"/{SCRIPT}", data, [case.text for case in cases]])
    page.close()
    return [Reading(case, tuple(concepts)) for case, concepts in zip(cases, named, strict=True)]


def _from_docs(route: Route) -> None:
    file = ROOT / "docs" / urlsplit(route.request.url).path.lstrip("/")
    route.fulfill(path=file) if file.is_file() else route.fulfill(status=404)


def main() -> None:
    """Prints the figures and the misses."""
    library = library_of_today()
    sets = {"scenarios": [*scenarios(library)], "flips": [*flips(library)], "held out": held_out()}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        found = {name: readings(cases, library, browser) for name, cases in sets.items()}
        browser.close()
    own = [*found["scenarios"], *found["flips"]]
    for name, read in {**found, "scenarios and flips": own}.items():
        right = sum(reading.is_right for reading in read)
        print(f"{name:20} {right:3} of {len(read):3} right first: {right / len(read):.1%}")
    print("\nMisses among scenarios and flips: named first, and what is right")
    for case, named in (reading for reading in own if not reading.is_right):
        print(f"  {case.name}: {named[0] if named else 'nothing'}, not {' or '.join(case.right)}")


if __name__ == "__main__":
    main()
