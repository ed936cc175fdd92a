"""The rules of the pipelines, read from the workflow files, and three linters that know more."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
SCRIPTS = sorted((ROOT / ".github/scripts").glob("*"))
TOOLS = Path(sys.executable).parent
PINNED = re.compile(r"uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")
MAY_WRITE = {
    ("main", "attest"): {"attestations": "write", "id-token": "write"},
    ("main", "deploy"): {"attestations": "read", "id-token": "write", "pages": "write"},
    ("weekly", "tell"): {"contents": "read", "issues": "write"},
}


def load(path):
    # YAML 1.1 reads the key `on` as true.
    tree = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {"on" if key is True else key: value for key, value in tree.items()}


JOBS = [(path.stem, name, job) for path in WORKFLOWS for name, job in load(path)["jobs"].items()]
STEPS = [(workflow, name, step) for workflow, name, job in JOBS for step in job["steps"]]


def run(*command):
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def test_there_are_three_workflows():
    assert [path.stem for path in WORKFLOWS] == ["main", "pull-request", "weekly"]


def test_zizmor_finds_nothing():
    status, printed = run(TOOLS / "zizmor", "--offline", "--persona=pedantic", "--no-progress", ".github")
    assert (status, "No findings to report" in printed) == (0, True), printed


def test_zizmor_finds_holes_where_there_are_some(tmp_path):
    bad = tmp_path / ".github/workflows/bad.yml"
    bad.parent.mkdir(parents=True)
    bad.write_text(
        "on: pull_request_target\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n"
        "      - uses: actions/checkout@v4\n      - run: echo ${{ github.event.pull_request.title }}\n"
    )
    status, printed = run(TOOLS / "zizmor", "--offline", "--persona=pedantic", "--no-progress", str(tmp_path))
    assert status != 0
    for hole in ("dangerous-triggers", "template-injection", "unpinned-uses", "artipacked", "excessive-permissions"):
        assert hole in printed


def test_actionlint_finds_nothing():
    status, printed = run(TOOLS / "actionlint", "-shellcheck", str(TOOLS / "shellcheck"), *map(str, WORKFLOWS))
    assert (status, printed) == (0, "")


def test_actionlint_finds_mistakes_where_there_are_some(tmp_path):
    bad = tmp_path / "bad.yml"
    bad.write_text("on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    needs: b\n    steps: [{run: 'cd $X'}]\n")
    status, printed = run(TOOLS / "actionlint", "-shellcheck", str(TOOLS / "shellcheck"), str(bad))
    assert status == 1
    assert "SC2086" in printed and '"b"' in printed


def test_shellcheck_finds_nothing_in_the_scripts():
    shell = [str(path) for path in SCRIPTS if path.suffix == ".sh"]
    assert len(shell) == 3
    assert run(TOOLS / "shellcheck", *shell) == (0, "")


def test_scripts_can_be_run():
    assert [path.name for path in SCRIPTS if path.is_file() and not path.stat().st_mode & 0o100] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_starts_without_rights_and_does_not_pile_up(path):
    tree = load(path)
    assert tree["permissions"] == {}
    assert set(tree["concurrency"]) == {"group", "cancel-in-progress"}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_no_workflow_runs_a_strangers_code_with_our_rights(path):
    text = path.read_text(encoding="utf-8")
    assert "pull_request_target" not in text and "workflow_run" not in text
    assert "secrets" not in text


def test_a_proposal_can_start_one_workflow_only():
    triggers = {path.stem: load(path)["on"] for path in WORKFLOWS}
    assert triggers == {
        "main": {"push": {"branches": ["main"]}},
        "pull-request": "pull_request",
        "weekly": {"schedule": [{"cron": "23 5 * * 1"}], "workflow_dispatch": None},
    }


@pytest.mark.parametrize(("workflow", "name", "job"), JOBS, ids=lambda value: value if isinstance(value, str) else "")
def test_a_job_has_the_rights_it_needs_and_an_end(workflow, name, job):
    assert job["permissions"] == MAY_WRITE.get((workflow, name), {"contents": "read"})
    assert 0 < job["timeout-minutes"] <= 60
    assert job["runs-on"] == "ubuntu-24.04"


def test_jobs_that_can_deploy_or_sign_run_no_code_of_the_repository():
    for workflow, name, step in STEPS:
        if workflow == "main" and (workflow, name) in MAY_WRITE:
            assert "checkout" not in step.get("uses", "")
            assert step.get("run", "gh attestation verify").startswith("gh attestation verify")


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_actions_are_pinned_to_full_commit_ids_with_their_version(path):
    uses = [line.strip().removeprefix("- ") for line in path.read_text().splitlines() if "uses:" in line]
    assert uses
    assert [line for line in uses if not PINNED.match(line)] == []


def test_an_action_has_one_version_everywhere():
    versions = {}
    for _, _, step in STEPS:
        if "uses" in step:
            action, _, commit = step["uses"].partition("@")
            versions.setdefault(action, set()).add(commit)
    assert {action: commits for action, commits in versions.items() if len(commits) > 1} == {}


def test_actions_come_from_github_alone():
    assert {step["uses"].split("/")[0] for _, _, step in STEPS if "uses" in step} == {"actions"}


def test_checkouts_leave_no_token_behind():
    checkouts = [step for _, _, step in STEPS if "actions/checkout" in step.get("uses", "")]
    assert checkouts
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


def test_no_value_is_pasted_into_a_script():
    assert [step["run"] for _, _, step in STEPS if "${{" in step.get("run", "")] == []


def test_nothing_is_cached():
    for _, _, step in STEPS:
        assert "cache" not in step.get("uses", "") and "cache" not in step.get("with", {})


def test_the_first_job_of_a_proposal_runs_code_of_the_base_branch_alone():
    steps = [step for workflow, name, step in STEPS if (workflow, name) == ("pull-request", "records")]
    assert steps[0]["with"]["ref"] == "${{ github.base_ref }}" and steps[0]["with"]["path"] == "base"
    assert "ref" not in steps[1]["with"] and steps[1]["with"]["path"] == "proposal"
    assert [step["run"] for step in steps if "run" in step] == ["base/.github/scripts/judge.sh base proposal"]


def test_what_is_deployed_is_what_was_built_and_checked():
    jobs = load(ROOT / ".github/workflows/main.yml")["jobs"]
    assert jobs["attest"]["needs"] == ["tests", "build"] and jobs["deploy"]["needs"] == "attest"
    runs = [step["run"] for step in jobs["build"]["steps"] if "run" in step]
    assert runs == ["make site", "make oracle", ".github/scripts/pack.sh site artifact.tar"]
    names = [step["with"]["name"] for _, _, step in STEPS if "github-pages" in str(step.get("with", {}))]
    assert names == ["github-pages"] * 3  # kept once, fetched to sign it, fetched to verify it
    assert [workflow for workflow, _, step in STEPS if step.get("run", "").startswith("make site")] == ["main"]


def test_make_knows_every_target_that_the_workflows_ask_for():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    asked = {word for _, _, step in STEPS for word in re.findall(r"make (?:-C \w+ )?([\w./]+)", step.get("run", ""))}
    assert asked >= {"test", "site", "oracle", "links", "audit"}
    assert [target for target in sorted(asked) if not re.search(rf"^{re.escape(target)}:", makefile, re.M)] == []


def test_all_but_records_needs_an_owner():
    lines = (ROOT / ".github/CODEOWNERS").read_text(encoding="utf-8").splitlines()
    rules = [line.split() for line in lines if line and not line.startswith("#")]
    # The last pattern that fits a file counts; one without a name asks nobody.
    assert [rule[0] for rule in rules] == ["*", "/content/"]
    assert re.fullmatch(r"@[\w-]+(/[\w-]+)?", rules[0][1])
    assert len(rules[1]) == 1
