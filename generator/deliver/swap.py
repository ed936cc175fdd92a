"""Puts a finished folder in the place of an old one, so that there is never half of either."""

import ctypes
import os
import shutil
from pathlib import Path

from filelock import FileLock

_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2(2), Linux 3.15
_HERE = -100  # AT_FDCWD


class Staging:
    """A folder beside the target to build into, held under a lock until it is swapped in or dropped.

    The lock makes a second build wait for the first, and so a folder left by a killed build is known to be stale.
    """

    def __init__(self, target: Path) -> None:
        self.target = target
        self.folder = target.with_name(f".{target.name}.new")
        self._lock = FileLock(target.with_name(f".{target.name}.lock"))

    def begin(self) -> Path:
        """Waits for other builds of the same target and gives an empty folder to build into."""
        self.target.parent.mkdir(parents=True, exist_ok=True)
        self._lock.acquire()
        _remove(self.folder)
        self.folder.mkdir()
        return self.folder

    def commit(self) -> None:
        """Swaps the new folder in for the old one and deletes the old one."""
        try:
            _swap(self.folder, self.target)
        finally:
            self.drop()

    def drop(self) -> None:
        """Deletes what was staged and lets other builds go on."""
        try:
            _remove(self.folder)
        finally:
            self._lock.release()


def _swap(new: Path, old: Path) -> None:
    if not old.exists():
        new.rename(old)
    elif not _exchange(new, old):
        # Without an atomic exchange there is a moment with neither; a failure puts the old folder back.
        aside = old.with_name(f".{old.name}.old")
        _remove(aside)
        old.rename(aside)
        try:
            new.rename(old)
        except OSError:
            aside.rename(old)
            raise
        _remove(aside)


def _exchange(one: Path, other: Path) -> bool:
    """Exchanges two folders in one step, where the system can. Afterwards `one` is the old folder."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    return bool(rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0)


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
