"""Record text without links and citations: as words for tables, and as simple HTML for what is read elsewhere."""

from collections.abc import Iterable

from markupsafe import Markup, escape

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
from generator.present.site import Site


def words(site: Site, text: str) -> str:
    """A text of one or more blocks in plain words on one line; a link without a label shows its target's name."""
    return " ".join(words_of(site, inlines) for block in parse_blocks(text) for inlines in _lines(block))


def line_html(site: Site, text: str) -> Markup:
    """One line of text as HTML that holds nothing but strong, em and code."""
    return html_of(site, parse_line(text))


def blocks_html(site: Site, text: str) -> Markup:
    """Paragraphs and lists as HTML that holds nothing but p, ul, ol, li, strong, em and code."""
    return Markup("".join(_block(site, block) for block in parse_blocks(text)))


def _lines(block: Block) -> Iterable[tuple[Inline, ...]]:
    return block.items if isinstance(block, Items) else (block.inlines,)


def words_of(site: Site, inlines: Iterable[Inline]) -> str:
    """Parts of a line in plain words."""
    return "".join(_word(site, inline) for inline in inlines)


def _word(site: Site, inline: Inline) -> str:
    match inline:
        case Words(text) | Code(text) | Broken(text):
            return text
        case Strong(children) | Emphasis(children):
            return words_of(site, children)
        case Link(kind, id, label):
            return label or site.card((kind, id)).short_name
        case Cite():
            return ""


def html_of(site: Site, inlines: Iterable[Inline]) -> Markup:
    """Parts of a line as HTML that holds nothing but strong, em and code."""
    return Markup("".join(_element(site, inline) for inline in inlines))


def _block(site: Site, block: Block) -> Markup:
    if isinstance(block, Items):
        tag = "ol" if block.numbered else "ul"
        items = "".join(f"<li>{html_of(site, item)}</li>" for item in block.items)
        return Markup(f"<{tag}>{items}</{tag}>")
    return Markup(f"<p>{html_of(site, block.inlines)}</p>")


def _element(site: Site, inline: Inline) -> str:
    match inline:
        case Words(text):
            return escape(text)
        case Code(text):
            return f"<code>{escape(text)}</code>"
        case Strong(children):
            return f"<strong>{html_of(site, children)}</strong>"
        case Emphasis(children):
            return f"<em>{html_of(site, children)}</em>"
        case Cite():
            return ""
        case _:
            return escape(_word(site, inline))
