"""File names that every system keeps as they are: another name is another file elsewhere, or none."""

import re
from collections.abc import Iterable
from unicodedata import normalize

MAX_BYTES = 240
"""File systems take 255 bytes; endings such as .html or .md.gz are added to a name."""

_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])[ .]*(\..*)?", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')


def name_problem(name: str) -> str:
    """Why another system cannot keep a file under this name; empty where all can."""
    try:
        length = len(name.encode("utf-8"))
    except UnicodeEncodeError:
        return "its name is not UTF-8"
    if length > MAX_BYTES:
        return f"its name has {length} bytes; {MAX_BYTES} are allowed"
    if name.endswith((".", " ")):
        return "its name ends in a dot or a space, which Windows drops"
    if _DEVICE.fullmatch(name):
        return "its name is that of a device on Windows"
    if _FORBIDDEN.search(name):
        return "its name has a character that Windows forbids"
    return ""


def key(name: str) -> str:
    """The same for two names that are one on some system: in letter case, or in how accents are written."""
    return normalize("NFC", normalize("NFC", name).casefold())


def clashes(names: Iterable[str]) -> dict[str, str]:
    """Name → the other one of the same folder that it is on some system. One name of each set of them is left free."""
    last: dict[str, str] = {}
    found = {}
    for name in sorted(names, reverse=True):
        if key(name) in last:
            found[name] = last[key(name)]
        last.setdefault(key(name), name)
    return found
