"""Looks at addresses with the link checker lychee, and sorts its answers into three states."""

import json
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any, Literal, NamedTuple
from urllib.parse import urlsplit

CONFIG = Path(__file__).with_name("lychee.toml")
GONE = frozenset((404, 410))
State = Literal["fine", "refused", "dead"]
_RAN = (0, 2)  # exit codes of lychee: all fine, some not
_NO_SERVER = "Connection refused"  # how lychee starts to say so


class Failed(Exception):
    """The check itself failed: nothing is known about any address."""


class Answer(NamedTuple):
    """What an address answered."""

    state: State
    """fine: a page came. dead: it is gone, or its host does not answer. refused: neither was said."""
    said: str
    """What came, in a few words."""
    code: int | None = None
    """The HTTP status, where one came."""
    leads_to: str = ""
    """Where redirects end, for a page that came from another address."""


def look(
    program: Path, urls: Iterable[str], pauses: Sequence[float] = (), configs: Sequence[Path] = (CONFIG,)
) -> dict[str, Answer]:
    """Address → answer. What is not fine is looked at again after each of the pauses (seconds).

    Raises Failed where lychee cannot run, or no host answered at all: then this machine has no network.
    """
    answers = _look_once(program, list(urls), configs)
    if answers and all(answer.code is None for answer in answers.values()):
        raise Failed("no host answered at all: this machine seems to have no network")
    for pause in pauses:
        doubtful = [url for url, answer in answers.items() if answer.state != "fine"]
        if doubtful:
            time.sleep(pause)
            answers |= _look_once(program, doubtful, configs)
    return answers


def _look_once(program: Path, urls: list[str], configs: Sequence[Path]) -> dict[str, Answer]:
    with tempfile.TemporaryDirectory() as folder:
        page, output = Path(folder, "addresses.html"), Path(folder, "answers.json")
        # As HTML, since in running text the end of an address is a guess.
        page.write_text("\n".join(f'<a href="{escape(url)}">x</a>' for url in urls), encoding="utf-8")
        command = [str(program), *(f"--config={path}" for path in configs), f"--output={output}", str(page)]
        try:
            ran = subprocess.run(command, capture_output=True, text=True)
        except OSError as problem:
            raise Failed(f"lychee cannot run: {problem}") from None
        if ran.returncode not in _RAN or not output.is_file():
            raise Failed(f"lychee failed with exit code {ran.returncode}:\n{ran.stderr[-2000:]}")
        return read(json.loads(output.read_text(encoding="utf-8")), urls)


def read(report: Mapping[str, Any], urls: Sequence[str]) -> dict[str, Answer]:
    """The answers in a report of lychee on a page with one address per line.

    Raises Failed where an address is missing: what lychee says nothing about must not pass for fine.
    """
    parts = ("success_map", "error_map", "timeout_map", "excluded_map")
    entries = [(part, entry) for part in parts for found in report[part].values() for entry in found]
    answers = {urls[entry["span"]["line"] - 1]: _answer(part, entry) for part, entry in entries}
    if missing := [url for url in urls if url not in answers]:
        raise Failed(f"lychee said nothing about {missing[0]} ({len(missing)} addresses in all)")
    return {url: answers[url] for url in urls}


def _answer(part: str, entry: Mapping[str, Any]) -> Answer:
    code = entry["status"].get("code")
    steps = entry.get("redirects", {}).get("redirects", [])
    leads_to = steps[-1]["url"] if steps else ""
    if part == "success_map":
        return Answer("fine", str(code), code, leads_to)
    if part == "timeout_map":
        return Answer("refused", "no answer in time")
    if part == "excluded_map":
        return Answer("dead", "a host name that is reserved and never exists")
    if code is not None:
        if steps and 300 <= code < 400:
            return Answer("dead", "redirects without end", code, leads_to)
        return Answer("dead" if code in GONE else "refused", str(code), code, leads_to)
    said = entry["status"].get("details") or entry["status"]["text"]
    if not _has_host(entry["url"]):
        return Answer("dead", "no such host")
    # A connection that broke off proves nothing: some hosts treat programs so.
    return Answer("dead" if said.startswith(_NO_SERVER) else "refused", said)


def _has_host(url: str) -> bool:
    """True where the name of the host is known. lychee has one message for an unknown name and a broken connection."""
    try:
        socket.getaddrinfo(urlsplit(url).hostname, None)
    except OSError:
        return False
    return True
