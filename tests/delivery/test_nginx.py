"""A real nginx with the settings that we publish, serving every file of the real site, at the root and below a path."""

import gzip
import http.client
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

import material
import pytest

from tests.conftest import ROOT
from tests.site.conftest import built  # noqa: F401

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
SETTINGS = (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8")
THEME = Path(material.__file__).parent / "templates"
TYPES = {
    ".apkg": "application/octet-stream",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".md": "text/plain; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json; charset=utf-8",
    ".xml": "text/xml; charset=utf-8",
}
HEADERS = {
    "content-security-policy": "frame-ancestors 'none'",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
}

pytestmark = [
    pytest.mark.skipif(NGINX is None, reason="nginx is not installed: deploy/nginx.conf was NOT tested"),
    pytest.mark.xdist_group("nginx"),
]


def replaced(text, old, new):
    assert text.count(old) == 1, f"deploy/nginx.conf holds {old!r} {text.count(old)} times"
    return text.replace(old, new)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.body = response.read()


@pytest.fixture(scope="module", params=["", "/signpost"], ids=["root", "path"])
def get(request, built, tmp_path_factory):  # noqa: F811
    """Asks a started nginx for an address of the site."""
    base, folder, port = request.param, tmp_path_factory.mktemp("nginx"), free_port()
    settings = replaced(SETTINGS, "listen 8080;", f"listen 127.0.0.1:{port};")
    settings = replaced(settings, 'set $base "";', f'set $base "{base}";')
    settings = replaced(settings, "root /srv/signpost;", f"root {folder}/srv;")
    if base:
        (folder / "srv").mkdir()
    (folder / f"srv{base}").symlink_to(built)
    (folder / "site.conf").write_text(settings)
    places = "".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""
    web = f"http {{ access_log off; {places} include {folder}/site.conf; }}"
    (folder / "nginx.conf").write_text(f"daemon off; pid {folder}/pid; {user} events {{}} {web}")
    command = [NGINX, "-p", folder, "-c", folder / "nginx.conf", "-e", "stderr"]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True)
    assert "warn" not in checked.stderr and checked.returncode == 0, checked.stderr
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)

    def ask(path, method="GET", **headers):
        connection.request(method, base + path, headers={name.replace("_", "-"): v for name, v in headers.items()})
        return Answer(connection.getresponse())

    for _ in range(100):
        try:
            ask("/")
            break
        except ConnectionRefusedError:
            connection.close()
            time.sleep(0.05)
    ask.base = base
    yield ask
    connection.close()
    server.terminate()
    server.wait(timeout=20)


@pytest.fixture(scope="module")
def files(built):  # noqa: F811
    return {f"/{path.relative_to(built).as_posix()}": path for path in sorted(built.rglob("*")) if path.is_file()}


def test_every_file_arrives_byte_for_byte_with_its_type_and_all_headers(get, files):
    assert len(files) > 500
    for address, path in files.items():
        answer = get(address)
        assert (answer.status, answer.body == path.read_bytes()) == (200, True), address
        # Older ones say application/javascript, which is as good.
        kind = answer.headers["content-type"].replace("application/javascript", "text/javascript")
        assert kind == TYPES.get(path.suffix, kind), address
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS, address
        assert answer.headers["server"] == "nginx"  # without its version


def test_no_kind_of_file_was_forgotten(files):
    assert {path.suffix for path in files.values()} - TYPES.keys() == {".map", ".gz"}


def test_a_page_is_a_folder(get, files):
    pages = [address for address in files if address.endswith("/index.html")]
    for address in pages:
        folder = address.removesuffix("index.html")
        assert get(folder).body == files[address].read_bytes(), folder
        if folder != "/":
            answer = get(folder.rstrip("/"))
            assert (answer.status, answer.headers["location"]) == (301, get.base + folder)


def test_a_missing_page_gets_the_sites_own_page_and_the_right_status(get, files):
    missing = get("/concepts/nothing-here/")
    assert (missing.status, missing.body) == (404, files["/404.html"].read_bytes())
    assert missing.headers["cache-control"] == "no-cache"
    assert {name: missing.headers.get(name) for name in HEADERS} == HEADERS


def test_folders_are_not_listed(get, files):
    for folder in ("/assets/", "/assets/javascripts/", "/pictures/"):
        answer = get(folder)
        assert (answer.status, answer.body) == (404, files["/404.html"].read_bytes())


def test_nothing_outside_the_site_is_served(get):
    for path in ("/../nginx.conf", "/%2e%2e/nginx.conf", "/..%2fnginx.conf", "/.git/config"):
        assert get(path).status in (400, 404), path


def test_only_unchanged_files_of_the_theme_are_kept_for_good(get, files):
    kept = {address for address in files if "immutable" in get(address).headers["cache-control"]}
    assert any(address.endswith(".css") for address in kept) and any(address.endswith(".js") for address in kept)
    for address in kept:
        assert (THEME / address[1:]).read_bytes() == files[address].read_bytes(), address
    rest = {get(address).headers["cache-control"] for address in files.keys() - kept}
    assert rest == {"no-cache"}
    for address in ("/service-worker.js", "/index.html", "/assets/javascripts/signpost.js"):
        assert address in files and address not in kept


def test_an_unchanged_file_is_not_sent_again(get):
    first = get("/index.html")
    assert get("/index.html", If_None_Match=first.headers["etag"]).status == 304


def test_text_is_compressed(get, files):
    plain = packed = 0
    for address, path in files.items():
        if path.suffix in {".css", ".csv", ".html", ".js", ".json", ".md", ".svg", ".txt", ".xml"}:
            answer = get(address, Accept_Encoding="gzip")
            if path.stat().st_size >= 1000:
                assert answer.headers["content-encoding"] == "gzip", address
                assert answer.headers["vary"] == "Accept-Encoding"
                assert gzip.decompress(answer.body) == path.read_bytes()
                if path.suffix == ".html":
                    plain, packed = plain + path.stat().st_size, packed + len(answer.body)
    assert plain > 4 * packed


def test_nobody_may_change_anything(get):
    for method in ("POST", "PUT", "DELETE"):
        assert get("/index.html", method).status == 405


def test_the_container_serves_these_settings_and_the_site():
    lines = (ROOT / "deploy/Dockerfile").read_text(encoding="utf-8").splitlines()
    image, *rest = [line for line in lines if not line.startswith("#")]
    assert image.startswith("FROM nginxinc/nginx-unprivileged:") and "@sha256:" in image
    assert rest == ["COPY deploy/nginx.conf /etc/nginx/conf.d/default.conf", "COPY site/ /srv/signpost/"]
    kept = (ROOT / "deploy/Dockerfile.dockerignore").read_text(encoding="utf-8").split()
    assert kept == ["*", "!deploy/nginx.conf", "!site"]
