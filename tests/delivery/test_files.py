"""Links, devices, hidden files and clashing names are never opened; a build keeps to its folders."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from generator.check.folders import check_folder
from generator.check.load import load
from generator.model.kinds import BY_FOLDER
from generator.read import files
from generator.read.names import clashes, name_problem
from tests.conftest import TODAY
from tests.delivery.prove.opened import strays
from tests.delivery.prove.project import EPOCH, environment, small_project

WATCHED = Path(__file__).parent / "watched.py"


def _socket(path):
    here = os.getcwd()
    os.chdir(path.parent)  # the name of a socket is short
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


ODD = {
    "link.md": (lambda path: path.symlink_to("/etc/hostname"), "it is a symbolic link, not a regular file"),
    "dangling.md": (lambda path: path.symlink_to("nowhere"), "it is a symbolic link, not a regular file"),
    "etc": (lambda path: path.symlink_to("/etc"), "it is a symbolic link, not a regular file"),
    "loop": (lambda path: path.symlink_to("."), "it is a symbolic link, not a regular file"),
    "note.md~": (lambda path: path.symlink_to("/etc/hostname"), "it is a symbolic link, not a regular file"),
    "pipe.md": (os.mkfifo, "it is a pipe, not a regular file"),
    "socket.md": (_socket, "it is a socket, not a regular file"),
    ".env": (lambda path: path.write_text("x"), "it is hidden: its name starts with a dot"),
    "aux.md": (lambda path: path.write_text("x"), "its name is that of a device on Windows"),
    "end.": (lambda path: path.write_text("x"), "its name ends in a dot or a space, which Windows drops"),
    "a:b.md": (lambda path: path.write_text("x"), "its name has a character that Windows forbids"),
    "x" * 241: (lambda path: path.write_text("x"), "its name has 241 bytes; 240 are allowed"),
}


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("below", ["", "sub/folder"])
def test_what_is_no_plain_file_is_a_finding(name, below, tmp_path):
    make, reason = ODD[name]
    folder = tmp_path / "docs"
    (folder / below).mkdir(parents=True)
    make(folder / below / name)
    path = "/".join(part for part in ("docs", below, name) if part)
    found = [(d.code, d.file, d.message) for d in check_folder(folder, "docs")]
    assert found == [("F108", path, reason)]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes devices")
def test_a_device_is_a_finding(tmp_path):
    os.mknod(tmp_path / "null.md", 0o020666, os.makedev(1, 3))
    assert [d.message for d in check_folder(tmp_path, "docs")] == ["it is a device, not a regular file"]


def test_a_folder_that_is_a_link_itself_is_a_finding(tmp_path):
    (tmp_path / "docs").symlink_to("/etc")
    found = [(d.file, d.message) for d in check_folder(tmp_path / "docs", "docs")]
    assert found == [("docs", "it is a symbolic link, not a folder")]


def test_a_folder_that_is_not_there_is_a_finding(tmp_path):
    assert [d.file for d in check_folder(tmp_path / "docs", "docs")] == ["docs"]


def test_plain_files_and_what_systems_put_beside_them_are_no_finding(tmp_path):
    for name in ("index.md", "Größe.md", "a b.js", "console.md", ".DS_Store", "._index.md", "Thumbs.db", "index.md~"):
        (tmp_path / name).write_text("x")
    (tmp_path / ".#index.md").symlink_to("somebody@somewhere")
    assert check_folder(tmp_path, "docs") == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [("a.js", "A.js"), ("straße.md", "STRASSE.md"), ("e\u0301.md", "\u00e9.md"), ("E\u0301.md", "\u00e9.md")],
)
def test_names_that_are_one_on_some_system_are_one_finding(one, other, tmp_path):
    for name in (one, other):
        (tmp_path / name).write_text("x")
    found = check_folder(tmp_path, "docs")
    assert [d.hint for d in found] == ["Rename one of the two."]
    assert {found[0].file.removeprefix("docs/"), found[0].message.split("`")[1]} == {one, other}


@pytest.mark.parametrize(
    "name",
    [
        *("CON", "con.md", "Aux.tar.gz", "nul .md", "COM1", "lpt9.txt", "com¹", "conin$"),
        *("x.", "x ", "a<b", 'a"b', "a|b", "a?b", "a*b", "a\\b", "a\nb", "\x7f", "\udcff", "ü" * 121),
    ],
)
def test_a_name_that_some_system_cannot_keep_has_a_problem(name):
    assert name_problem(name)


@pytest.mark.parametrize("name", ["a", "con-a.md", "com10", "x.y.z", "ü" * 120, "a b", "auxiliary.md", "nul_"])
def test_a_name_that_all_systems_keep_has_none(name):
    assert not name_problem(name)


def test_of_names_that_clash_one_is_left_free():
    assert clashes(["a", "A", "b"]) == {"A": "a"}
    assert len(clashes(["abc", "ABC", "Abc", "x"])) == 2


@pytest.fixture
def opened(monkeypatch):
    """The names of the record files that are opened."""
    names = []
    real = os.open

    def note(path, *rest):
        names.append(Path(path).name)
        return real(path, *rest)

    monkeypatch.setattr(files.os, "open", note)
    return names


@pytest.mark.parametrize("name", ["Tuning.yml", "con.yml", "a:b.yml", "x" * 240 + ".yml"])
def test_a_record_under_a_name_that_some_system_cannot_keep_is_refused_before_it_is_opened(name, content, opened):
    (content / "concepts" / name).write_bytes((content / "concepts/tuning.yml").read_bytes())
    found = [(d.code, d.file) for d in load(content, TODAY).diagnostics]
    assert found == [("F105", f"content/concepts/{name}")]
    assert name not in opened and "tuning.yml" in opened


def test_content_that_is_a_link_itself_is_not_followed(content, tmp_path):
    (tmp_path / "link").symlink_to(content)
    raws = files.read_content(tmp_path / "link", tuple(BY_FOLDER))
    assert [(raw.path, raw.data, raw.code) for raw in raws] == [("content", b"", "F106")]


@pytest.mark.parametrize("swapped", ["link", "pipe", "large", "folder"])
def test_a_record_that_is_swapped_between_the_look_and_the_opening_is_not_read(swapped, content, monkeypatch):
    record = content / "services/newhub.yml"
    real = os.lstat

    def swap_after(path, *rest):
        status = real(path, *rest)
        if path == record:
            record.unlink()
            if swapped == "link":
                record.symlink_to("/etc/hostname")
            elif swapped == "pipe":
                os.mkfifo(record)
            elif swapped == "large":
                record.write_bytes(b"x" * 70_000)
            else:
                record.mkdir()
        return status

    monkeypatch.setattr(files.os, "lstat", swap_after)
    raws = {raw.path: raw for raw in files.read_content(content, tuple(BY_FOLDER))}
    assert raws["content/services/newhub.yml"].refused
    assert raws["content/services/newhub.yml"].data == b""


def _build(project, log):
    """Builds, and has every path that is opened written to `log`."""
    watched = [sys.executable, str(WATCHED), str(log), "build", "-q"]
    return subprocess.run(
        watched, cwd=project, env=environment(SOURCE_DATE_EPOCH=EPOCH), capture_output=True, text=True
    )


def test_a_build_names_all_that_it_refuses_in_one_run_and_opens_none_of_it(tmp_path):
    project = small_project(tmp_path / "project")
    (project / "docs/leak.txt").symlink_to("/etc/hostname")
    (project / "docs/etc").symlink_to("/etc")
    os.mkfifo(project / "overrides/pipe.png")
    record = project / "content/concepts/tuning.yml"
    record.write_text(record.read_text().replace("kind: technique", "kind: technic"))
    log = tmp_path / "log"
    result = _build(project, log)
    assert result.returncode == 1
    for place in ("docs/leak.txt:1:1", "docs/etc:1:1", "overrides/pipe.png:1:1", "content/concepts/tuning.yml:6:7"):
        assert f"{place}: error" in result.stderr
    assert "4 errors" in result.stderr
    assert not (project / "site").exists()
    opened = {path for _, path in map(json.loads, log.read_text().splitlines())}
    assert str(record) in opened
    assert not opened & {str(project / "docs/leak.txt"), str(project / "overrides/pipe.png"), "/etc/hostname"}


def test_a_build_opens_and_changes_nothing_outside_its_folders(tmp_path):
    project = small_project(tmp_path / "project")
    log = tmp_path / "log"
    result = _build(project, log)
    assert result.returncode == 0, result.stderr
    found = {(how, path) for how, path in map(json.loads, log.read_text().splitlines())}
    assert ("write", str(project / ".site.new/index.html")) in found
    assert ("read", str(project / "content/concepts/tuning.yml")) in found
    assert strays(found - {("read", str(WATCHED))}, project) == []


def test_a_build_that_did_open_or_change_something_else_would_be_seen(tmp_path):
    project = tmp_path / "project"
    found = [
        ("read", str(project / "content/concepts/a.yml")),
        ("read", str(tmp_path / "secret")),
        ("write", str(project / "content/concepts/a.yml")),
        ("write", str(project / "site/index.html")),
        ("write", "/tmp/x"),
    ]
    wanted = {f"read {tmp_path}/secret", "write /tmp/x", f"write {project}/content/concepts/a.yml"}
    assert set(strays(found, project)) == wanted
