"""Finds the record files and reads their bytes; looks at other folders. The only module of the core on the disk."""

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath

from generator.read.names import clashes, name_problem

MAX_BYTES = 64 * 1024

# What systems and editors put beside files by themselves: neither a record nor a mistake.
_LITTER = re.compile(
    r"\.DS_Store|\._.*|Thumbs\.db|desktop\.ini|\.git(keep|ignore|attributes)|.*~|\.#.*|#.*#|\..*\.sw[a-p]"
)


@dataclass(frozen=True, slots=True)
class RawFile:
    """A record file as it lies on the disk, or the reason why it was not read."""

    folder: str
    """Folder below content/, which says what kind of record it is; empty for what lies beside those folders."""
    name: str
    """File name."""
    data: bytes = b""
    refused: str = ""
    """Empty, or why the file was not opened."""
    code: str = "F101"

    @property
    def path(self) -> str:
        """Path below the project folder. Bytes of a name that are not UTF-8 are written as escapes."""
        path = "/".join(part for part in ("content", self.folder, self.name) if part)
        return path.encode("utf-8", "backslashreplace").decode("utf-8")

    @property
    def id(self) -> str:
        """The file name without its ending."""
        return self.name.encode("utf-8", "backslashreplace").decode("utf-8").removesuffix(".yml")


def read_content(content: FilePath, folders: tuple[str, ...]) -> tuple[RawFile, ...]:
    """All files of the given folders, sorted by folder and name, then what lies beside these folders.

    Nothing outside `content` is opened, and no error of the disk is raised: it is the reason of a refused file.
    """
    return tuple(_read_all(content, folders))


@dataclass(frozen=True, slots=True)
class RefusedPath:
    """A file or folder that must not be opened."""

    path: str
    """Path below the project folder. Bytes of a name that are not UTF-8 are written as escapes."""
    reason: str
    mend: str


def refused_paths(folder: FilePath, name: str) -> tuple[RefusedPath, ...]:
    """All that is no plain file or folder below `folder`, or has a name that some system cannot keep, sorted by path.

    `name` is the folder's path below the project. Nothing is opened but folders; links are not followed. What systems
    and editors put beside files by themselves is left out, as far as it is hidden or a plain file.
    """
    return tuple(sorted(_refused_paths(folder, name), key=lambda refused: refused.path))


def _refused_paths(folder: FilePath, name: str) -> Iterator[RefusedPath]:
    path = name.encode("utf-8", "backslashreplace").decode("utf-8")
    try:
        status = os.lstat(folder)
        if not stat.S_ISDIR(status.st_mode):
            yield RefusedPath(path, f"it is {_sort(status)}, not a folder", "Put the folder itself there.")
            return
        with os.scandir(folder) as entries:
            statuses = {entry.name: entry.stat(follow_symlinks=False) for entry in entries}
    except OSError as error:
        yield RefusedPath(path, _reason(error), "Check that it is there and that you may read it.")
        return
    shared = clashes(statuses)
    for entry, status in statuses.items():
        if _LITTER.fullmatch(entry) and (entry.startswith(".") or stat.S_ISREG(status.st_mode)):
            continue
        below = f"{path}/{entry.encode('utf-8', 'backslashreplace').decode('utf-8')}"
        if entry.startswith("."):
            yield RefusedPath(below, _HIDDEN, "Delete it, or rename it.")
        elif problem := name_problem(entry):
            yield RefusedPath(below, problem, "Rename it.")
        elif other := shared.get(entry):
            yield RefusedPath(below, _clash(other), "Rename one of the two.")
        if stat.S_ISDIR(status.st_mode):
            yield from _refused_paths(folder / entry, f"{name}/{entry}")
        elif not stat.S_ISREG(status.st_mode):
            yield RefusedPath(below, f"it is {_sort(status)}, not a regular file", "Put the file itself there.")


def _read_all(content: FilePath, folders: tuple[str, ...]) -> Iterator[RawFile]:
    names = _names(content)
    if content.is_symlink():
        names = "it cannot be read: it is a symbolic link, not a folder"
    if isinstance(names, str):
        yield RawFile("", "", refused=names, code="F106")
        return
    for folder in folders:
        if folder in names:
            yield from _read_folder(content / folder, folder)
    for name in names:
        if name not in folders:
            known = ", ".join(f"{folder}/" for folder in sorted(folders))
            yield RawFile(
                "", name, refused=f"content/ holds nothing but {known.rpartition(', ')[0]} and {folders[-1]}/"
            )


def _names(path: FilePath) -> list[str] | str:
    """What a folder holds, sorted, or why that cannot be said."""
    try:
        with os.scandir(path) as entries:
            return sorted(entry.name for entry in entries if not _LITTER.fullmatch(entry.name))
    except OSError as error:
        return _reason(error)


def _reason(error: OSError) -> str:
    return f"it cannot be read: {(error.strerror or type(error).__name__).lower()}"


def _read_folder(path: FilePath, folder: str) -> Iterator[RawFile]:
    try:
        is_folder = stat.S_ISDIR(os.lstat(path).st_mode)
    except OSError as error:
        yield RawFile(folder, "", refused=_reason(error), code="F106")
        return
    if not is_folder:
        yield RawFile(folder, "", refused="it is not a folder")
        return
    names = _names(path)
    if isinstance(names, str):
        yield RawFile(folder, "", refused=names, code="F106")
        return
    shared = clashes(names)
    for name in names:
        if other := shared.get(name):
            yield RawFile(folder, name, refused=_clash(other), code="F105")
        else:
            yield _read_file(path / name, folder, name)


def _read_file(path: FilePath, folder: str, name: str) -> RawFile:
    try:
        refused = _refusal(os.lstat(path), name)
        if refused:
            return RawFile(folder, name, b"", *refused)
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as stream:
            # Between the look and the opening, another file may have come under this name.
            refused = _refusal(os.fstat(stream.fileno()), name)
            if refused:
                return RawFile(folder, name, b"", *refused)
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        return RawFile(folder, name, refused=_reason(error), code="F106")
    if len(data) > MAX_BYTES:
        return RawFile(folder, name, refused=_too_large(len(data)), code="F102")
    return RawFile(folder, name, data)


def _refusal(status: os.stat_result, name: str) -> tuple[str, str] | None:
    """Why a file is not opened, and the code for it."""
    if not stat.S_ISREG(status.st_mode):
        return f"it is {_sort(status)}, not a regular file", "F101"
    if name.startswith("."):
        return _HIDDEN, "F101"
    if problem := name_problem(name):
        return problem, "F105"
    if not name.endswith(".yml"):
        return "its name does not end in .yml", "F101"
    if status.st_size > MAX_BYTES:
        return _too_large(status.st_size), "F102"
    return None


_SORTS = {
    stat.S_IFLNK: "a symbolic link",
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFREG: "a file",
}
_HIDDEN = "it is hidden: its name starts with a dot"


def _sort(status: os.stat_result) -> str:
    return _SORTS.get(stat.S_IFMT(status.st_mode), "a device")


def _clash(other: str) -> str:
    return f"on some systems its name is the same as `{other}`"


def _too_large(size: int) -> str:
    return f"it has {size:,} bytes; {MAX_BYTES:,} are allowed"
