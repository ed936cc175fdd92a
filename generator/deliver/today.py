"""The day a build counts from, so that one commit gives the same bytes whenever it is built."""

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

EPOCH = "SOURCE_DATE_EPOCH"


def build_time(project: Path) -> datetime:
    """SOURCE_DATE_EPOCH where it is set, else the time of the last commit, else (uncommitted changes, no git) now.

    See https://reproducible-builds.org/specs/source-date-epoch/.
    """
    if epoch := os.environ.get(EPOCH):
        return datetime.fromtimestamp(int(epoch), UTC)
    if committed := _clean_commit_time(project):
        return datetime.fromtimestamp(committed, UTC)
    return datetime.now(UTC)


def _clean_commit_time(project: Path) -> int | None:
    try:
        if _git(project, "status", "--porcelain"):
            return None
        return int(_git(project, "log", "-1", "--format=%ct"))
    except (OSError, ValueError, subprocess.CalledProcessError):
        return None


def _git(project: Path, *arguments: str) -> str:
    # Without optional locks: a status would write its findings into .git.
    command = ["git", "--no-optional-locks", "-C", str(project), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
