"""Any text that the checks accept appears literally on the page, as text and nothing else."""

import html5lib
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.model.markup import Broken, Cite, Code, Link, Words, parse_blocks, parse_line, walk
from generator.present.writer import Texts, Writer
from generator.read.text import hidden_character

PAGE = "concepts/tuning"
REF = ("concept", "tuning")
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=200).filter(lambda t: not hidden_character(t))
MARKUP = st.lists(
    st.sampled_from(
        ["**", "*", "`", "[[", "]]", "[^", "]", "|", "trains", "searching", "<b>", "&amp;", "\n", "- ", " ", "x"]
    )
    | TEXT,
    max_size=12,
).map("".join)


def _tree(html):
    return html5lib.parseFragment(html, namespaceHTMLElements=False, treebuilder="etree")


@given(TEXT)
@example("<script>alert(1)</script>")
@example('"><img src=x onerror=alert(1)>')
@example("{{ 7*7 }} {% raw %}")
@example("&lt;b&gt; &amp; \u00a0")
@settings(max_examples=400, deadline=None)
def test_plain_text_is_shown_as_typed(small, text):
    writer = Texts(Writer(small.site, PAGE), REF)
    if all(isinstance(part, Words | Broken) for part in parse_line(text)):
        tree = _tree(str(writer.line(text)))
        assert "".join(tree.itertext()) == " ".join(text.split())
        assert [element.tag for element in tree.iter()][1:] == []


@given(MARKUP)
@settings(max_examples=400, deadline=None)
def test_only_the_elements_of_the_language_are_written(small, text):
    site = small.site
    known = [p for p in walk(parse_line(text)) if isinstance(p, Link | Cite)]
    if any((p.kind, p.id) not in site.library.records if isinstance(p, Link) else p.key != "trains" for p in known):
        return
    tree = _tree(str(Texts(Writer(site, PAGE), REF).blocks(text)))
    for element in tree.iter():
        if element.tag != "DOCUMENT_FRAGMENT":
            assert element.tag in {"p", "ul", "ol", "li", "strong", "em", "code", "a", "sup"}
            assert set(element.attrib) <= {"href", "class", "id"}
            assert not element.attrib.get("href", "").lower().startswith(("javascript", "data", "http"))


@given(MARKUP)
@settings(max_examples=400, deadline=None)
def test_parsing_never_loses_a_letter(text):
    kept = "".join(c for block in parse_blocks(text) for c in str(block) if c.isalpha())
    for part in walk(parse_line(text)):
        if isinstance(part, Words | Code | Broken):
            assert all(c in kept for c in part.text if c.isalpha())
