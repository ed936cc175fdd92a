"""After an edit, `serve` shows what a build from nothing gives, and seldom needs one."""

from types import SimpleNamespace

import pytest
from mkdocs.commands.build import build as build_with_mkdocs
from mkdocs.config import load_config

from tests.delivery.prove.project import EPOCH, digest, small_project

CONCEPT = "content/concepts/tuning.yml"


class Server:
    """`mkdocs serve` without its network and its clock."""

    def __init__(self, project, site):
        self.project, self.site, self.builds = project, site, 0
        self.config = self._config()
        self.config.plugins.on_startup(command="serve", dirty=False)
        self._build(self.config)
        plugins = self.config.plugins
        self.rebuild = plugins.on_serve(SimpleNamespace(), config=self.config, builder=self._build).builder

    def _config(self):
        return load_config(str(self.project / "mkdocs.yml"), site_dir=str(self.site), site_url="http://127.0.0.1:1/")

    def _build(self, config=None):
        self.builds += 1
        build_with_mkdocs(config or self._config(), serve_url="http://127.0.0.1:1/")

    def edit(self, path, old, new):
        """Edits a file, and builds as after that; says whether it took a build of all."""
        file, before = self.project / path, self.builds
        text = file.read_text()
        assert old in text
        file.write_text(text.replace(old, new))
        self.rebuild()
        return self.builds > before


@pytest.fixture
def server(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    return Server(small_project(tmp_path / "project"), tmp_path / "served")


def anew(server, tmp_path):
    return digest(Server(server.project, tmp_path / "anew").site)


EDITS = {
    "a text": (CONCEPT, "A river that digs", "A brook that digs"),
    "a summary, which lists and other pages show": (CONCEPT, "summary: ", "summary: Now, "),
    "a name for search and the glossary": (CONCEPT, "aliases: [fine tuning]", "aliases: [Retraining]"),
    "an address that leads on": (CONCEPT, "former_ids: [tune]", "former_ids: [tune, old-tuning]"),
    "a scenario of a decision": ("content/decisions/tune-or-search.yml", "hinge: ", "hinge: So, "),
    "a label of an exam": ("content/exams/abc-c01.yml", "label: ", "label: New "),
}


def test_edits_of_records_need_no_build_of_all_and_show_everywhere(server, tmp_path):
    assert [name for name, edit in EDITS.items() if server.edit(*edit)] == []
    assert digest(server.site) == anew(server, tmp_path)


def test_what_an_edit_takes_back_is_gone(server):
    before = digest(server.site)
    path, old, new = EDITS["an address that leads on"]
    server.edit(path, old, new)
    assert (server.site / "concepts/old-tuning/index.html").exists()
    assert not server.edit(path, new, old)
    assert {name for name, _ in digest(server.site).items() if not (server.site / name).is_dir()} == {
        name for name in before if (server.site / name).is_file()
    }


@pytest.mark.parametrize(
    "edits",
    [
        [
            (CONCEPT, "name: ", "name: Fine "),  # in every menu
            ("docs/about/speed.md", "# Speed", "# Speed of it"),
            ("mkdocs.yml", "site_name: ", "site_name: My "),
        ],
        [(CONCEPT, "kind: technique", "kind: technic")],  # an error takes the record out of the menus
    ],
)
def test_edits_that_all_pages_show_take_a_build(edits, server, tmp_path):
    assert all(server.edit(*edit) for edit in edits)
    assert digest(server.site) == anew(server, tmp_path)


def test_a_new_record_takes_a_build(server):
    record = server.project / CONCEPT
    text = record.read_text().replace("name: ", "name: Other ", 1)
    record.with_name("other.yml").write_text(text)
    server.rebuild()
    assert server.builds == 2 and (server.site / "concepts/other/index.html").exists()


def test_an_edit_is_shown_where_the_theme_renders_every_page(server, tmp_path):
    server.edit("mkdocs.yml", "  - signpost\n", "  - signpost: {splice: false}\n")
    assert not server.edit(*EDITS["a text"])
    assert digest(server.site) == anew(server, tmp_path)
