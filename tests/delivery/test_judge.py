"""The very script of the workflow on two clones: a proposal is judged by the base branch, whatever it brings along."""

import os
import shutil
import subprocess
from pathlib import Path

ALWAYS_FINE = "import sys\n\n\ndef main():\n    sys.exit(0)\n"


def judge(base, proposal):
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "PYTHON"))}
    script = base / ".github/scripts/judge.sh"
    return subprocess.run([script, base, proposal], env=environment, capture_output=True, text=True)


def check(clone):
    return subprocess.run([clone / ".venv/bin/signpost", "check"], cwd=clone, capture_output=True, text=True)


def spoil(clone):
    path = next(iter(sorted((clone / "content/concepts").glob("*.yml"))))
    path.write_text(path.read_text(encoding="utf-8") + "nonsense: here\n", encoding="utf-8")
    return path.relative_to(clone).as_posix()


def test_good_records_pass(clones):
    done = judge(*clones)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "records: 0 errors" in done.stdout


def test_a_broken_record_fails_with_an_annotation_on_its_line(clones):
    base, proposal = clones
    file = spoil(proposal)
    done = judge(base, proposal)
    assert done.returncode == 1
    assert f"::error file={file},line=" in done.stdout


def test_a_proposal_that_replaces_the_check_fails_all_the_same(clones):
    base, proposal = clones
    (proposal / "generator/cli.py").write_text(ALWAYS_FINE)
    (proposal / ".github/scripts/judge.sh").write_text("#!/bin/sh\nexit 0\n")
    (proposal / "Makefile").write_text(".venv/site check:\n\ttrue\n")
    spoil(proposal)
    assert check(proposal).returncode == 0  # its own check is fooled
    assert judge(base, proposal).returncode == 1


def test_code_among_the_records_is_not_run(clones):
    base, proposal = clones
    for name in ("sitecustomize.py", "yaml.py", "generator/__init__.py", "signpost", "Makefile"):
        planted = proposal / "content" / name
        planted.parent.mkdir(exist_ok=True)
        planted.write_text("import os\n\nos._exit(0)\n")
    spoil(proposal)
    assert judge(base, proposal).returncode == 1


def test_content_that_is_a_link_to_the_base_branch_is_refused(clones):
    base, proposal = clones
    shutil.rmtree(proposal / "content")
    (proposal / "content").symlink_to(base / "content")
    done = judge(base, proposal)
    assert done.returncode == 1
    assert "::error::content/ is not a folder" in done.stdout


def test_a_link_among_the_records_is_refused(clones):
    base, proposal = clones
    target = next(iter(sorted((base / "content/concepts").glob("*.yml"))))
    (proposal / "content/concepts/borrowed.yml").symlink_to(target)
    assert judge(base, proposal).returncode == 1


def test_it_says_so_while_no_owner_is_named(clones):
    base, proposal = clones
    assert "::warning file=.github/CODEOWNERS::" in judge(base, proposal).stdout
    owners = base / ".github/CODEOWNERS"
    owners.write_text(owners.read_text().replace("@your-organization/signpost-owners", "@somebody"))
    assert "::warning" not in judge(base, proposal).stdout


def test_nothing_of_the_proposal_is_left_behind(clones, tmp_path, monkeypatch):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    judge(*clones)
    assert list(Path(scratch).iterdir()) == []
