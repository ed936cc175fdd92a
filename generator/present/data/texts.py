"""Every page as Markdown text, for readers without a browser and for language models.

Reads the finished HTML of our own templates in one pass. An element that is not known here leaves its text. Evidence
becomes footnotes, and links lead to the pages.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from html import unescape

from generator.cores import on_all_cores
from generator.memo import FORGETFUL, Memo, Same
from generator.present.address import url_of
from generator.present.page import Page

_TOKEN = re.compile(
    r'(<sup id="[^"]*"><a class="footnote-ref"[^>]*>[^<]*</a></sup>'
    r"|<(a|b|cite|code|del|em|i|ins|q|small|span|strong)\b[^>]*>[^<]*</\2>"
    r"|<[^>]*>)"
)
"""A citation, an element that holds nothing but text, or a tag."""
_ESCAPED = re.compile(r"[\\`*\[\]~]|_(?:(?![^\W_])|(?<![^\W_]_))|&(?:amp;(?!#?\w{1,32};)|gt;|quot;|#3[49];)")
_SAID = {"&amp;": "&", "&gt;": ">", "&quot;": '"', "&#34;": '"', "&#39;": "'"}
_BLOCK_START = re.compile(r"[-+>#]|\d{1,9}(?=[.)](?:\s|$))")
_VOID = frozenset(("br", "hr", "img", "input", "wbr"))
_SILENT = frozenset(("script", "style", "svg", "template"))
_LABELS = frozenset(("sp-label", "sp-trap__mark"))


def page_texts(pages: Sequence[Page], memo: Memo = FORGETFUL) -> Iterable[tuple[str, str]]:
    """Path below the site and Markdown text of every page; of a page that did not change, from the memo."""
    texts = memo.each(
        pages,
        key=lambda page: ("text", Same(page)),
        make=lambda changed: on_all_cores(lambda page: to_text(page.html, page.path), changed),
    )
    return zip((text_path(page.path) for page in pages), texts, strict=True)


def text_path(page: str) -> str:
    """Where the text of a page lies: concepts/fine-tuning.md."""
    return f"{page}.md"


def to_text(html: str, page: str) -> str:
    """The HTML of a page as Markdown (CommonMark with tables and footnotes), without any HTML element."""
    return _Converter(page).convert(html)


class _Converter:
    """What has been written so far, and what is open."""

    def __init__(self, page: str) -> None:
        folder, _, name = page.rpartition("/")
        self.own_folder = f"{name}/" if url_of(page).strip("/") != folder else ""
        """The page as its text must write it; empty where both lie in the same folder."""
        self.written: list[str] = []
        self.line: list[str] = []
        """Parts of the block that is being read."""
        self.opened: list[tuple[str, int, str]] = []
        """Open inline elements: name, where in the line they start, and their link."""
        self.lists: list[int] = []
        """Open lists: the number of the next item, or 0 where items have none."""
        self.indents = [""]
        self.marker = ""
        self.in_list = False
        self.heading = ""
        self.strong = 0
        self.row: list[str] | None = None
        self.rows: list[str] = []
        self.verbatim = False
        self.silent = ""
        self.depth = 0

    def convert(self, html: str) -> str:
        *parts, _ = _TOKEN.split(f"{html}<hr>")
        line = self.line
        for text, token, whole in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
            if self.silent:
                self._skip(token, whole)
                continue
            if text and (line or self.verbatim or not text.isspace()):
                line.append(text if self.verbatim else _ESCAPED.sub(_escaped, text))
            if whole:
                self._whole(whole, token)
            elif token[1] == "/":
                if end := _END.get(token):
                    end(self)
            elif token[-6:] == "</sup>":
                line.append(f"[^{_attribute(token, 'href')[4:]}]")
            else:
                name = token[1:-1].partition(" ")[0]
                if start := _START.get(name):
                    start(self, name, token)
                elif name in _SILENT:
                    self.silent, self.depth = name, 1
        self._block()
        return "".join(self.written).lstrip("\n") + "\n"

    # Blocks

    def _block(self) -> None:
        """Ends the block that is being read; in a table cell it only ends a word."""
        if not self.line:
            return
        if self.row is not None:
            self.line.append(" ")
            return
        text = " ".join("".join(self.line).split())
        self.line.clear()
        self.opened.clear()
        if not text:
            return
        if self.heading:
            text = f"{self.heading} {text[:-1]}\\#" if text[-1] == "#" else f"{self.heading} {text}"
        elif self.strong:
            text = f"**{text}**"
        else:
            text = _no_block_start(text)
        self._write(text)

    def _write(self, text: str) -> None:
        indent = self.indents[-1]
        between = "\n" if self.marker and self.in_list else "\n\n"
        self.written.append(f"{between}{self.marker or indent}{text}")
        self.marker = ""
        self.in_list = len(self.indents) > 1

    def start_block(self, name: str, tag: str) -> None:
        self._block()
        if 'class="sp-label"' in tag:
            self.strong = 1

    def end_block(self) -> None:
        self._block()
        self.strong = 0

    def start_label(self, name: str, tag: str) -> None:
        self._block()
        self.strong = 1

    def start_heading(self, name: str, tag: str) -> None:
        self._block()
        self.heading = "#" * int(name[1])

    def end_heading(self) -> None:
        self._block()
        self.heading = ""

    def start_list(self, name: str, tag: str) -> None:
        self._block()
        self.lists.append(1 if name == "ol" else 0)

    def end_list(self) -> None:
        self._block()
        if self.lists:
            self.lists.pop()
        self.in_list = bool(self.lists)

    def start_item(self, name: str, tag: str) -> None:
        self._block()
        number = self.lists[-1] if self.lists else 0
        note = _attribute(tag, "id")
        if note.startswith("fn:"):
            marker = f"[^{note[3:]}]: "
        elif number:
            marker = f"{number}. "
            self.lists[-1] += 1
        else:
            marker = "- "
        self.marker = self.indents[-1] + marker
        self.indents.append(self.indents[-1] + " " * (4 if note.startswith("fn:") else len(marker)))

    def end_item(self) -> None:
        self._block()
        self.marker = ""
        if len(self.indents) > 1:
            self.indents.pop()

    def start_verbatim(self, name: str, tag: str) -> None:
        self._block()
        self.verbatim = True

    def end_verbatim(self) -> None:
        self.verbatim = False
        lines = unescape("".join(self.line)).strip("\n").split("\n")
        self.line.clear()
        fence = _fence("\n".join(lines), 3)
        self._write(f"\n{self.indents[-1]}".join([fence, *lines, fence]))

    # Tables

    def start_row(self, name: str, tag: str) -> None:
        self._block()
        self.row = []

    def end_cell(self) -> None:
        if self.row is not None:
            self.row.append(" ".join("".join(self.line).split()).replace("|", "\\|"))
            self.line.clear()
            self.opened.clear()

    def end_row(self) -> None:
        if self.row:
            self.rows.append(f"| {' | '.join(self.row)} |")
            if len(self.rows) == 1:
                self.rows.append(f"|{' --- |' * len(self.row)}")
        self.row = None
        self.line.clear()

    def end_table(self) -> None:
        if self.rows:
            self._write(f"\n{self.indents[-1]}".join(self.rows))
            self.rows.clear()

    # Inside a line

    def start_inline(self, name: str, tag: str) -> None:
        if "aria-hidden" in tag and name not in _VOID:
            self.silent, self.depth = name, 1
        elif name != "code":
            self.opened.append((_meant(name, tag), len(self.line), tag))
        elif not self.verbatim:
            self.opened.append((name, len(self.line), tag))
            self.verbatim = True

    def end_inline(self) -> None:
        if not self.opened:
            return
        name, start, tag = self.opened.pop()
        if name == "code":
            self.verbatim = False
        inside = "".join(self.line[start:])
        del self.line[start:]
        self._add(name, inside, tag)

    def _whole(self, name: str, token: str) -> None:
        """An inline element that holds nothing but text."""
        tag, _, rest = token.partition(">")
        inside = rest[: -len(name) - 3]
        if self.verbatim:
            self.line.append(inside)
        elif "aria-hidden" not in tag:
            self._add(_meant(name, tag), inside if name == "code" else _ESCAPED.sub(_escaped, inside), tag)

    def _add(self, name: str, inside: str, tag: str) -> None:
        """Puts marks around what is inside an element, and white space outside of them."""
        text = inside.strip()
        if not text:
            self.line.append(inside)
        elif name in ("span", "small"):
            self.line += (" ", inside) if self.line and self.line[-1][-1:].isalnum() else (inside,)
        elif text is inside:
            self.line.append(self._marked(name, text, tag))
        else:
            before, _, after = inside.partition(text)
            self.line += (before, self._marked(name, text, tag), after)

    def _marked(self, name: str, text: str, tag: str) -> str:
        match name:
            case "a":
                return self._link(text, tag)
            case "code":
                text = unescape(text)
                fence = _fence(text, 1)
                return f"{fence} {text} {fence}" if "`" in text else f"{fence}{text}{fence}"
            case "q":
                return f"“{text}”"
            case "del":
                return f"~~{text}~~"
            case "label":
                return f"{text}:" if self.heading else f"**{text}:**"
            case "em" | "i" | "cite":
                return text if self._within("em", "i", "cite") else f"*{text}*"
            case _:
                return text if self.strong or self.heading or self._within("strong", "b", "ins") else f"**{text}**"

    def _within(self, *names: str) -> bool:
        return any(name in names for name, _, _ in self.opened)

    def _link(self, text: str, tag: str) -> str:
        href, kind = unescape(_attribute(tag, "href")), _attribute(tag, "class")
        if kind == "footnote-backref" or not href:
            return ""
        if kind == "footnote-ref":
            return f"[^{href.removeprefix('#fn:')}]"
        if href.startswith("#"):
            href = self.own_folder + href
        elif self.own_folder and href.startswith("../"):
            href = href[3:] or "./"
        if "/#fn:" in href:
            text = f"\\[{text}\\]"
        return f"[{text}]({href.replace('(', '%28').replace(')', '%29')})"

    def _skip(self, token: str, whole: str | None) -> None:
        """Passes over an element that nobody is meant to read."""
        if not whole and _name(token) == self.silent:
            self.depth += -1 if token[1] == "/" else 1
            if not self.depth:
                self.silent = ""


def _name(tag: str) -> str:
    return tag[1:-1].lstrip("/").partition(" ")[0]


def _meant(name: str, tag: str) -> str:
    """The element that a tag stands for."""
    return "label" if name == "span" and _attribute(tag, "class") in _LABELS else name


def _attribute(tag: str, name: str) -> str:
    _, found, rest = tag.partition(f' {name}="')
    return rest.partition('"')[0] if found else ""


def _escaped(match: re.Match[str]) -> str:
    found = match[0]
    return _SAID.get(found) or f"\\{found}"


def _no_block_start(text: str) -> str:
    """The text, so that its first letters do not make it a list, a heading, a quote or a note."""
    if start := _BLOCK_START.match(text):
        digits = start[0] if start[0][0].isdigit() else ""
        return f"{digits}\\{text[len(digits) :]}"
    return text.replace("]:", "]\\:", 1) if text.startswith("[^") else text


def _fence(text: str, shortest: int) -> str:
    """Backticks, more than stand together anywhere in the text."""
    longest = max(map(len, re.findall("`+", text)), default=0)
    return "`" * max(shortest, longest + 1)


_INLINE = ("a", "b", "cite", "code", "del", "em", "i", "ins", "q", "small", "span", "strong")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = (
    *("article", "button", "dd", "details", "div", "dl", "fieldset", "figure"),
    *("form", "label", "noscript", "p", "section", "table", "tbody", "thead"),
)
_START: dict[str, Callable[[_Converter, str, str], None]] = {
    **dict.fromkeys(_BLOCKS, _Converter.start_block),
    **dict.fromkeys(("dt", "summary", "caption", "legend"), _Converter.start_label),
    **dict.fromkeys(_HEADINGS, _Converter.start_heading),
    **dict.fromkeys(("ul", "ol"), _Converter.start_list),
    **dict.fromkeys(_INLINE, _Converter.start_inline),
    "li": _Converter.start_item,
    "pre": _Converter.start_verbatim,
    "tr": _Converter.start_row,
}
_END: dict[str, Callable[[_Converter], None]] = {
    f"</{name}>": end
    for names, end in (
        (_BLOCKS, _Converter.end_block),
        (("dt", "summary", "caption", "legend"), _Converter.end_block),
        (_HEADINGS, _Converter.end_heading),
        (("ul", "ol"), _Converter.end_list),
        (_INLINE, _Converter.end_inline),
        (("li",), _Converter.end_item),
        (("pre",), _Converter.end_verbatim),
        (("tr",), _Converter.end_row),
        (("td", "th"), _Converter.end_cell),
    )
    for name in names
}
_END["</table>"] = _Converter.end_table
