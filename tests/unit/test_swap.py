"""The old site or the new one, never half of either."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time

import pytest

from generator.deliver import swap
from generator.deliver.swap import Staging


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
