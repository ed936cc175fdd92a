"""`python watched.py LOG ARGUMENTS`: MkDocs, with every path that Python opens or changes written to a log."""

import json
import os
import sys

_CHANGES = {
    *("os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate"),
    *("os.chmod", "os.chown", "os.utime", "shutil.rmtree"),
}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def _watch(log: int) -> None:
    def note(how: str, *paths: object) -> None:
        for path in paths:
            if isinstance(path, str | bytes):
                name = os.path.abspath(os.fsdecode(path))
                if how == "write" or os.path.lexists(name):
                    os.write(log, (json.dumps([how, name]) + "\n").encode())

    def hook(event: str, arguments: tuple) -> None:
        if event == "open":
            path, mode, flags = arguments
            writing = flags & _WRITING if mode is None else set(mode) & set("wax+")
            note("write" if writing else "read", path)
        elif event in _CHANGES and not (event == "os.mkdir" and os.path.exists(arguments[0])):
            note("write", *arguments[:2])

    sys.addaudithook(hook)


if __name__ == "__main__":
    _watch(os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND))
    from mkdocs.__main__ import cli

    cli(sys.argv[2:])
