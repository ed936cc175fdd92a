"""The service worker of a built site: code that keeps the files a reader needs, and the list of these files."""

import hashlib
import json
from pathlib import Path
from urllib.parse import quote

WORKER = "service-worker.js"
_HERE = Path(__file__).parent
_KEPT = frozenset((".css", ".html", ".ico", ".jpg", ".js", ".json", ".png", ".svg", ".webmanifest", ".webp", ".woff2"))
# Pictures for other sites; the search languages that English does without; downloads, with what tools load excepted.
_LEFT_OUT = ("pictures/", "assets/javascripts/lunr/", "data/")
_LOADED_BY_TOOLS = ("data/items/", "data/signals.json", "data/terms.json")
# Characters that a browser does not encode in a path.
_PLAIN = "/!$&'()*+,;=:@~"


def write_worker(site: Path) -> None:
    """Writes the service worker of the finished site in the folder `site`. It changes exactly when a kept file does."""
    (site / WORKER).write_text(worker(site), encoding="utf-8", newline="\n")


def worker(site: Path) -> str:
    """The service worker of the finished site in the folder `site`."""
    code = (_HERE / WORKER).read_text(encoding="utf-8")
    files = json.dumps(kept_files(site), indent=0, sort_keys=True)
    version = hashlib.sha256((files + code).encode()).hexdigest()[:16]
    return f'const VERSION = "{version}"\nconst FILES = {files}\n{code}'


def leaving_worker() -> str:
    """A service worker that deletes what an earlier one kept and ends: for addresses that stop keeping a site."""
    return (_HERE / "leaving-worker.js").read_text(encoding="utf-8")


def kept_files(site: Path) -> dict[str, str]:
    """Path (as in an address) → SHA-256 of every file that is kept for reading offline."""
    paths = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    return {
        quote(name, safe=_PLAIN): hashlib.sha256(path.read_bytes()).hexdigest()
        for name, path in sorted(paths.items())
        if _is_kept(name)
    }


def _is_kept(name: str) -> bool:
    suffix = Path(name).suffix
    if name == WORKER or suffix not in _KEPT:
        return False
    return suffix == ".html" or name.startswith(_LOADED_BY_TOOLS) or not name.startswith(_LEFT_OUT)
