"""Other engines: the site from exported pages is the site from the plugin, and the comparison notices what is not."""

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import LIBRARY, ROOT
from upkeep import engines, parity
from upkeep.built import BuiltSite, read_site
from upkeep.engines import ADDRESS, ENGINES, REFERENCE, CannotBuild, CannotInstall, Workshop

EXPORTED = next(engine for engine in ENGINES if engine.name == "mkdocs-export")
READ = parity.accepted
RULE = '[known]\nengine = "z*"\naspect = "anchors"\npage = "*"\ndetail = "added: __\\\\w+"\nreason = "The theme\'s."\n'


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """A project around the small library."""
    folder = tmp_path_factory.mktemp("project")
    for name in ("docs", "overrides"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copytree(LIBRARY, folder / "content")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return folder


@pytest.fixture(scope="module")
def workshop(project, tmp_path_factory) -> Workshop:
    return Workshop(tmp_path_factory.mktemp("workshop"), project)


@pytest.fixture(scope="module")
def ours(workshop) -> BuiltSite:
    return read_site(workshop.build(REFERENCE), ADDRESS)


def test_an_engine_without_the_plugin_builds_the_same_site_from_exported_pages(workshop, ours):
    assert len(ours.pages) > 60 and len(ours.search) > 50 and "service-worker.js" in ours.files
    theirs = read_site(workshop.build(EXPORTED), ADDRESS)
    assert list(parity.differences(ours, theirs)) == []


def test_an_engine_that_fails_is_not_taken_for_one_that_agrees(workshop, ours, capsys, tmp_path):
    (workshop.exported / "docs/about/index.md").write_text("# About\n\n[dead](nowhere.md)\n")
    with pytest.raises(CannotBuild, match="nowhere"):
        workshop.build(EXPORTED)
    assert parity._try(workshop, EXPORTED, ours, ()) == (False, set())
    assert "mkdocs-export: cannot build the site" in capsys.readouterr().out


def test_an_engine_that_cannot_be_installed_is_skipped_and_says_so(workshop, ours, capsys, monkeypatch):
    def refuse(command):
        raise CannotInstall("no such package")

    monkeypatch.setattr(engines, "_install", refuse)
    zensical = next(engine for engine in ENGINES if engine.name.startswith("zensical"))
    assert parity._try(workshop, zensical, ours, ()) == (None, set())
    assert "skipped, it cannot be installed here: no such package" in capsys.readouterr().out


PAGE = """<!doctype html><html><head><title>Tuning</title><meta name="description" content="More training.">
<meta property="og:type" content="article"><link rel="stylesheet" href="../own.css"><script>run()</script>
<script type="application/ld+json">{"a": 1}</script></head><body>
<nav><a class="md-tabs__link" href="../">Home</a></nav>
<article class="md-content__inner"><h1 id="title">Tuning</h1><p>It <b>changes</b> weights.</p>
<a rel="edit" href="https://git.example.com/tuning.yml">Edit</a> <a href="../other/#x">Other</a></article></body></html>
"""
INDEX = {"docs": [{"location": "tuning/", "title": "Tuning", "text": "It changes <b>weights</b>."}]}


def _small(folder: Path, page: str = PAGE, index: dict = INDEX, name: str = "tuning", style: str = "a {}") -> BuiltSite:
    (folder / name).mkdir(parents=True)
    (folder / "search").mkdir()
    (folder / name / "index.html").write_text(page)
    (folder / "own.css").write_text(style)
    (folder / "search/search_index.json").write_text(json.dumps(index))
    (folder / "sitemap.xml").write_text(f"<urlset><url><loc>{ADDRESS}{name}/</loc></url></urlset>")
    return read_site(folder, ADDRESS)


@pytest.mark.parametrize(
    ("old", "new", "aspect"),
    [
        ("<title>Tuning", "<title>Turning", "title"),
        ("More training.", "Less.", "description"),
        ('content="article"', 'content="website"', "head"),
        ('<link rel="stylesheet" href="../own.css">', "", "head"),
        ('{"a": 1}', '{"a": 2}', "head"),
        ("run()", "walk()", "head"),
        ("<b>changes</b>", "<b>change</b>", "text"),
        ("It <b>", "It<b>", "text"),
        ('id="title"', 'id="top"', "anchors"),
        ("../other/#x", "other/#x", "links"),
        ("git.example.com/tuning.yml", "git.example.com/tuning.md", "edit_links"),
        ('href="../">Home', 'href="../home/">Home', "menu"),
        (">Home<", ">Start<", "menu"),
    ],
)
def test_a_change_of_a_page_is_noticed(tmp_path, old, new, aspect):
    assert PAGE.count(old) == 1
    found = parity.differences(_small(tmp_path / "a"), _small(tmp_path / "b", PAGE.replace(old, new)))
    assert aspect in {difference.aspect for difference in found}


def test_what_a_reader_cannot_see_is_no_difference(tmp_path):
    other = PAGE.replace("</h1><p>", "</h1>\n\n <p>").replace('href="../own.css"', f'href="{ADDRESS}own.css"')
    assert list(parity.differences(_small(tmp_path / "a"), _small(tmp_path / "b", other))) == []


def test_missing_pages_files_and_search_entries_are_noticed(tmp_path):
    ours = _small(tmp_path / "a")
    index = {"items": [{"location": "tuning/#x", "title": "Tuning", "text": ""}]}
    changed = {
        "pages": _small(tmp_path / "b", name="turning"),
        "sitemap": _small(tmp_path / "c", name="turning"),
        "files": _small(tmp_path / "d", style="b {}"),
        "search": _small(tmp_path / "e", index=index),
    }
    for aspect, theirs in changed.items():
        assert aspect in {difference.aspect for difference in parity.differences(ours, theirs)}, aspect
    title = {"docs": [{**INDEX["docs"][0], "title": "Turning"}]}
    assert [d.detail for d in parity.differences(ours, _small(tmp_path / "f", index=title))] == [
        "other title: 'Tuning' became 'Turning'"
    ]


def test_only_what_a_rule_covers_is_accepted():
    rules = parity.accepted(RULE)
    skip, other = parity.Difference("anchors", "a", "added: __skip"), parity.Difference("anchors", "a", "added: x")
    lines, used = parity.compare("zensical", [skip, other], rules)
    assert lines[0] == "  accepted: 1 known" and "added: x" in lines[2] and lines[-1].startswith("  1 differences")
    assert used == {"known"}
    assert parity.compare("mkdocs", [skip], rules)[0][-1].startswith("  1 differences")


@pytest.mark.parametrize(("change", "status"), [({}, 0), ({"title": "Other"}, 1)])
def test_the_exit_status_says_whether_something_new_differs(monkeypatch, tmp_path, ours, capsys, change, status):
    pages = {name: replace(page, **change) for name, page in ours.pages.items()}
    _play(monkeypatch, ours, replace(ours, pages=pages), rules="")
    assert parity.main(tmp_path, ["mkdocs-export"]) == status
    assert f"{len(pages) if change else 0} differences that are not accepted" in capsys.readouterr().out


def test_a_rule_that_nothing_needs_fails(monkeypatch, tmp_path, ours, capsys):
    _play(monkeypatch, ours, ours, rules=RULE.replace('"z*"', '"mkdocs-*"'))
    assert parity.main(tmp_path, ["mkdocs-export"]) == 1
    assert "known is not needed any more" in capsys.readouterr().out
    _play(monkeypatch, ours, ours, rules=RULE)
    assert parity.main(tmp_path, ["mkdocs-export"]) == 0


def _play(monkeypatch, ours, theirs, rules):
    """Has every build give a site that is there already."""

    class Play:
        def __init__(self, folder):
            pass

        def build(self, engine):
            return engine

    monkeypatch.setattr(parity, "Workshop", Play)
    monkeypatch.setattr(parity, "read_site", lambda engine, _: ours if engine is REFERENCE else theirs)
    monkeypatch.setattr(parity, "accepted", lambda _: READ(rules))


def test_every_accepted_difference_has_a_reason():
    for rule in parity.accepted(parity.ACCEPTED.read_text()):
        assert len(rule.reason) > 40 and any(
            engine.name for engine in ENGINES if parity.fnmatch(engine.name, rule.engine)
        )


@pytest.mark.parametrize("template", sorted((ROOT / "overrides").rglob("*.html")), ids=lambda path: path.name)
def test_overrides_use_nothing_that_only_one_engine_knows(template):
    """Python methods, MkDocs objects, Jinja's own filters: MiniJinja has none of them (tried with `make parity`)."""
    code = " ".join(re.findall(r"\{[{%].*?[%}]\}", template.read_text(), re.DOTALL))
    only_jinja = r"\.(get|keys|values|items|split|strip|format|startswith|endswith|append|update)\("
    only_mkdocs = (
        r"\b(config\.plugins|page\.file|is_homepage|nav\.pages|build_date_utc)\b|\bin nav\b(?!\.items)|truncate"
    )
    assert not re.search(f"{only_jinja}|{only_mkdocs}", code)
    # The filter `url` takes the variable `page` for the page that is written.
    assert "for page in" not in code
