"""What the page of a concept or decision is made from: its record, the records next to it, and what all pages share."""

from collections import defaultdict
from collections.abc import Callable, Hashable

from generator.check.library import Ref
from generator.memo import Memo, Same
from generator.present.site import Site


def made_from(site: Site, memo: Memo) -> Callable[[Ref], Hashable]:
    """For a page's record, a key that changes whenever its page may.

    Next to a record are those that it names and those that name it. Of all others a page shows their cards only;
    exams, services and sources are few and seldom change, so any change of them counts for all pages.
    """
    library = site.library
    shared = (
        site.today,
        frozenset(library.broken),
        tuple(site.card(ref) for ref in library.records),
        tuple(Same(r.contents) for (kind, _), r in library.records.items() if kind not in ("concept", "decision")),
    )
    # One object for equal ones, as comparing it once per page would take longer than making the page.
    everywhere = Same(memo.each([shared], key=lambda all: all, make=lambda new: [object() for _ in new])[0])
    named: dict[Ref, set[Ref]] = defaultdict(set)
    for ref, namers in site.mentioned_by.items():
        for namer in namers:
            named[namer].add(ref)

    def key(ref: Ref) -> Hashable:
        near = sorted({ref, *named[ref], *site.mentioned_by.get(ref, ())} & library.records.keys())
        return ref, everywhere, *(Same(library.records[other].contents) for other in near)

    return key
