"""Puts a finished folder in the place of an old one, so that there is never half of either."""

import ctypes
import errno
import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from filelock import FileLock

_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2(2), Linux 3.15
_HERE = -100  # AT_FDCWD
# What systems, file systems and containers say that do not know renameat2. Anything else is a fault of the disk.
_UNKNOWN = frozenset((errno.ENOSYS, errno.EINVAL, errno.EPERM, errno.EOPNOTSUPP))


def place_problem(site: Path, project: Path, inputs: Iterable[Path]) -> str:
    """Why a folder cannot be replaced by the site; empty where it can. `inputs` is what the site is made from."""
    site, project = site.resolve(), project.resolve()
    if site == project or site in project.parents:
        return "it holds the project itself"
    for path in (path.resolve() for path in inputs):
        if site == path or site in path.parents or path in site.parents:
            return f"it overlaps with {path.name}/, which the site is made from"
    if not site.exists():
        return ""
    if not site.is_dir():
        return "it is not a folder"
    if os.path.ismount(site):
        return "it is a mount point, which cannot be replaced in one step; name a folder below it"
    if not os.access(site, os.W_OK):
        return "it is read-only"
    if any(site.iterdir()) and ((site / ".git").exists() or not (site / "index.html").exists()):
        return "it holds other files than a site, which would be deleted; name an empty or a new folder"
    return ""


class Staging:
    """A folder beside the target to build into, held under a lock until it is swapped in or dropped.

    The lock makes a second build wait for the first, and so a folder left by a killed build is known to be stale.
    Where the target is a link to a folder, that folder is replaced.
    """

    def __init__(self, target: Path) -> None:
        self.target = target.resolve()
        self.folder = self.target.with_name(f".{self.target.name}.new")
        self._aside = self.target.with_name(f".{self.target.name}.old")
        self._lock = FileLock(self.target.with_name(f".{self.target.name}.lock"))

    def begin(self) -> Path:
        """Waits for other builds of the same target and gives an empty folder to build into.

        Raises OSError where the disk does not allow it; then nothing is held.
        """
        self.target.parent.mkdir(parents=True, exist_ok=True)
        self._lock.acquire()
        try:
            self._tidy()
            self.folder.mkdir()
        except OSError:
            self._lock.release()
            raise
        return self.folder

    def _tidy(self) -> None:
        """Clears what a killed build left; one killed in the midst of a swap in two steps left no target."""
        if self._aside.exists() and not self.target.exists():
            self._aside.rename(self.target)
        for folder in (self.folder, self._aside):
            if folder.is_symlink():
                folder.unlink()
            elif folder.exists():
                shutil.rmtree(folder)

    def commit(self) -> None:
        """Swaps the new folder in for the old one and deletes the old one.

        Raises OSError where the new folder did not get in place: then the old one is. What cannot be deleted stays
        for the next build to clear.
        """
        try:
            _settle(self.folder)
            _swap(self.folder, self.target, self._aside)
        finally:
            self.drop()

    def drop(self) -> None:
        """Deletes what was staged and lets other builds go on."""
        if self._lock.is_locked:
            shutil.rmtree(self.folder, ignore_errors=True)
            if self.target.exists():
                shutil.rmtree(self._aside, ignore_errors=True)
            self._lock.release()


def _settle(folder: Path) -> None:
    """Gives all files the same modes whatever the umask, and has the disk take them before they replace others."""
    for path, _, names in os.walk(folder):
        os.chmod(path, 0o755)
        for name in names:
            os.chmod(os.path.join(path, name), 0o644)
    flush = _system_call("syncfs")
    if flush:
        handle = os.open(folder, os.O_RDONLY)
        try:
            if flush(handle) != 0:
                raise _last_error(folder)
        finally:
            os.close(handle)


def _swap(new: Path, old: Path, aside: Path) -> None:
    if not old.exists():
        new.rename(old)
    elif not _exchange(new, old):
        # Without an atomic exchange there is a moment with neither: a failure puts the old folder back, and after a
        # kill the next build does.
        old.rename(aside)
        try:
            new.rename(old)
        except OSError:
            aside.rename(old)
            raise


def _exchange(one: Path, other: Path) -> bool:
    """Exchanges two folders in one step; False where the system cannot. Afterwards `one` is the old folder."""
    rename = _system_call("renameat2")
    if not rename:
        return False
    if rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return True
    error = _last_error(other)
    if error.errno in _UNKNOWN:
        return False
    raise error


def _system_call(name: str) -> Callable[..., int] | None:
    """A function of the C library that Python does not offer, where there is one."""
    try:
        call: Callable[..., int] = getattr(ctypes.CDLL(None, use_errno=True), name)
    except (AttributeError, OSError, TypeError):
        return None
    return call


def _last_error(path: Path) -> OSError:
    code = ctypes.get_errno()
    return OSError(code, os.strerror(code), str(path))
