"""The old site or the new one, never half of either."""

import ctypes
import errno
import multiprocessing
import os
import signal
import stat
import subprocess
import sys
import time

import pytest

from generator.deliver import swap
from generator.deliver.swap import Staging, place_problem


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "index.html").write_text("old")
    return folder


def test_commit_replaces_the_whole_folder(site):
    (site / "gone.html").write_text("old")
    staging = Staging(site)
    (staging.begin() / "index.html").write_text("new")
    assert (site / "index.html").read_text() == "old"
    staging.commit()
    assert [path.name for path in site.iterdir()] == ["index.html"]
    assert (site / "index.html").read_text() == "new"


def test_drop_keeps_the_old_folder_and_leaves_nothing_behind(site):
    staging = Staging(site)
    (staging.begin() / "index.html").write_text("half")
    staging.drop()
    assert (site / "index.html").read_text() == "old"
    assert not staging.folder.exists()


def test_what_a_killed_build_left_is_cleared(site):
    left = site.with_name(".site.new")
    left.mkdir()
    (left / "half.html").write_text("half")
    staging = Staging(site)
    assert list(staging.begin().iterdir()) == []
    staging.drop()


def test_without_an_atomic_exchange_the_folder_is_still_replaced(site, monkeypatch):
    monkeypatch.setattr(swap, "_exchange", lambda new, old: False)
    test_commit_replaces_the_whole_folder(site)


def test_without_an_atomic_exchange_a_failure_puts_the_old_folder_back(site, monkeypatch):
    monkeypatch.setattr(swap, "_exchange", lambda new, old: False)
    staging = Staging(site)
    staging.begin().rmdir()
    with pytest.raises(OSError, match=r"\.site\.new"):
        staging.commit()
    assert (site / "index.html").read_text() == "old"


def _refusing(code):
    """A renameat2 that fails."""

    def refuse(*arguments):
        ctypes.set_errno(code)
        return -1

    real = swap._system_call
    return lambda name: refuse if name == "renameat2" else real(name)


@pytest.mark.parametrize("code", [errno.EIO, errno.EXDEV, errno.ENOSPC, errno.EBUSY, errno.EACCES])
def test_a_fault_of_the_disk_in_the_swap_leaves_the_old_folder_and_nothing_else(code, site, monkeypatch):
    monkeypatch.setattr(swap, "_system_call", _refusing(code))
    staging = Staging(site)
    (staging.begin() / "index.html").write_text("new")
    with pytest.raises(OSError, match=r"\[Errno") as raised:
        staging.commit()
    assert raised.value.errno == code
    assert (site / "index.html").read_text() == "old"
    assert sorted(path.name for path in site.parent.iterdir()) == [".site.lock", "site"]


@pytest.mark.parametrize("code", [errno.ENOSYS, errno.EINVAL, errno.EPERM, errno.EOPNOTSUPP])
def test_where_renameat2_is_not_known_the_folder_is_still_replaced(code, site, monkeypatch):
    monkeypatch.setattr(swap, "_system_call", _refusing(code))
    test_commit_replaces_the_whole_folder(site)
    assert sorted(path.name for path in site.parent.iterdir()) == [".site.lock", "site"]


def test_a_fault_while_all_is_flushed_leaves_the_old_folder(site, monkeypatch):
    monkeypatch.setattr(swap, "_system_call", lambda name: lambda *arguments: -1)
    staging = Staging(site)
    (staging.begin() / "index.html").write_text("new")
    with pytest.raises(OSError, match="Errno"):
        staging.commit()
    assert (site / "index.html").read_text() == "old"


def test_what_cannot_be_deleted_does_not_fail_a_build_that_is_in_place(site, monkeypatch):
    monkeypatch.setattr(swap.shutil, "rmtree", lambda folder, ignore_errors=False: None)
    test_commit_replaces_the_whole_folder(site)


def test_dropping_twice_leaves_alone_what_another_build_has_begun(site):
    first, second = Staging(site), Staging(site)
    first.begin()
    first.drop()
    second.begin()
    first.drop()
    assert second.folder.exists()
    second.drop()


def test_a_target_that_is_a_link_stays_one_and_its_folder_is_replaced(site, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    link = elsewhere / "link"
    link.symlink_to(site)
    test_commit_replaces_the_whole_folder(link)
    assert link.readlink() == site
    assert sorted(path.name for path in elsewhere.iterdir()) == ["link"]
    assert Staging(link).folder == Staging(site).folder


@pytest.mark.parametrize("name", [".site.new", ".site.old"])
def test_a_link_in_the_place_of_a_working_folder_is_not_followed(name, site, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "mine").write_text("mine")
    (tmp_path / name).symlink_to(outside)
    test_commit_replaces_the_whole_folder(site)
    assert (outside / "mine").read_text() == "mine"


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_modes_do_not_depend_on_the_umask(umask, site):
    before = os.umask(umask)
    try:
        staging = Staging(site)
        (staging.begin() / "below").mkdir()
        (staging.folder / "below/page.html").write_text("new")
        staging.commit()
    finally:
        os.umask(before)
    modes = {path.name: oct(stat.S_IMODE(path.stat().st_mode)) for path in (site, *site.rglob("*"))}
    assert modes == {"site": "0o755", "below": "0o755", "page.html": "0o644"}


@pytest.mark.parametrize(
    ("place", "problem"),
    [
        ("project", "holds the project"),
        (".", "holds the project"),
        ("project/docs", "overlaps with docs/"),
        ("project/docs/site", "overlaps with docs/"),
        ("project/link/site", "overlaps with docs/"),
        ("project/content/site", "overlaps with content/"),
        ("project/page.html", "not a folder"),
        ("thesis", "other files"),
        ("clone", "other files"),
        ("/proc", "mount point"),
        ("project/site", ""),
        ("project/new/site", ""),
        ("empty", ""),
        ("old", ""),
    ],
)
def test_a_place_that_a_site_must_not_take_is_refused(place, problem, tmp_path):
    for folder in ("project/docs", "project/content", "thesis", "clone/.git", "empty", "old"):
        (tmp_path / folder).mkdir(parents=True)
    for file in ("project/page.html", "thesis/thesis.md", "clone/index.html", "old/index.html"):
        (tmp_path / file).write_text("x")
    (tmp_path / "project/link").symlink_to(tmp_path / "project/docs")
    project = tmp_path / "project"
    found = place_problem(tmp_path / place, project, [project / "content", project / "docs"])
    assert problem in found
    assert bool(problem) == bool(found)


def _build_to_line(target, line, exchange):
    """Builds, and kills itself at the nth line of the module that it comes to."""
    left = [line]

    def trace(frame, event, argument):
        if frame.f_code.co_filename != swap.__file__:
            return None
        left[0] -= event == "line"
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return trace

    if not exchange:
        swap._exchange = lambda new, old: False
    sys.settrace(trace)
    staging = Staging(target)
    (staging.begin() / "index.html").write_text("new")
    staging.commit()


@pytest.mark.parametrize("exchange", [True, False], ids=["in one step", "in two steps"])
def test_a_build_killed_at_any_line_leaves_the_old_site_or_the_new_one(exchange, site):
    forks = multiprocessing.get_context("fork")
    left = []
    for line in range(1, 200):
        (site / "index.html").write_text("old")
        process = forks.Process(target=_build_to_line, args=(site, line, exchange))
        process.start()
        process.join(20)
        if not exchange and not site.exists():
            # The one moment between the two steps: the next build puts the old site back before it begins.
            left.append("none")
            following = Staging(site)
            following.begin()
            following.drop()
        left.append((site / "index.html").read_text())
        if process.exitcode == 0:
            break
    assert process.exitcode == 0
    assert left[0] == "old" and left[-1] == "new"
    assert set(left) == {"old", "new"} | (set() if exchange else {"none"})
    assert len(left) > 40
    assert [path.name for path in site.iterdir()] == ["index.html"]


def _build(target, text, begun):
    staging = Staging(target)
    folder = staging.begin()
    begun.set()
    for name in "abc":
        (folder / name).write_text(text)
        time.sleep(0.05)
    staging.commit()


def test_a_second_build_waits_for_the_first(site):
    begun = multiprocessing.Event()
    first = multiprocessing.Process(target=_build, args=(site, "first", begun))
    first.start()
    assert begun.wait(10)
    _build(site, "second", multiprocessing.Event())
    first.join(10)
    assert first.exitcode == 0
    assert {path.read_text() for path in site.iterdir()} == {"second"}


def test_a_build_killed_at_any_moment_leaves_a_whole_site(site, tmp_path):
    script = tmp_path / "build.py"
    script.write_text(
        "import sys\nfrom pathlib import Path\nfrom generator.deliver.swap import Staging\n"
        "s = Staging(Path(sys.argv[1])); f = s.begin(); print('begun', flush=True)\n"
        "[(f / f'{n}.html').write_text('new') for n in range(300)]\ns.commit()\n"
    )
    for name in range(300):
        (site / f"{name}.html").write_text("old")
    (site / "index.html").unlink()
    for moment in range(12):
        process = subprocess.Popen([sys.executable, str(script), str(site)], stdout=subprocess.PIPE)
        process.stdout.readline()
        time.sleep(moment * 0.003)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        texts = [path.read_text() for path in site.iterdir()]
        assert len(texts) == 300
        assert len(set(texts)) == 1
