"""Shells: what is learned from examples gives what a template would."""

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.deliver.shell import NotUnderstood, learn, mark

TEXT = st.text(alphabet="ab <>\n&{}%-", max_size=12)
ITEMS = st.lists(st.tuples(TEXT, TEXT), max_size=4)
LIST = "{% for name, url in items %}{{ gap }}{{ name }}{{ gap }}{{ url }}{{ start }}{% endfor %}"
TEMPLATE = jinja2.Environment().from_string(
    f"{{{{ start }}}}{LIST}{{{{ start }}}}[{{{{ title }}}}]{{{{ gap }}}}{LIST}{{{{ end }}}}{{{{ title }}}}"
)
ONE = (mark("name"), mark("url"))


@given(start=TEXT, gap=TEXT, end=TEXT, title=TEXT, items=ITEMS)
def test_a_filled_shell_is_what_the_template_gives(start, gap, end, title, items):
    around = {"start": start, "gap": gap, "end": end}
    short = TEMPLATE.render(around, title=mark("title"), items=[])
    shell = learn(short, {"items": (TEMPLATE.render(around, title=mark("title"), items=[ONE]), mark("url"))})
    listed = [{"name": name, "url": url} for name, url in items]
    filled = shell.fill({"title": title}, [hole.fill(listed) for hole in shell.holes])
    assert filled == TEMPLATE.render(around, title=title, items=items)


def test_a_list_that_the_theme_does_not_show_leaves_no_hole():
    shell = learn("the same", {"items": ("the same", mark("url"))})
    assert shell.holes == () and shell.fill({}, []) == "the same"


@pytest.mark.parametrize(
    "longer",
    [
        f"one {mark('url')} TWO three",
        f"one {mark('url')} {mark('url')}x two three",
        "something else",
        f"{mark('url')}",
    ],
    ids=range(4),
)
def test_an_example_that_differs_in_more_than_one_item_is_refused(longer):
    with pytest.raises(NotUnderstood):
        learn("one two three", {"items": (longer, mark("url"))})
