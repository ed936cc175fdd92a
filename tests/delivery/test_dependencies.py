"""What is installed is locked by hash, and nothing proposes an engine that cannot work."""

import re
import tomllib

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.version import Version

from tests.conftest import ROOT

LOCKS = sorted(ROOT.glob("requirements*.txt"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
UPDATES = yaml.safe_load((ROOT / ".github/dependabot.yml").read_text(encoding="utf-8"))["updates"]


def entries(path):
    """The entries of a lock file, each on one line."""
    return [" ".join(entry.split()) for entry in path.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()]


def locked(path):
    requirements = [Requirement(entry.split(" --hash")[0]) for entry in entries(path)]
    return {requirement.name: Version(str(requirement.specifier).removeprefix("==")) for requirement in requirements}


def test_there_are_lock_files():
    assert {path.name for path in LOCKS} >= {"requirements.txt", "requirements-test.txt", "requirements-audit.txt"}


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.stem)
def test_each_package_has_one_version_with_hashes_and_no_address(path):
    form = re.compile(r"[a-z0-9][a-z0-9.-]*==[\w.!+]+( ; [^#@]+?)?( --hash=sha256:[0-9a-f]{64})+")
    assert [entry for entry in entries(path) if not form.fullmatch(entry)] == []
    assert "://" not in path.read_text(encoding="utf-8")


def test_the_locked_engine_is_the_one_that_works():
    versions = locked(ROOT / "requirements.txt")
    assert Version("1.6.1") <= versions["mkdocs"] < Version("2")
    assert Version("9.8.1") <= versions["mkdocs-material"] < Version("10")


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.stem)
def test_no_lock_holds_another_engine(path):
    versions = locked(path)
    assert versions.get("mkdocs", Version("1.6.1")) < Version("2")
    assert versions.get("mkdocs-material", Version("9.8.1")) < Version("10")


def test_the_tests_run_with_the_versions_that_build_the_site():
    site, test = locked(ROOT / "requirements.txt"), locked(ROOT / "requirements-test.txt")
    assert {name: version for name, version in site.items() if test.get(name) != version} == {}


def test_the_locks_hold_what_the_project_asks_for():
    extras, groups = PROJECT["project"]["optional-dependencies"], PROJECT["dependency-groups"]
    asked = {
        "requirements": PROJECT["project"]["dependencies"] + extras["build"],
        "requirements-test": extras["test"],
        **{f"requirements-{name}": wanted for name, wanted in groups.items()},
    }
    assert set(asked) == {path.stem for path in LOCKS}
    for path in LOCKS:
        versions = locked(path)
        for requirement in map(Requirement, asked[path.stem]):
            assert versions[requirement.name] in requirement.specifier, f"{path.name}: {requirement}; run: make lock"


def test_dependabot_never_proposes_another_engine():
    [packages] = [update for update in UPDATES if update["package-ecosystem"] == "pip"]
    assert packages["directory"] == "/"
    assert {rule["dependency-name"]: rule["versions"] for rule in packages["ignore"]} == {
        "mkdocs": [">=2"],
        "mkdocs-material": [">=10"],
    }


def test_updates_come_weekly_after_a_week_and_together():
    assert [update["package-ecosystem"] for update in UPDATES] == ["pip", "github-actions", "docker"]
    for update in UPDATES:
        assert update["schedule"]["interval"] == "weekly"
        assert update["cooldown"] == {"default-days": 7}
    assert [len(update.get("groups", {})) for update in UPDATES] == [1, 1, 0]


def test_the_audit_reads_every_lock():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "$(addprefix -r ,$(wildcard requirements*.txt))" in makefile
    for path in LOCKS:
        assert f"-o {path.name}" in makefile
