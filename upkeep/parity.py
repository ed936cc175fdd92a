"""Builds the site with every engine and says what differs: `python -m upkeep.parity FOLDER [ENGINE ...]`.

Exit status: 0 nothing differs but what parity.toml accepts; 1 something does; 2 MkDocs itself could not build.
"""

import re
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple

from upkeep.built import BuiltPage, BuiltSite, read_site
from upkeep.engines import ADDRESS, ENGINES, REFERENCE, CannotBuild, CannotInstall, Engine, Workshop

ACCEPTED = Path(__file__).with_name("parity.toml")
EXAMPLES = 5


class Difference(NamedTuple):
    """Something that one engine's site has otherwise."""

    aspect: str
    page: str
    detail: str


class Accepted(NamedTuple):
    """A kind of difference that is known and does no harm, or is the price of that engine."""

    name: str
    engine: str
    """As a file name pattern."""
    aspect: str
    page: str
    """As a file name pattern."""
    detail: str
    """As a regular expression that all of it fits."""
    reason: str

    def covers(self, engine: str, difference: Difference) -> bool:
        """True where this is that difference."""
        return (
            fnmatch(engine, self.engine)
            and self.aspect == difference.aspect
            and fnmatch(difference.page, self.page)
            and re.fullmatch(self.detail, difference.detail, re.DOTALL) is not None
        )


def accepted(text: str) -> tuple[Accepted, ...]:
    """The accepted differences in a TOML text. Raises TypeError where one lacks a part."""
    return tuple(Accepted(name, **table) for name, table in tomllib.loads(text).items())


def differences(ours: BuiltSite, theirs: BuiltSite) -> Iterator[Difference]:
    """Everything in which their site is not ours."""
    yield from _sets("pages", "", ours.pages, theirs.pages)
    yield from _sets("sitemap", "", ours.map, theirs.map)
    yield from _sets("files", "", ours.files, theirs.files)
    for name in sorted(ours.files.keys() & theirs.files.keys()):
        if ours.files[name] != theirs.files[name]:
            yield Difference("files", "", f"other bytes: {name}")
    for name in sorted(ours.pages.keys() & theirs.pages.keys()):
        yield from _of_page(name, ours.pages[name], theirs.pages[name])
    yield from _sets("search", "", ours.search, theirs.search)
    for place in sorted(ours.search.keys() & theirs.search.keys()):
        for part, one, other in zip(("title", "text"), ours.search[place], theirs.search[place], strict=True):
            if one != other:
                yield Difference("search", place, f"other {part}: {_first_change(one.split(), other.split())}")


def _of_page(name: str, ours: BuiltPage, theirs: BuiltPage) -> Iterator[Difference]:
    for aspect in ("title", "description"):
        one, other = getattr(ours, aspect), getattr(theirs, aspect)
        if one != other:
            yield Difference(aspect, name, f"{one!r} became {other!r}")
    for aspect in ("head", "anchors", "links", "edit_links", "menu"):
        yield from _lists(aspect, name, getattr(ours, aspect), getattr(theirs, aspect))
    if ours.text != theirs.text:
        yield Difference("text", name, _first_change(ours.text.split(), theirs.text.split()))


def _sets(aspect: str, page: str, ours: Iterable[str], theirs: Iterable[str]) -> Iterator[Difference]:
    one, other = set(ours), set(theirs)
    yield from (Difference(aspect, page, f"missing: {name}") for name in sorted(one - other))
    yield from (Difference(aspect, page, f"added: {name}") for name in sorted(other - one))


def _lists(aspect: str, page: str, ours: Sequence[str], theirs: Sequence[str]) -> Iterator[Difference]:
    """As sets, but counting; the order matters once the items are the same."""
    one, other = Counter(ours), Counter(theirs)
    if one == other and list(ours) != list(theirs):
        yield Difference(aspect, page, "in another order")
    yield from (Difference(aspect, page, f"missing: {item}") for item in sorted((one - other).elements()))
    yield from (Difference(aspect, page, f"added: {item}") for item in sorted((other - one).elements()))


def _first_change(ours: Sequence[str], theirs: Sequence[str]) -> str:
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    _, a, b, c, d = next(change for change in matcher.get_opcodes() if change[0] != "equal")
    return f"{_shortened(ours[a:b])!r} became {_shortened(theirs[c:d])!r}"


def _shortened(words: Sequence[str]) -> str:
    return " ".join(words[:12]) + (" …" if len(words) > 12 else "")


def compare(engine: str, found: Iterable[Difference], rules: Sequence[Accepted]) -> tuple[list[str], set[str]]:
    """Lines that say what differs and is not accepted, and the names of the rules that were needed."""
    new: dict[str, list[Difference]] = defaultdict(list)
    counts: Counter[str] = Counter()
    for difference in found:
        rule = next((rule for rule in rules if rule.covers(engine, difference)), None)
        if rule:
            counts[rule.name] += 1
        else:
            new[difference.aspect].append(difference)
    known = ", ".join(f"{count} {name}" for name, count in sorted(counts.items())) or "none"
    lines = [f"  accepted: {known}"]
    for aspect, group in new.items():
        lines.append(f"  {aspect}: {len(group)} differences")
        lines += [f"    {d.page or 'site'}: {d.detail[:300]}" for d in group[:EXAMPLES]]
    lines.append(f"  {sum(map(len, new.values()))} differences that are not accepted")
    return lines, set(counts)


def main(folder: Path, names: Sequence[str]) -> int:
    """Builds and compares the named engines, or all; prints what differs."""
    rules = accepted(ACCEPTED.read_text(encoding="utf-8"))
    chosen = [engine for engine in ENGINES if not names or engine.name in names]
    try:
        workshop = Workshop(folder)
        ours = read_site(workshop.build(REFERENCE), ADDRESS)
    except CannotBuild as problem:
        print(f"mkdocs cannot build the site:\n{problem}", file=sys.stderr)
        return 2
    print(f"mkdocs: {len(ours.pages)} pages, {len(ours.files)} files, {len(ours.search)} search entries")
    failed = False
    needed: set[str] = set()
    built = []
    for engine in chosen:
        good, used = _try(workshop, engine, ours, rules)
        failed |= good is False
        needed |= used
        built += [engine.name] if good is not None else []
    for rule in rules:
        if rule.name not in needed and any(fnmatch(name, rule.engine) for name in built):
            print(f"parity.toml: {rule.name} is not needed any more; delete it")
            failed = True
    return int(failed)


def _try(
    workshop: Workshop, engine: Engine, ours: BuiltSite, rules: Sequence[Accepted]
) -> tuple[bool | None, set[str]]:
    """True where nothing new differs, None where the engine is not to be had; and the rules that were needed."""
    try:
        theirs = read_site(workshop.build(engine), ADDRESS)
    except CannotInstall as problem:
        print(f"{engine.name}: skipped, it cannot be installed here: {problem}")
        return None, set()
    except CannotBuild as problem:
        print(f"{engine.name}: cannot build the site:\n{problem}")
        return False, set()
    print(f"{engine.name}: {len(theirs.pages)} pages, {len(theirs.files)} files, {len(theirs.search)} search entries")
    lines, used = compare(engine.name, differences(ours, theirs), rules)
    print("\n".join(lines))
    return lines[-1].strip().startswith("0 "), used


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
