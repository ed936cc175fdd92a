"""Record text to HTML, for one page. Everything that is not the record language is escaped."""

from collections import Counter
from collections.abc import Iterable

from markupsafe import Markup, escape

from generator.check.library import Ref
from generator.model.markup import (
    Block,
    Broken,
    Cite,
    Code,
    Emphasis,
    Inline,
    Items,
    Link,
    Strong,
    Words,
    parse_blocks,
    parse_line,
)
from generator.present.address import relative
from generator.present.site import Site


class Writer:
    """Writes the texts of records on one page, and keeps the internal links it wrote."""

    def __init__(self, site: Site, page: str) -> None:
        self.site = site
        self.page = page
        self.links: set[tuple[str, str]] = set()
        """Page and anchor of every internal link written."""
        self.citations: Counter[str] = Counter()
        """Note → how often this page cites it."""

    def of(self, ref: Ref) -> "Texts":
        """A writer for the texts of one record."""
        return Texts(self, ref)

    def cited(self, note: str) -> str:
        """Counts a citation of a note and gives the id of its place in the text, for the way back."""
        self.citations[note] += 1
        return _back(note, self.citations[note])

    def backs(self, note: str) -> list[str]:
        """The ids of all places that cite a note, so far."""
        return [_back(note, count) for count in range(1, self.citations[note] + 1)]

    def to(self, page: str, anchor: str = "") -> str:
        """The address of a page, as written on this page."""
        self.links.add((page, anchor))
        return relative(page, self.page, anchor)

    def address(self, ref: Ref, anchor: str = "") -> str:
        """The address of a record, or of a part of its page."""
        page, own_anchor = self.site.place(ref)
        return self.to(page, "" if ref in self.site.library.broken else anchor or own_anchor)

    def link(self, ref: Ref, label: str | None = None) -> Markup:
        """A link to a record; without a label it shows the record's full name."""
        return Markup('<a class="sp-ref sp-ref--{}" href="{}">{}</a>').format(
            ref[0], self.address(ref), label or self.site.card(ref).name
        )


class Texts:
    """Writes texts of one record on one page; citations lead to the notes on the record's own page."""

    def __init__(self, writer: Writer, ref: Ref) -> None:
        self.writer = writer
        self.ref = ref

    def line(self, text: str) -> Markup:
        """One line of text."""
        return self._inlines(parse_line(text))

    def blocks(self, text: str) -> Markup:
        """Paragraphs and lists."""
        return Markup("\n").join(self._block(block) for block in parse_blocks(text))

    def cites(self, keys: Iterable[str]) -> Markup:
        """Citations by themselves, for figures that stand outside a text."""
        return Markup("").join(self._cite(key) for key in keys)

    def _block(self, block: Block) -> Markup:
        if isinstance(block, Items):
            tag = "ol" if block.numbered else "ul"
            items = Markup("").join(Markup("<li>{}</li>").format(self._inlines(item)) for item in block.items)
            return Markup("<{0}>{1}</{0}>").format(Markup(tag), items)
        return Markup("<p>{}</p>").format(self._inlines(block.inlines))

    def _inlines(self, inlines: Iterable[Inline]) -> Markup:
        return Markup("").join(self._inline(inline) for inline in inlines)

    def _inline(self, inline: Inline) -> Markup:
        match inline:
            case Words(text) | Broken(text):
                return escape(text)
            case Code(text):
                return Markup("<code>{}</code>").format(text)
            case Strong(children):
                return Markup("<strong>{}</strong>").format(self._inlines(children))
            case Emphasis(children):
                return Markup("<em>{}</em>").format(self._inlines(children))
            case Link(kind, id, label):
                return self.writer.link((kind, id), label or self.writer.site.card((kind, id)).short_name)
            case Cite(key):
                return self._cite(key)

    def _cite(self, key: str) -> Markup:
        page, _ = self.writer.site.place(self.ref)
        note = self.writer.site.note(self.ref, key)
        if page != self.writer.page:
            return Markup('<sup class="sp-cite"><a href="{}">{}</a></sup>').format(
                self.writer.to(page, f"fn:{note.anchor}"), note.number
            )
        back = self.writer.cited(note.anchor)
        return Markup('<sup id="{}"><a class="footnote-ref" href="#fn:{}">{}</a></sup>').format(
            back, note.anchor, note.number
        )


def _back(note: str, count: int) -> str:
    return f"fnref:{note}" if count == 1 else f"fnref{count}:{note}"
