"""Writes files into a site's folder."""

from pathlib import Path


def write(file: Path, contents: str | bytes) -> None:
    """Writes a file with its folders, unless it is there with the same contents."""
    data = contents.encode("utf-8") if isinstance(contents, str) else contents
    try:
        if file.read_bytes() == data:
            return
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
