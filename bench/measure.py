"""Times one process: a build from nothing, a build after an edit, and how soon a server shows an edit."""

import html
import http.client
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from bench.contenders import CONCEPT, Contender, Library
from bench.records import edit, moment

POLL = 0.01
"""Seconds between two requests to a server."""
REST = 1.0
"""Seconds between two edits, so that no server takes them for one."""


class Failed(Exception):
    """A run ended wrong, took too long, or left pages out; the message says which."""


class Run(NamedTuple):
    """One whole process."""

    seconds: float
    megabytes: float
    """The most memory that the largest process of the tree held at once."""


class Output(NamedTuple):
    """What a build wrote."""

    files: int
    megabytes: float


class Project:
    """A contender's project: laid out once, built and edited many times."""

    def __init__(self, contender: Contender, library: Library, folder: Path, limit: float) -> None:
        """Lays the project out in a new folder; `limit` is in seconds. Raises Unavailable."""
        self.contender, self.library, self.folder, self.limit = contender, library, folder, limit
        folder.mkdir()
        contender.lay_out(folder, library)
        self.command = contender.build()
        self.moment = moment()
        self.laid_out = {path.name for path in folder.iterdir()}
        self.edits = 0
        ids = list(library.titles)
        self.edited = ids[len(ids) // 2]

    def cold(self) -> Run:
        """Builds with no cache and no site there. Raises Failed."""
        for path in self.folder.iterdir():
            if path.name not in self.laid_out:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        ran = self._run()
        self._hold_against_records()
        return ran

    def after_edit(self) -> Run:
        """Edits one concept and builds again, with all that the build before left. Raises Failed."""
        words = self._edit()
        ran = self._run()
        if words not in self._page(self.edited):
            raise Failed("the edit is not in the page")
        return ran

    def live(self, count: int) -> list[float]:
        """Seconds from saving an edit to the first answer that holds it, `count` times. Raises Failed."""
        seconds = []
        with self._server() as port:
            self._poll(port, self.library.titles[self.edited])
            for _ in range(count):
                time.sleep(REST)
                words = self._edit()
                begin = time.perf_counter()
                self._poll(port, words)
                seconds.append(time.perf_counter() - begin)
        return seconds

    def output(self) -> Output:
        """What the last build wrote."""
        sizes = [path.stat().st_size for path in (self.folder / self.contender.site).rglob("*") if path.is_file()]
        return Output(len(sizes), sum(sizes) / 1e6)

    def _start(self, command: list[str], log: BinaryIO) -> subprocess.Popen[bytes]:
        """A process in a group of its own, with its caches below the project."""
        cache = str(self.folder / ".cache")
        quiet = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
        environment = {**os.environ, **quiet, "SOURCE_DATE_EPOCH": self.moment, "XDG_CACHE_HOME": cache}
        return subprocess.Popen(
            command, cwd=self.folder, env=environment, stdout=log, stderr=log, start_new_session=True
        )

    def _run(self) -> Run:
        log = self.folder.with_suffix(".log")
        with log.open("wb") as output:
            begin = time.perf_counter()
            process = self._start(self.command, output)
            stop = threading.Timer(self.limit, os.killpg, (process.pid, signal.SIGKILL))
            stop.start()
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - begin
            stop.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        if seconds >= self.limit:
            raise Failed(f"stopped after {self.limit / 60:g} min")
        if process.returncode:
            text = log.read_text(encoding="utf-8", errors="replace").strip()
            raise Failed(f"failed: {text.rpartition(chr(10))[2] or process.returncode}")
        return Run(seconds, usage.ru_maxrss / 1024)

    def _hold_against_records(self) -> None:
        """Every concept has a page with its name. Raises Failed."""
        for id, title in self.library.titles.items():
            if title not in self._page(id):
                raise Failed(f"there is no page of {id}")

    def _page(self, id: str) -> str:
        path = self.folder / self.contender.site / CONCEPT.format(id=id)
        return html.unescape(path.read_text(encoding="utf-8")) if path.is_file() else ""

    def _edit(self) -> str:
        self.edits += 1
        return edit(self.folder / self.contender.source.format(id=self.edited), self.edits)

    @contextmanager
    def _server(self) -> Iterator[int]:
        """Serves the project on a free port for a while."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port: int = free.getsockname()[1]
        with self.folder.with_suffix(".log").open("wb") as log:
            process = self._start(self.contender.serve(port), log)
            try:
                yield port
            finally:
                os.killpg(process.pid, signal.SIGTERM)
                try:
                    process.wait(10)
                except subprocess.TimeoutExpired:
                    os.killpg(process.pid, signal.SIGKILL)
                    process.wait()

    def _poll(self, port: int, words: str) -> None:
        """Asks for the edited concept's page until it holds the words. Raises Failed."""
        address = "/" + CONCEPT.format(id=self.edited).removesuffix("index.html")
        until = time.perf_counter() + self.limit
        while time.perf_counter() < until:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=self.limit)
            try:
                connection.request("GET", address)
                if words in html.unescape(connection.getresponse().read().decode("utf-8", "replace")):
                    return
            except (OSError, http.client.HTTPException):
                pass  # not up yet
            finally:
                connection.close()
            time.sleep(POLL)
        raise Failed(f"stopped after {self.limit / 60:g} min")
