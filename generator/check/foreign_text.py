"""Text in a language that a record does not speak: HTML, templates, Markdown beyond the few marks it knows."""

import re
from collections.abc import Iterator
from datetime import date
from html.entities import html5

from generator.check.marks import Mark
from generator.check.parts import Part, parts
from generator.check.record import Record
from generator.diagnostics.diagnostic import Diagnostic
from generator.diagnostics.place import Path, Span
from generator.model.fields import Markup
from generator.model.markup import Broken, Code, Words
from generator.read.tree import letters, within

_TAGS = (
    "a|abbr|address|article|aside|audio|b|base|blockquote|body|br|button|canvas|center|cite|code|col|dd|del|details|div|dl"
    "|dt|em|embed|figure|font|footer|form|frame|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|kbd|label|li|link|main"
    "|mark|math|meta|nav|object|ol|option|p|pre|q|s|samp|script|section|select|small|span|strong|style|sub|summary|sup|svg"
    "|table|tbody|td|textarea|tfoot|th|thead|title|tr|u|ul|var|video"
)
_FOREIGN = re.compile(
    rf"(?P<html></?(?:{_TAGS})\s*/?>|<[a-z][\w-]*\s+[\w:-]+\s*=[^<>]*>?|<!--|<!doctype\b"
    r"|<(?:script|style|iframe|img|svg|object|embed|form|input|textarea|video|audio|meta|base|link|html|body)(?=[\s/>]|$)"
    r"|&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});)"
    r"|(?P<template>\{\{.*?(?:\}\}|$)|\{%.*?(?:%\}|$)|\{#.*?#\})"
    r"|(?P<markdown>!?\[(?!\^)[^\[\]]*\]\([^()\s]*\)|!\[[^\[\]]*\]\(|\b(?:https?|ftp)://[^\s)>]*)",
    re.IGNORECASE,
)
_AT_LINE_START = re.compile(
    r"^[ \t]*(?P<markdown>\#{1,6}[ ]+\S.*|\|.*\|[ \t]*$|\*[ ]+\S.*|```.*|~~~.*|={4,}[ \t]*$|-{3,}[ \t]*$)", re.MULTILINE
)
_SIGNS = ("<", "&", "{{", "{%", "{#", "](", "://")
_SIGNS_AT_LINE_START = ("# ", "* ", "| ", "```", "~~~", "---", "====")
_SAYS = {
    "html": ("C412", "`{}` looks like HTML", "Put it in `code` marks if it is meant literally; else delete it."),
    "template": ("C413", "`{}` looks like a template", "Put it in `code` marks if it is meant literally."),
    "markdown": (
        "C414",
        "`{}` is Markdown that records do not know",
        "Use **strong**, *emphasis*, `code`, [[id]] or [^key]; put it in `code` marks if it is meant literally.",
    ),
    "address": (
        "C414",
        "`{}` is an address; texts hold none",
        "List the page in content/sources/ and cite it, or put it in `code` marks if it is meant literally.",
    ),
}
_NO_CODE = "This field is shown as typed and knows no `code` marks: say it in words."


def no_foreign_text(record: Record, today: date) -> Iterator[Diagnostic]:
    """No text looks like HTML, like a template or like Markdown that is not known, outside `code`."""
    source = record.source
    inside = any(sign in source for sign in _SIGNS[:-1]) or source.count("://") > source.count("url: https://")
    at_line_start = any(sign in source for sign in _SIGNS_AT_LINE_START)
    if not inside and not at_line_start:
        return
    marked = {text.field: text for text in record.texts}
    unread = {found.field for found in record.found}
    for path, scalar in record.values:
        text = scalar.text
        suspect = text and (
            (inside and any(sign in text for sign in _SIGNS)) or (at_line_start and _AT_LINE_START.search(text))
        )
        if not text or not suspect or path[-1] == "url" or any(path[:end] in unread for end in range(1, len(path) + 1)):
            continue
        mark = marked.get(path)
        if mark is None:
            yield from _plain(record, path, text, scalar.span)
        elif isinstance(mark.kind, Markup):
            yield from _marked(record, mark, mark.kind.blocks)


def _plain(record: Record, path: Path, text: str, span: Span) -> Iterator[Diagnostic]:
    for name, start, found in _search(text):
        code, message, _ = _SAYS[name]
        place = within(record.source, span, len(letters(text[:start])), len(letters(found)))
        yield Diagnostic(code, record.file, place, path, message.format(_short(found)), _NO_CODE)


def _marked(record: Record, mark: Mark, in_blocks: bool) -> Iterator[Diagnostic]:
    pieces = list(parts(mark))
    for part in pieces:
        if isinstance(part.inline, Words | Broken):
            for name, start, found in _search(part.inline.text):
                code, message, hint = _SAYS[name]
                before = part.start + len(letters(part.inline.text[:start]))
                yield record.inside(code, mark, before, len(letters(found)), message.format(_short(found)), hint)
    for match in _AT_LINE_START.finditer(mark.text) if in_blocks else ():
        start = len(letters(mark.text[: match.start("markdown")]))
        if not any(_covers(part, start) for part in pieces):
            code, message, hint = _SAYS["markdown"]
            found = match["markdown"].strip()
            yield record.inside(code, mark, start, len(letters(found)), message.format(_short(found)), hint)


def _covers(part: Part, start: int) -> bool:
    return isinstance(part.inline, Code) and part.start <= start < part.start + part.length


def _search(text: str) -> Iterator[tuple[str, int, str]]:
    """What is found, where and how it is spelled. The end of an element that was begun is not found again."""
    begun = False
    for match in _FOREIGN.finditer(text):
        found, name = match[0], str(match.lastgroup)
        if found.startswith("&") and not found.startswith("&#") and found[1:] not in html5:
            continue
        if found.startswith("</") and begun:
            continue
        begun = begun or found.startswith("<")
        yield "address" if name == "markdown" and "[" not in found else name, match.start(), found


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else line[:39] + "…"
