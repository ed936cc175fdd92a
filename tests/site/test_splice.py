"""Pages made from shells are, byte for byte, the pages that the theme renders."""

import re

import pytest

from tests.delivery.prove.project import EPOCH, digest, real_project, small_project
from tests.site.conftest import ADDRESS, mkdocs


def build(project, *arguments, **variables):
    return mkdocs("build", "--strict", "-v", *arguments, cwd=project, SOURCE_DATE_EPOCH=EPOCH, **variables)


def configure(project, old, new):
    path = project / "mkdocs.yml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def from_shells(result):
    return int(re.search(r"(\d+) of \d+ pages are made from shells", result.stderr)[1])


@pytest.fixture
def project(tmp_path):
    return small_project(tmp_path / "project")


def test_the_real_site_is_the_same_where_the_theme_renders_every_page(built, tmp_path):
    project = real_project(tmp_path / "project")
    configure(project, "  - signpost\n", "  - signpost: {splice: false}\n")
    stock = build(project, SITE_URL=ADDRESS)
    assert stock.returncode == 0, stock.stderr
    assert "from shells" not in stock.stderr
    assert digest(project / "site") == digest(built)


def test_a_library_of_a_few_concepts_has_most_pages_from_shells(project):
    assert from_shells(build(project)) > 40


def test_a_theme_that_changes_a_title_in_its_own_way_renders_its_pages_itself(project):
    path = project / "overrides/main.html"
    plain = "{{ page.meta.title }} · {{ config.site_name }}"
    assert plain in path.read_text()
    path.write_text(path.read_text().replace(plain, plain.replace("page.meta.title", "page.meta.title | upper")))
    result = build(project)
    assert result.returncode == 0, result.stderr
    assert from_shells(result) == 0 and "what it does there is not understood" in result.stderr
    assert "<title>TUNING" in (project / "site/concepts/tuning/index.html").read_text()


def test_a_plugin_that_looks_at_each_page_is_named_and_sees_each_page(project):
    (project / "look.py").write_text(
        "def on_page_context(context, **around):\n    context['page'].content += 'seen'\n    return context\n"
    )
    configure(project, "plugins:\n", "hooks: [look.py]\nplugins:\n")
    result = build(project)
    assert "the plugin look.py looks at each" in result.stderr
    assert "seen" in (project / "site/concepts/tuning/index.html").read_text()
