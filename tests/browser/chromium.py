"""Finds a Chromium, or installs one, and says in one line which."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-sync"]
# The shell without windows needs two thirds of the time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class NoChromium(Exception):
    """There is no Chromium and none could be installed."""


def find() -> str | None:
    """The path of an installed Chromium: $CHROMIUM, one on the PATH, or one that Playwright installed."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named if Path(named).exists() else None
    for name in NAMES:
        if path := shutil.which(name):
            return path
    return _of_playwright()


def install() -> str:
    """Installs Chromium with the system's packages or else with Playwright's own download. Raises NoChromium."""
    sudo = [] if hasattr(os, "geteuid") and os.geteuid() == 0 else ["sudo", "-n"]
    attempts = []
    if shutil.which("apt-get"):
        attempts.append([*sudo, "apt-get", "update", "-qq"])
        attempts += [[*sudo, "apt-get", "install", "-y", "-qq", name] for name in NAMES[:2]]
    attempts.append([sys.executable, "-m", "playwright", "install", "chromium"])
    for command in attempts:
        try:
            subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=900)
        except (OSError, subprocess.TimeoutExpired):
            continue
        if path := find():
            return path
    raise NoChromium("install Chromium, or name one in the environment variable CHROMIUM")


def main() -> int:
    """Makes sure of a Chromium; 1 where there is none."""
    if path := find():
        print(f"Chromium for the browser tests: found {path}")
        return 0
    try:
        print(f"Chromium for the browser tests: installed {install()}")
    except NoChromium as problem:
        print(f"Chromium for the browser tests: none, and none could be installed; {problem}", file=sys.stderr)
        return 1
    return 0


def _of_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = Path(playwright.chromium.executable_path)
    folder = next(parent for parent in chromium.parents if parent.name.startswith("chromium-"))
    shells = folder.parent.glob(f"{folder.name.replace('chromium-', 'chromium_headless_shell-')}/*/*headless*shell")
    return next((str(path) for path in (*shells, chromium) if path.exists()), None)


if __name__ == "__main__":
    sys.exit(main())
