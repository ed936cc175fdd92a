"""The day a build counts from, so that one commit gives the same bytes whenever it is built."""

import os
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

EPOCH = "SOURCE_DATE_EPOCH"


def build_time(project: Path, warn: Callable[[str], None]) -> datetime:
    """SOURCE_DATE_EPOCH where it is set, else the time of the last commit, else (uncommitted changes, no git) now.

    Warns where git cannot read the project's repository. Raises ValueError where SOURCE_DATE_EPOCH is no time.
    See https://reproducible-builds.org/specs/source-date-epoch/.
    """
    if epoch := os.environ.get(EPOCH):
        try:
            return datetime.fromtimestamp(int(epoch), UTC)
        except (ValueError, OverflowError, OSError):
            raise ValueError(f"{EPOCH} is {epoch!r}: set it to seconds since 1970, or not at all") from None
    if committed := _clean_commit_time(project, warn):
        return datetime.fromtimestamp(committed, UTC)
    return datetime.now(UTC)


def _clean_commit_time(project: Path, warn: Callable[[str], None]) -> int | None:
    try:
        if _git(project, "status", "--porcelain"):
            return None
    except (OSError, subprocess.CalledProcessError) as problem:
        if (project / ".git").exists():
            said = getattr(problem, "stderr", None) or str(problem)
            warn(f"git cannot read this repository, so the build is dated today and not by its commit: {said.strip()}")
        return None
    try:
        return int(_git(project, "log", "-1", "--format=%ct"))
    except subprocess.CalledProcessError:  # no commit yet
        return None


def _git(project: Path, *arguments: str) -> str:
    # Without optional locks: a status would write its findings into .git.
    command = ["git", "--no-optional-locks", "-C", str(project), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
