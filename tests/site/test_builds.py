"""Building: repeatable, whole or not at all, and alive in `serve`."""

import os
import resource
import shutil
import signal
import socket
import time
import urllib.error
import urllib.request
from pathlib import Path

import html5lib
import pytest

from tests.delivery.prove.project import EPOCH, digest, small_project
from tests.site.conftest import mkdocs, start


@pytest.fixture
def project(tmp_path) -> Path:
    """A project of its own around the small library."""
    return small_project(tmp_path / "project")


def test_two_builds_at_other_places_and_times_give_the_same_bytes_and_modes(project, tmp_path):
    other = shutil.copytree(project, tmp_path / "else where" / "deep")
    one = mkdocs("build", "--strict", cwd=project, SOURCE_DATE_EPOCH=EPOCH, PYTHONHASHSEED="1", TZ="Asia/Tokyo")
    before = os.umask(0o077)
    try:
        two = mkdocs("build", "--strict", cwd=other, SOURCE_DATE_EPOCH=EPOCH, PYTHONHASHSEED="2", LC_ALL="C")
    finally:
        os.umask(before)
    assert one.returncode == two.returncode == 0, one.stderr + two.stderr
    assert digest(project / "site") == digest(other / "site")


def test_a_record_with_an_error_fails_the_build_and_leaves_the_old_site(project):
    assert mkdocs("build", cwd=project).returncode == 0
    before = digest(project / "site")
    path = project / "content/concepts/tuning.yml"
    path.write_text(path.read_text().replace("kind: technique", "kind: technic"))
    result = mkdocs("build", cwd=project)
    assert result.returncode == 1
    assert "content/concepts/tuning.yml:6:7: error R306" in result.stderr
    assert "Traceback" not in result.stderr
    assert digest(project / "site") == before
    assert not (project / ".site.new").exists()


def test_a_warning_in_strict_mode_leaves_the_old_site(project):
    assert mkdocs("build", "--strict", cwd=project).returncode == 0
    before = digest(project / "site")
    (project / "docs/about/index.md").write_text("# About\n\n[dead](nowhere.md)\n")
    assert mkdocs("build", "--strict", cwd=project).returncode == 1
    assert digest(project / "site") == before


def test_a_hand_written_page_in_the_way_of_a_generated_one_is_named(project):
    (project / "docs/signals.md").write_text("# Mine\n")
    result = mkdocs("build", cwd=project)
    assert result.returncode == 1
    assert "docs/signals.md is in the way" in result.stderr


def test_kill_9_during_a_build_leaves_the_old_site(project):
    assert mkdocs("build", cwd=project).returncode == 0
    before = digest(project / "site")
    for delay in (0.3, 0.7, 1.0, 1.4):
        process = start("build", cwd=project)
        time.sleep(delay)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        assert digest(project / "site") == before
    assert mkdocs("build", cwd=project).returncode == 0
    assert digest(project / "site") == before


def test_a_disk_that_takes_no_more_fails_the_build_and_leaves_the_old_site(project):
    assert mkdocs("build", cwd=project).returncode == 0
    before = digest(project / "site")
    resource.prlimit(os.getpid(), resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))
    try:
        result = mkdocs("build", cwd=project)
    finally:
        resource.prlimit(os.getpid(), resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    assert result.returncode == 1
    assert "is left as it was: [Errno 27]" in result.stderr
    assert "Traceback" not in result.stderr
    assert digest(project / "site") == before
    assert not (project / ".site.new").exists()


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("..", "should not be within the 'site_dir'"),
        ("overrides/site", "it overlaps with overrides/"),
        ("content", "it overlaps"),
    ],
)
def test_a_site_folder_that_would_destroy_something_is_refused(place, reason, project):
    before = digest(project)
    result = mkdocs("build", "-d", place, cwd=project)
    assert result.returncode == 1
    assert reason in result.stderr
    assert digest(project) == before


def test_two_builds_at_once_both_end_with_a_whole_site(project):
    assert mkdocs("build", cwd=project).returncode == 0
    before = digest(project / "site")
    both = [start("build", cwd=project) for _ in range(2)]
    for process in both:
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
    assert digest(project / "site") == before


@pytest.fixture
def server(project):
    """`mkdocs serve` on the small library; gives a function that fetches a page until it shows a text."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"127.0.0.1:{port}"
    process = start("serve", "--strict", "-a", address, cwd=project, SITE_URL=f"http://{address}/")

    def shows(path: str, text: str, seconds: float = 30) -> str:
        end, page = time.monotonic() + seconds, ""
        while time.monotonic() < end:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", timeout=5) as answer:
                    page = answer.read().decode()
            except (urllib.error.URLError, OSError):
                page = ""
            if text in page:
                return page
            time.sleep(0.1)
        raise AssertionError(f"/{path} never showed {text!r}")

    shows("", "Signpost")
    yield shows
    process.terminate()
    process.communicate(timeout=20)


def test_serve_shows_a_change_of_a_record(server, project):
    path = project / "content/concepts/tuning.yml"
    path.write_text(path.read_text().replace("A river that digs", "A brook that digs"))
    server("concepts/tuning/", "A brook that digs")


def test_serve_survives_a_broken_record_and_shows_its_error_in_its_page(server, project):
    path = project / "content/concepts/tuning.yml"
    good = path.read_text()
    path.write_text(good.replace("kind: technique", "kind: technic"))
    page = server("concepts/tuning/", "R306")
    assert "content/concepts/tuning.yml:6:7" in page
    server("decisions/tune-or-search/", "Is it a behavior or a fact?")
    path.write_text("name: [\n")
    server("concepts/tuning/", "Y201")
    path.write_text(good)
    server("concepts/tuning/", "A river that digs")


def test_serve_starts_on_a_broken_library(project):
    for path in (project / "content").rglob("*.yml"):
        path.write_text("name: [\n")
    process = start("serve", "-a", "127.0.0.1:0", cwd=project)
    seen = ""
    for line in process.stderr:
        seen += line
        if "Serving on" in line:
            break
    process.terminate()
    process.communicate(timeout=20)
    assert "Serving on" in seen, seen
    assert "Traceback" not in seen


def test_serve_leaves_out_what_a_build_refuses(server, project):
    (project / "docs/leak.txt").symlink_to("/etc/hostname")
    (project / "docs/plain.txt").write_text("plain")
    server("plain.txt", "plain")
    assert server("leak.txt", "") == ""


def test_serve_keeps_nothing_for_reading_offline(server):
    assert 'rel="manifest"' not in server("", "Signpost")
    server("service-worker.js", "registration.unregister()")


@pytest.fixture
def small_site(project) -> Path:
    assert mkdocs("build", "--strict", cwd=project).returncode == 0
    return project / "site"


def _parsed(path: Path):
    return html5lib.parse(path.read_bytes(), namespaceHTMLElements=False)


def test_a_name_full_of_markup_is_text_in_title_description_heading_and_menu(small_site):
    name = 'Searching & quoting "facts" <fast>'
    tree = _parsed(small_site / "concepts/searching/index.html")
    assert tree.find(".//title").text == f"{name} · Signpost"
    assert "".join(tree.find(".//h1").itertext()) == name
    assert tree.findall(".//fast") == []
    descriptions = [e.get("content") for e in tree.iter("meta") if e.get("name") == "description"]
    assert descriptions == ["Finds passages & puts them into the prompt."]
    for page in small_site.rglob("*.html"):
        assert b"<fast>" not in page.read_bytes(), page


def test_a_former_address_leads_to_the_present_one(small_site):
    old = _parsed(small_site / "concepts/tune/index.html")
    target = old.find(".//a").get("href")
    assert (small_site / "concepts/tune" / target / "index.html").resolve().is_file()
    assert (small_site / "concepts/tune" / target).resolve().name == "tuning"


def test_template_and_attribute_syntax_in_record_text_is_shown_as_typed(project):
    path = project / "content/concepts/tuning.yml"
    path.write_text(
        path.read_text().replace("A river that digs its own bed.", "'`{{ 7*7 }} {% raw %}` {: onclick=x }'")
    )
    assert mkdocs("build", "--strict", cwd=project).returncode == 0
    text = "".join(_parsed(project / "site/concepts/tuning/index.html").itertext())
    assert "{{ 7*7 }} {% raw %} {: onclick=x }" in text
