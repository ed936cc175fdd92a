"""Finds the record files and reads their bytes. The only module of the core that touches the disk."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath

MAX_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class RawFile:
    """A record file as it lies on the disk, or the reason why it was not read."""

    folder: str
    """Folder below content/, which says what kind of record it is."""
    name: str
    """File name."""
    data: bytes = b""
    refused: str = ""
    """Empty, or why the file was not opened."""
    code: str = "F101"

    @property
    def path(self) -> str:
        """Path below the project folder."""
        return f"content/{self.folder}/{self.name}"

    @property
    def id(self) -> str:
        """The file name without its ending."""
        return self.name.removesuffix(".yml")


def read_content(content: FilePath, folders: tuple[str, ...]) -> tuple[RawFile, ...]:
    """All files of the given folders, sorted by folder and name. Nothing outside `content` is opened."""
    return tuple(raw for folder in folders for raw in _read_folder(content / folder, folder))


def _read_folder(path: FilePath, folder: str) -> Iterator[RawFile]:
    if not path.is_dir():
        return
    with os.scandir(path) as entries:
        names = sorted(entry.name for entry in entries)
    for name in names:
        yield _read_file(path / name, folder, name)


def _read_file(path: FilePath, folder: str, name: str) -> RawFile:
    status = os.lstat(path)
    if not stat.S_ISREG(status.st_mode):
        return RawFile(folder, name, refused="it is not a regular file")
    if not name.endswith(".yml"):
        return RawFile(folder, name, refused="its name does not end in .yml")
    if status.st_size > MAX_BYTES:
        return RawFile(folder, name, refused=f"it has {status.st_size:,} bytes; {MAX_BYTES:,} are allowed", code="F102")
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(handle, "rb") as stream:
        return RawFile(folder, name, data=stream.read(MAX_BYTES + 1))
