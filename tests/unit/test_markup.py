"""The text language: what it knows, and that everything else is literal."""

import pytest

from generator.model.markup import (
    Broken,
    Cite,
    Code,
    Emphasis,
    Items,
    Link,
    Paragraph,
    Strong,
    Words,
    parse_blocks,
    parse_line,
)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("plain", (Words("plain"),)),
        ("a **b** c", (Words("a "), Strong((Words("b"),)), Words(" c"))),
        ("*b*", (Emphasis((Words("b"),)),)),
        ("`a*b*`", (Code("a*b*"),)),
        ("[[fine-tuning]]", (Link("concept", "fine-tuning", None),)),
        ("[[fine-tuning|tuned]]", (Link("concept", "fine-tuning", "tuned"),)),
        ("[[service:amazon-s3]]", (Link("service", "amazon-s3", None),)),
        ("so.[^key]", (Words("so."), Cite("key"))),
        ("**[[a]] b**", (Strong((Link("concept", "a", None), Words(" b"))),)),
    ],
)
def test_markup_is_understood(text, parts):
    assert parse_line(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "2 * 3 * 4",
        "a*b*c",
        "snake_case_name",
        "** not strong **",
        "5 < 6 & 7",
        "<b>x</b>",
        "{{ 7*7 }}",
        "[x](y)",
        "# x",
        "a[1]",
    ],
)
def test_everything_else_is_literal(text):
    assert parse_line(text) == (Words(text),)


@pytest.mark.parametrize("text", ["[[Fine Tuning]]", "[^No Key]", "[[open", "[[a|b|c]]", "[[page:x]]"])
def test_brackets_that_are_no_link_are_marked_broken(text):
    assert any(isinstance(part, Broken) for part in parse_line(text))


def test_blank_lines_part_paragraphs_and_line_breaks_are_spaces():
    assert parse_blocks("one\ntwo\n\nthree") == (Paragraph((Words("one two"),)), Paragraph((Words("three"),)))


def test_lists_are_read_with_their_lead_and_with_wrapped_items():
    lead, items = parse_blocks("lead:\n- one\n  goes on\n- two")
    assert lead == Paragraph((Words("lead:"),))
    assert items == Items(False, ((Words("one goes on"),), (Words("two"),)))


def test_numbered_lists_keep_their_order():
    assert parse_blocks("1. one\n2. two") == (Items(True, ((Words("one"),), (Words("two"),))),)
