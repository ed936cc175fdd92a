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
from generator.present.address import relative, relative_file
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

    def file(self, path: str) -> str:
        """The address of a file that is not a page, as written on this page."""
        return relative_file(path, self.page)

    def address(self, ref: Ref, anchor: str = "") -> str:
        """The address of a record, or of a part of its page."""
        page, own_anchor = self.site.place(ref)
        return self.to(page, "" if ref in self.site.library.broken else anchor or own_anchor)

    def link(self, ref: Ref, label: str | None = None) -> Markup:
        """A link to a record; without a label it shows the record's full name."""
        shown = escape(label or self.site.card(ref).name)
        return Markup(f'<a class="sp-ref sp-ref--{ref[0]}" href="{escape(self.address(ref))}">{shown}</a>')


class Texts:
    """Writes texts of one record on one page; citations lead to the notes on the record's own page."""

    def __init__(self, writer: Writer, ref: Ref) -> None:
        self.writer = writer
        self.ref = ref

    def line(self, text: str) -> Markup:
        """One line of text."""
        return self._inlines(parse_line(text))

    def unmarked(self, text: str) -> Markup:
        """One line of text whose deciding phrases look like the rest: a question before its answer."""
        parts = (part.children if isinstance(part, Strong) else (part,) for part in parse_line(text))
        return self._inlines(inline for group in parts for inline in group)

    def blocks(self, text: str) -> Markup:
        """Paragraphs and lists."""
        return Markup("\n").join(self._block(block) for block in parse_blocks(text))

    def cites(self, keys: Iterable[str]) -> Markup:
        """Citations by themselves, for figures that stand outside a text."""
        return Markup("").join(self._cite(key) for key in keys)

    def _block(self, block: Block) -> Markup:
        if isinstance(block, Items):
            tag = "ol" if block.numbered else "ul"
            items = "".join(f"<li>{self._inlines(item)}</li>" for item in block.items)
            return Markup(f"<{tag}>{items}</{tag}>")
        return Markup(f"<p>{self._inlines(block.inlines)}</p>")

    def _inlines(self, inlines: Iterable[Inline]) -> Markup:
        return Markup("".join(self._inline(inline) for inline in inlines))

    def _inline(self, inline: Inline) -> Markup:
        match inline:
            case Words(text) | Broken(text):
                return escape(text)
            case Code(text):
                return Markup(f"<code>{escape(text)}</code>")
            case Strong(children):
                return Markup(f"<strong>{self._inlines(children)}</strong>")
            case Emphasis(children):
                return Markup(f"<em>{self._inlines(children)}</em>")
            case Link(kind, id, label):
                return self.writer.link((kind, id), label or self.writer.site.card((kind, id)).short_name)
            case Cite(key):
                return self._cite(key)

    def _cite(self, key: str) -> Markup:
        page, _ = self.writer.site.place(self.ref)
        note = self.writer.site.note(self.ref, key)
        if page != self.writer.page:
            href = escape(self.writer.to(page, f"fn:{note.anchor}"))
            return Markup(f'<sup class="sp-cite"><a href="{href}">{note.number}</a></sup>')
        back, anchor = escape(self.writer.cited(note.anchor)), escape(note.anchor)
        return Markup(f'<sup id="{back}"><a class="footnote-ref" href="#fn:{anchor}">{note.number}</a></sup>')


def _back(note: str, count: int) -> str:
    return f"fnref:{note}" if count == 1 else f"fnref{count}:{note}"
