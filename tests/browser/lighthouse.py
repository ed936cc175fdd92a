"""Lighthouse on the built site in site/, as a host would serve it: `make lighthouse`.

Needs node and Lighthouse, which are not part of the project: a `lighthouse` on the PATH, or named in $LIGHTHOUSE.
Prints the medians of three runs, and fails where one is below its goal. Lighthouse makes a phone of this machine by a
fixed factor: where the machine is slow or busy (a benchmark below 1,000, as Lighthouse has it) times say nothing about
the site, and only the other categories count.
"""

import functools
import gzip
import http.server
import json
import os
import shutil
import statistics
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from tests.browser.chromium import find
from tests.conftest import ROOT

PAGES = ("", "concepts/fine-tuning/", "decisions/fine-tuning-or-rag/", "practice/")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
GOALS = {"desktop": (100, 100, 100, 100), "phone": (95, 100, 100, 100)}
RUNS = 3
FAST_ENOUGH = 1000
COMPRESSED = (".css", ".html", ".js", ".json", ".svg", ".webmanifest")


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Compresses texts and lets them be cached for ten minutes, as static hosts do."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        found = path.is_file()
        body = path.read_bytes() if found else b"not found"
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", self.guess_type(path) if found else "text/plain")
        self.send_header("Cache-Control", "max-age=600")
        if path.suffix in COMPRESSED:
            body = gzip.compress(body, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.copyfile(BytesIO(body), self.wfile)


@contextmanager
def _host(folder: Path) -> Iterator[str]:
    handler = functools.partial(_Handler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def run(tool: str, url: str, form: str) -> dict:
    """One report."""
    command = [tool, url, "--quiet", "--output=json", f"--only-categories={','.join(CATEGORIES)}"]
    command += ["--chrome-flags=--headless=new --no-sandbox --disable-gpu"]
    command += ["--preset=desktop"] if form == "desktop" else []
    environment = {**os.environ, "CHROME_PATH": find() or ""}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
    return json.loads(done.stdout)


def main() -> int:
    """Measures all pages; 1 where a goal is missed, 0 also where there is no Lighthouse."""
    tool = os.environ.get("LIGHTHOUSE") or shutil.which("lighthouse")
    if not tool:
        print("lighthouse: not installed (`npm install --global lighthouse`, or name one in LIGHTHOUSE); skipped")
        return 0
    missed = False
    with _host(ROOT / "site") as address:
        for form, goals in GOALS.items():
            for page in PAGES:
                reports = [run(tool, address + page, form) for _ in range(RUNS)]
                benchmark = statistics.median(report["environment"]["benchmarkIndex"] for report in reports)
                scores = [
                    round(100 * statistics.median(report["categories"][category]["score"] for report in reports))
                    for category in CATEGORIES
                ]
                counted = slice(None) if benchmark >= FAST_ENOUGH else slice(1, None)
                below = any(score < goal for score, goal in zip(scores[counted], goals[counted], strict=True))
                missed = missed or below
                note = "below the goal" if below else ""
                print(f"{form:8}/{page:30}", *scores, f"benchmark {benchmark:.0f}", note, flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
