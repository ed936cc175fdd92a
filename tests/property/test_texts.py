"""Any text of a record stands literally in the Markdown text of its page, and never becomes an element."""

import re

import html5lib
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markupsafe import escape

from generator.present.data.texts import page_texts, to_text
from generator.read.text import hidden_character

PAGE = "concepts/tuning"
LETTERS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60)
PIECES = [
    "**",
    "*",
    "_",
    "`",
    "~~",
    "[",
    "](",
    ")",
    "[^a]",
    "]: ",
    "<b>",
    "</p>",
    "<!--",
    "&lt;",
    "&amp;",
    "|",
    "\\",
    "#",
]
PIECES += ["- ", "1. ", "2) ", "> ", "+ ", "=", "---", "!", ":", "http://a.b", "word", " ", "9"]
TEXT = (
    st.lists(st.sampled_from(PIECES) | LETTERS, max_size=8)
    .map(lambda parts: " ".join("".join(parts).split()))
    .filter(lambda text: text and not hidden_character(text))
)
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def _tree(markdown):
    return html5lib.parseFragment(MARKDOWN.render(markdown), namespaceHTMLElements=False, treebuilder="etree")


def _read(markdown):
    """The text that a Markdown reader shows, and the elements it makes."""
    tree = _tree(markdown)
    return " ".join("".join(tree.itertext()).split()), [e.tag for e in tree.iter()][1:]


@pytest.mark.parametrize(
    ("written", "elements"),
    [
        ("<p>{}</p>", ["p"]),
        ("<h2>{}</h2>", ["h2"]),
        ("<ul><li>{}</li></ul>", ["ul", "li"]),
        ("<ol><li>{}</li></ol>", ["ol", "li"]),
        ("<dl><dd>{}</dd></dl>", ["p"]),
        ("<pre>{}</pre>", ["pre", "code"]),
    ],
)
@given(text=TEXT)
@example(text="1. one")
@example(text="<script>alert(1)</script>")
@example(text="&lt;b&gt; &amp; &copy;")
@example(text="a_b _c_ __d__ e_")
@example(text="# head #")
@example(text="[^a]: note")
@example(text="\\")
@settings(max_examples=150, deadline=None)
def test_text_is_read_as_it_was_written(written, elements, text):
    shown, made = _read(to_text(written.format(escape(text)), PAGE))
    assert shown == text
    assert made == elements


@pytest.mark.parametrize(("element", "made"), [("strong", "strong"), ("em", "em"), ("code", "code"), ("del", "s")])
@given(text=TEXT)
@settings(max_examples=100, deadline=None)
def test_marked_text_is_read_as_it_was_written(element, made, text):
    shown, elements = _read(to_text(f"<p>so <{element}>{escape(text)}</{element}> it is</p>", PAGE))
    assert shown.replace(" ", "") == f"so{text}itis".replace(" ", "")
    # Marks beside punctuation do not always count in Markdown; then they are shown, and nothing else is made of them.
    assert set(elements) <= {"p", made}


@given(text=TEXT)
@example(text="a | b")
@example(text="\\|")
@settings(max_examples=150, deadline=None)
def test_a_cell_is_read_as_it_was_written(text):
    row = f"<tr><th>{escape(text)}</th><td>{escape(text)}</td></tr>"
    tree = _tree(to_text(f"<table><thead>{row}</thead><tbody>{row}</tbody></table>", PAGE))
    cells = [" ".join("".join(cell.itertext()).split()) for cell in tree.iter() if cell.tag in ("th", "td")]
    assert cells == [text] * 4


@given(text=TEXT)
@settings(max_examples=150, deadline=None)
def test_a_link_keeps_its_text_and_its_target(text):
    tree = _tree(to_text(f'<p><a class="sp-ref" href="../../concepts/a/">{escape(text)}</a></p>', PAGE))
    (link,) = [element for element in tree.iter() if element.tag == "a"]
    assert " ".join("".join(link.itertext()).split()) == text
    assert link.get("href") == "../concepts/a/"


def test_no_word_of_a_page_is_lost_and_no_element_is_left(small):
    for (path, text), page in zip(page_texts(small.rendered.pages), small.rendered.pages, strict=True):
        assert path == f"{page.path}.md"
        assert not re.search(r"<[a-zA-Z/!]", re.sub(r"`+[^`]*`+", "", text)), path
        unnoted = re.sub(r"(```.*?```|`[^`]*`)|(?<!\\)\[\^[a-z0-9-]+\](: )?", r"\1", text, flags=re.DOTALL)
        html = re.sub(
            r"<sup id=.*?</sup>|<a class=\"footnote-backref.*?</a>|<(\w+)[^>]*aria-hidden=.*?</\1>", "", page.html
        )
        assert _alphanumeric(MARKDOWN.render(unnoted)) == _alphanumeric(html), path


def _alphanumeric(html):
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False, treebuilder="etree")
    return "".join(letter for letter in "".join(tree.itertext()) if letter.isalnum())
