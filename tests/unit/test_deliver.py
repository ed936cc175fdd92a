"""Export, the day of a build, addresses."""

import subprocess
from pathlib import Path

import pytest
import yaml
from markupsafe import Markup

from generator.deliver.export import ForeignFolder, export, to_markdown
from generator.deliver.front import front_matter
from generator.deliver.today import build_time
from generator.present.address import relative, url_of
from generator.present.links import broken_links
from generator.present.page import Page, Rendered, slug
from tests.conftest import ROOT


def test_export_writes_only_what_changed_and_deletes_what_is_stale(small, tmp_path):
    folder = tmp_path / "out"
    first = export(small.rendered, folder)
    assert first > len(small.rendered.pages)
    assert export(small.rendered, folder) == 0
    fewer = Rendered(small.rendered.pages[1:], small.rendered.menu, small.rendered.files)
    assert export(fewer, folder) == 1
    assert not (folder / "index.md").exists()


def test_export_refuses_a_folder_with_other_files(small, tmp_path):
    (tmp_path / "thesis.md").write_text("mine")
    with pytest.raises(ForeignFolder):
        export(small.rendered, tmp_path)
    assert (tmp_path / "thesis.md").read_text() == "mine"


def test_exported_pages_hold_our_headings_and_html_only(small, tmp_path):
    export(small.rendered, tmp_path / "out")
    text = (tmp_path / "out/concepts/searching/index.md").read_text()
    front, body = text.split("---\n")[1:3]
    assert 'title: "Searching &amp; quoting &#34;facts&#34; &lt;fast&gt;"' in front
    assert all(line[:1] in ("#", "<", " ", "") or "<" in line for line in body.split("\n"))
    assert "## What it is" in body


def test_exported_code_keeps_its_blank_lines_without_ending_the_html():
    page = Page("x", "x", "x", "x", "x", Markup("<p>a</p>\n\n<pre>b\n\n  \nc</pre>"), ())
    body = to_markdown(page).split("---\n")[2].strip()
    assert body == "<p>a</p>\n<pre>b&#10;&#10;  \nc</pre>"


def test_exported_front_matter_is_what_the_plugin_sets(small, tmp_path):
    export(small.rendered, tmp_path / "out", {"concepts/tuning": '{"a":"\\u003c"}'})
    front = yaml.safe_load((tmp_path / "out/concepts/tuning/index.md").read_text().split("---\n")[1])
    page = next(page for page in small.rendered.pages if page.path == "concepts/tuning")
    assert front == front_matter(page, '{"a":"\\u003c"}')
    assert front["picture"] == "pictures/concepts/tuning.png" and front["kind"] == "concept"


def test_the_build_counts_from_source_date_epoch(monkeypatch, tmp_path):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert build_time(tmp_path, pytest.fail).date().isoformat() == "2023-11-14"


def test_the_build_counts_from_the_last_commit_where_nothing_changed(monkeypatch, tmp_path):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.com"]
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2020-02-02T12:00:00+00:00")
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    subprocess.run(["git", "-C", tmp_path, *identity, "commit", "-qm", "x", "--allow-empty"], check=True)
    assert build_time(tmp_path, pytest.fail).date().isoformat() == "2020-02-02"
    (tmp_path / "new").write_text("uncommitted")
    assert build_time(tmp_path, pytest.fail).year > 2020


def test_a_build_counts_from_now_without_git_and_says_so_where_git_cannot_read_the_repository(monkeypatch, tmp_path):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert build_time(tmp_path, pytest.fail).year > 2020
    (tmp_path / ".git").write_text("gitdir: nowhere")
    warnings = []
    assert build_time(tmp_path, warnings.append).year > 2020
    assert len(warnings) == 1 and "git cannot read this repository" in warnings[0] and "nowhere" in warnings[0]


@pytest.mark.parametrize("epoch", ["yesterday", "9" * 30])
def test_a_time_that_is_none_is_refused_in_words(monkeypatch, tmp_path, epoch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(ValueError, match="seconds since 1970"):
        build_time(tmp_path, pytest.fail)


@pytest.mark.parametrize(
    ("to", "start", "anchor", "href"),
    [
        ("concepts/a", "concepts/b", "", "../../concepts/a/"),
        ("concepts/a", "index", "x", "concepts/a/#x"),
        ("index", "exams/e/index", "", "../../"),
        ("signals", "signals", "x", "#x"),
        ("concepts/index", "concepts/a", "", "../../concepts/"),
        ("index", "index", "", "./"),
    ],
)
def test_addresses_are_relative_to_the_page_they_stand_on(to, start, anchor, href):
    assert relative(to, start, anchor) == href


def test_index_pages_have_the_address_of_their_folder():
    assert [url_of(page) for page in ("index", "concepts/index", "concepts/a")] == ["", "concepts/", "concepts/a/"]


def test_a_heading_has_the_id_that_markdown_gives_it():
    from markdown.extensions.toc import slugify

    for heading in ("What it is", "Due for a re-check", "How it shows up on the exam"):
        assert slug(heading) == slugify(heading, "-")


def test_links_to_missing_pages_and_anchors_are_found(small):
    assert list(broken_links(small.rendered)) == []
    links = frozenset({("nowhere", ""), ("signals", "nothing"), ("signals", "title")})
    bad = Page("x", "x", "x", "x", "x", Markup(""), (), links=links)
    rendered = Rendered((*small.rendered.pages, bad), ())
    assert list(broken_links(rendered)) == ["x: no page nowhere", "x: no anchor signals#nothing"]


def test_only_the_adapters_import_mkdocs():
    importers = [
        path.relative_to(ROOT).as_posix()
        for path in sorted(Path(ROOT / "generator").rglob("*.py"))
        if any(line.startswith(("import mkdocs", "from mkdocs")) for line in path.read_text().splitlines())
    ]
    assert importers == [f"generator/deliver/{name}.py" for name in ("live", "pages", "plugin", "splice")]
