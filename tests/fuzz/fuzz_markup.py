"""Any text becomes HTML that holds the elements of the record language and nothing else."""

import html5lib

from generator.check.load import load
from generator.model.markup import Cite, Inline, Link, block_inlines, parse_blocks, parse_line, walk
from generator.present.site import Site
from generator.present.writer import Texts, Writer
from generator.read.text import hidden_character
from tests.conftest import LIBRARY, TODAY
from tests.fuzz.seeds import texts

TOKENS = ("**", "*", "`", "[[", "]]", "|", "[^trains]", "[[searching]]", "[[service:modelhub|", "\n\n", "\n- ", "\n1. ")
TOKENS += ("<script>", "</p>", "<!--", "<![CDATA[", '" onclick="', "&lt;", "&#x3c;", "{{ 7*7 }}", "{% raw %}")
ELEMENTS = {"p", "ul", "ol", "li", "strong", "em", "code", "a", "sup"}
REF, PAGE = ("concept", "tuning"), "concepts/tuning"
SITE = Site(load(LIBRARY, TODAY).library, TODAY)
seeds = texts


def check(data: bytes) -> None:
    """Writes the text as a block and as a line of a page, and reads it back as a browser does."""
    text = data.decode("utf-8", "replace")
    inlines = [part for block in parse_blocks(text) for part in walk(block_inlines(block))]
    if hidden_character(text) or not all(leads_somewhere(part) for part in (*inlines, *walk(parse_line(text)))):
        return
    for html in (Texts(Writer(SITE, PAGE), REF).blocks(text), Texts(Writer(SITE, "index"), REF).line(text)):
        tree = html5lib.parseFragment(str(html), namespaceHTMLElements=False, treebuilder="etree")
        for element in list(tree.iter())[1:]:
            assert element.tag in ELEMENTS, element.tag
            assert set(element.attrib) <= {"href", "class", "id"}, element.attrib
            assert not element.attrib.get("href", "").lower().startswith(("javascript", "data", "http", "//"))


def leads_somewhere(part: Inline) -> bool:
    """False for a link or citation that the rules would have refused."""
    if isinstance(part, Link):
        return (part.kind, part.id) in SITE.library.records
    return not isinstance(part, Cite) or part.key in SITE.cited[REF]
