"""Looks at every address off the site, and writes a report for maintainers: `python -m upkeep.links LYCHEE REPORT`.

Exit status: 0 nothing is dead; 1 something is; 2 the check itself failed.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.check.load import load
from generator.present.site import RECHECK_AFTER, Proof, Site
from upkeep.addresses import Place, addresses
from upkeep.link_exceptions import FILE, BadException, LinkException, link_exceptions
from upkeep.lychee import Answer, Failed, look

PROJECT = Path(__file__).parent.parent
PAUSES = (30, 120)
"""Seconds to wait before looking again at what was not fine."""

Found = tuple[str, Answer]
"""An address and its answer."""


@dataclass(frozen=True)
class Findings:
    """What came out, by state; an address that an exception covers is excused, whatever it answered."""

    places: Mapping[str, tuple[Place, ...]]
    dead: tuple[Found, ...]
    refused: tuple[Found, ...]
    fine: tuple[Found, ...]
    excused: tuple[tuple[Found, LinkException], ...]
    expired: tuple[LinkException, ...]
    needless: tuple[LinkException, ...]
    """Exceptions that cover nothing but what is fine."""

    @property
    def counts(self) -> str:
        """One line for people and logs."""
        return (
            f"{len(self.places)} addresses: {len(self.fine)} fine, {len(self.refused)} refused, {len(self.dead)} dead, "
            f"{len(self.excused)} excused; exceptions: {len(self.expired)} expired, {len(self.needless)} needless"
        )


def judge(
    places: Mapping[str, tuple[Place, ...]],
    answers: Mapping[str, Answer],
    exceptions: Iterable[LinkException],
    today: date,
) -> Findings:
    """Sorts the answers by state, with the exceptions that still count."""
    all_exceptions = tuple(exceptions)
    valid = [exception for exception in all_exceptions if exception.until >= today]
    by_state: dict[str, list[Found]] = defaultdict(list)
    excused = []
    for url in places:
        found = (url, answers[url])
        covering = next((exception for exception in valid if exception.covers(url)), None)
        if covering and answers[url].state != "fine":
            excused.append((found, covering))
        else:
            by_state[answers[url].state].append(found)
    used = {exception for _, exception in excused}
    return Findings(
        places=places,
        dead=tuple(by_state["dead"]),
        refused=tuple(by_state["refused"]),
        fine=tuple(by_state["fine"]),
        excused=tuple(excused),
        expired=tuple(exception for exception in all_exceptions if exception.until < today),
        needless=tuple(exception for exception in valid if exception not in used),
    )


def report(findings: Findings, due: Iterable[Proof], files: Mapping[tuple[str, str], str]) -> str:
    """The findings and the evidence that is due for a re-check, as Markdown. `files` names a record's file."""
    moved = tuple(found for found in findings.fine if found[1].leads_to)
    refused = f"The host answered, but not with the page. Open it in a browser; {FILE.name} can excuse it for a while."
    due_lines = [f"- {files[proof.ref]}: `{proof.key}`, checked {proof.evidence.checked}" for proof in due]
    sections = [
        ("Dead", "Mend the record, or take out what rests on it.", _by_file(findings, findings.dead)),
        ("Refused", refused, _by_file(findings, findings.refused)),
        ("Moved", "The page came from another address: is it still the same page?", _by_file(findings, moved)),
        ("Exceptions", "Renew or delete these.", list(_old_exceptions(findings))),
        (
            "Due for a re-check",
            f"Evidence last read more than {RECHECK_AFTER.days} days ago, oldest first.",
            due_lines,
        ),
    ]
    parts = [findings.counts + "."]
    for title, advice, lines in sections:
        if lines:
            parts += [f"### {title}", advice, "\n".join(lines)]
    return "\n\n".join(parts) + "\n"


def _by_file(findings: Findings, found: Iterable[Found]) -> list[str]:
    """Lines of the report, grouped by the file that holds the address."""
    files: dict[str, list[str]] = defaultdict(list)
    for url, answer in found:
        came_from = f", from {_code(answer.leads_to)}" if answer.leads_to else ""
        for place in findings.places[url]:
            files[place.file].append(f"  - line {place.line}: {_code(url)}: {_code(answer.said)}{came_from}")
    return [line for file in sorted(files) for line in (f"- {file}", *files[file])]


def _old_exceptions(findings: Findings) -> Iterator[str]:
    for exception in findings.expired:
        yield f"- {_code(exception.name)} expired on {exception.until}: {_code(exception.reason)}"
    for exception in findings.needless:
        yield f"- {_code(exception.name)} is not needed: everything it covers is fine"


def _code(text: str) -> str:
    """Text from elsewhere as code in Markdown: it cannot end the span or the line, and nobody is notified by it."""
    return f"`{' '.join(text.replace('`', '’').split())[:300]}`"


def main(program: Path, output: Path, today: date) -> int:
    """Checks all addresses of the project with the lychee at `program`, writes the report, prints the counts."""
    output.unlink(missing_ok=True)
    try:
        exceptions = link_exceptions(FILE.read_text(encoding="utf-8"), today)
        loaded = load(PROJECT / "content", today)
        places = addresses(PROJECT, loaded.records)
        findings = judge(places, look(program, places, PAUSES), exceptions, today)
    except (BadException, Failed) as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 2
    files = {record.ref: record.file for record in loaded.records}
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(report(findings, Site(loaded.library, today).due, files), encoding="utf-8")
    print(f"{findings.counts}; more in {output}")
    return 1 if findings.dead else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), date.today()))
