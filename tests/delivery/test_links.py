"""External links: where they stand, three states, exceptions, the report. A local server plays the web."""

import re
import socket
import struct
import threading
import time
from collections import Counter
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from generator.check.load import load
from generator.present.site import Site
from tests.conftest import DAY, LIBRARY, ROOT, TODAY
from upkeep import links
from upkeep.addresses import Place, addresses
from upkeep.link_exceptions import FILE, BadException, link_exceptions
from upkeep.lychee import CONFIG, Answer, Failed, look, read

LYCHEE = ROOT / "build/lychee/bin/lychee"
needs_lychee = pytest.mark.skipif(not LYCHEE.exists(), reason="lychee is not installed: run `make links` once")
QUICK = 'host_request_interval = "1ms"\nretry_wait_time = 1\nmax_retries = 0\ntimeout = 2\n'
CALM = 'pattern = "https://calm[.]example/.*"\nreason = "Refuses programs."\nuntil = 2027-01-31\n'


class Web(ThreadingHTTPServer):
    """Answers each path as its name says, and counts how often it was asked and how many askers it had at once."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Page)
        self.asked = Counter()
        self.open, self.most_open = 0, 0
        self.lock = threading.Lock()

    def handle_error(self, request, client_address):
        """A caller that hangs up is part of the play."""


class Page(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_GET(self):
        web, path = self.server, self.path.strip("/")
        with web.lock:
            web.asked[path] += 1
            web.open += 1
            web.most_open = max(web.most_open, web.open)
        time.sleep(0.02)
        with web.lock:
            web.open -= 1
        self._answer(path)

    def _answer(self, path):
        headers = {}
        if path.startswith("to-"):
            code, headers = 301, {"Location": f"/{path[3:]}"}
        elif path == "loop":
            code, headers = 302, {"Location": "/loop"}
        elif path.startswith("busy"):
            code, headers = (503 if self.server.asked[path] < 2 else 200), {"Retry-After": "1"}
        elif path == "silent":
            time.sleep(4)
            code = 200
        elif path == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
            return
        else:
            code = int(path) if path.isdigit() else 200
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()


@pytest.fixture
def web():
    server = Web()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def quick(tmp_path):
    """The real configuration, but in a hurry."""
    path = tmp_path / "quick.toml"
    path.write_text(QUICK)
    return (CONFIG, path)


def _closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@needs_lychee
def test_every_kind_of_answer_gets_its_state(web, quick):
    root = f"http://127.0.0.1:{web.server_port}"
    wanted = {
        **{f"{root}/{path}": "fine" for path in ("200", "204", "to-200", "to-to-200", "a?x=1&y=2", "b_(c)")},
        **{f"{root}/{path}": "dead" for path in ("404", "410", "to-404", "loop")},
        **{
            f"{root}/{path}": "refused"
            for path in ("202", "400", "401", "403", "405", "429", "451", "500", "503", "999")
        },
        **{f"{root}/{path}": "refused" for path in ("silent", "reset")},
        f"http://127.0.0.1:{_closed_port()}/": "dead",
        "https://x.invalid/page": "dead",
        "https://no-such-host.signpost-links.net/": "dead",
    }
    answers = look(LYCHEE, wanted, configs=quick)
    assert {url: answer.state for url, answer in answers.items()} == wanted
    assert answers[f"{root}/to-to-200"].leads_to == f"{root}/200"
    assert answers[f"{root}/404"].said == "404"


@needs_lychee
def test_what_is_not_fine_is_looked_at_again(web, quick):
    root = f"http://127.0.0.1:{web.server_port}"
    urls = [f"{root}/{path}" for path in ("200", "busy", "404")]
    assert look(LYCHEE, urls, configs=quick)[f"{root}/busy"].state == "refused"
    assert look(LYCHEE, urls, pauses=(0,), configs=quick)[f"{root}/busy"].state == "fine"
    answers = look(LYCHEE, [f"{root}/busy-again", f"{root}/404"], pauses=(0, 0), configs=quick)
    assert [answers[url].state for url in answers] == ["fine", "dead"]
    assert web.asked["busy-again"] == 2 and web.asked["404"] == 6


@needs_lychee
def test_one_host_is_asked_by_two_at_a_time_and_each_page_once(web, quick):
    look(LYCHEE, [f"http://127.0.0.1:{web.server_port}/page-{n}" for n in range(30)], configs=quick)
    assert set(web.asked.values()) == {1} and len(web.asked) == 30
    assert web.most_open <= 2


@needs_lychee
def test_no_answer_from_anywhere_is_a_failure_of_the_check(quick):
    with pytest.raises(Failed, match="no network"):
        look(LYCHEE, [f"http://127.0.0.1:{_closed_port()}/", "https://x.invalid/"], configs=quick)


@needs_lychee
def test_a_setting_that_lychee_does_not_know_is_a_failure_of_the_check(tmp_path):
    (tmp_path / "bad.toml").write_text("no_such_setting = 1\n")
    with pytest.raises(Failed, match="exit code"):
        look(LYCHEE, ["https://x.invalid/"], configs=(tmp_path / "bad.toml",))


def test_a_missing_lychee_is_a_failure_of_the_check(tmp_path):
    with pytest.raises(Failed, match="cannot run"):
        look(tmp_path / "lychee", ["https://x.invalid/"])


def test_an_address_that_lychee_says_nothing_about_does_not_pass():
    empty = {part: {} for part in ("success_map", "error_map", "timeout_map", "excluded_map")}
    with pytest.raises(Failed, match=r"a\.example"):
        read(empty, ["https://a.example/"])


def test_addresses_come_from_records_and_hand_written_pages_with_file_and_line(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "content").symlink_to(LIBRARY)
    (tmp_path / "docs/page.md").write_text("# Page\n\n[one](https://one.example/a#part) <https://two.example/>\n")
    found = addresses(tmp_path, load(LIBRARY, TODAY).records)
    assert found["https://one.example/a"] == (Place("docs/page.md", 3),)
    assert found["https://two.example/"] == (Place("docs/page.md", 3),)
    for url, places in found.items():
        for file, line in places:
            assert url in (tmp_path / file).read_text().split("\n")[line - 1]


def test_every_line_of_the_real_records_that_holds_an_address_is_found():
    found = addresses(ROOT, load(ROOT / "content", DAY).records)
    written = {
        (path.relative_to(ROOT).as_posix(), number)
        for path in (ROOT / "content").rglob("*.yml")
        for number, line in enumerate(path.read_text().split("\n"), 1)
        if re.search(r"\burl: *['\"]?https:", line)
    }
    assert {place for places in found.values() for place in places if place.file.startswith("content/")} == written
    assert len(found) > 300


def _judged(answers, exceptions=""):
    places = {url: (Place(f"content/sources/{n}.yml", 7),) for n, url in enumerate(answers)}
    return links.judge(places, answers, link_exceptions(exceptions, TODAY), TODAY)


DEAD, REFUSED, FINE = Answer("dead", "404", 404), Answer("refused", "403", 403), Answer("fine", "200", 200)


def test_an_exception_excuses_until_its_day_and_is_named_after_it():
    answers = {"https://calm.example/a": DEAD, "https://other.example/": REFUSED}
    judged = _judged(answers, f"[calm]\n{CALM}")
    assert judged.counts == ("2 addresses: 0 fine, 1 refused, 0 dead, 1 excused; exceptions: 0 expired, 0 needless")
    expired = _judged(answers, f"[calm]\n{CALM}".replace("2027-01-31", "2026-11-21"))
    assert [url for url, _ in expired.dead] == ["https://calm.example/a"]
    assert [exception.name for exception in expired.expired] == ["calm"]
    assert [e.name for e in _judged(answers, f"[calm]\n{CALM}".replace("2027-01-31", "2026-11-22")).expired] == []


def test_an_exception_that_nothing_needs_is_named():
    judged = _judged({"https://calm.example/a": FINE}, f"[calm]\n{CALM}")
    assert [exception.name for exception in judged.needless] == ["calm"]
    assert len(judged.fine) == 1 and not judged.excused


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[a]\npattern = 'x'\nuntil = 2027-01-01\n", "needs exactly"),
        ("[a]\npattern = 'x'\nreason = 'y'\n", "needs exactly"),
        ("[a]\npattern = 'x'\nreason = 'y'\nuntil = '2027-01-01'\n", "needs exactly"),
        ("[a]\npattern = 'x'\nreason = 'y'\nuntil = 2027-01-01\nnote = 'z'\n", "needs exactly"),
        ("[a]\npattern = 'x'\nreason = ' '\nuntil = 2027-01-01\n", "empty"),
        ("[a]\npattern = 'x'\nreason = 'y'\nuntil = 2028-01-01\n", "more than a year"),
        ("[a]\npattern = '('\nreason = 'y'\nuntil = 2027-01-01\n", "no regular expression"),
        ("pattern", "no TOML"),
    ],
)
def test_an_exception_without_name_reason_or_near_end_is_refused(text, why):
    with pytest.raises(BadException, match=why):
        link_exceptions(text, TODAY)


def test_the_exceptions_of_the_project_are_well_formed():
    link_exceptions(FILE.read_text(), TODAY)


def test_the_report_groups_by_file_and_lets_no_text_out_of_its_code_span():
    answers = {
        "https://a.example/": DEAD,
        "https://b.example/": REFUSED._replace(said="bad `x`\n\n# @owner"),
        "https://c.example/": FINE._replace(leads_to="https://d.example/"),
        "https://e.example/": FINE,
    }
    site = Site(load(LIBRARY, TODAY).library, TODAY)
    files = {ref: record.file for ref, record in site.library.records.items()}
    text = links.report(_judged(answers), site.due, files)
    assert "### Dead\n\n" in text and "- content/sources/0.yml\n  - line 7: `https://a.example/`: `404`" in text
    assert "`bad ’x’ # @owner`" in text
    assert "`https://c.example/`: `200`, from `https://d.example/`" in text
    assert "e.example" not in text
    assert "- content/concepts/tuning.yml: `searches`, checked 2026-02-01" in text


def test_due_evidence_is_listed_oldest_first_and_only_after_180_days(content):
    path = content / "concepts/searching.yml"
    path.write_text(path.read_text().replace("checked: 2026-11-01", "checked: 2026-01-05"))
    loaded = load(content, TODAY)
    due = Site(loaded.library, TODAY).due
    assert [proof.evidence.checked.isoformat() for proof in due] == ["2026-01-05", "2026-02-01"]
    assert len(Site(loaded.library, date(2026, 7, 5)).due) == 1
    assert Site(loaded.library, date(2026, 7, 4)).due == ()


@needs_lychee
@pytest.mark.parametrize(("paths", "status"), [(("200", "503"), 0), (("200", "404"), 1)])
def test_the_exit_status_is_1_where_something_is_dead(web, quick, tmp_path, monkeypatch, capsys, paths, status):
    urls = {f"http://127.0.0.1:{web.server_port}/{path}": (Place("content/sources/a.yml", 3),) for path in paths}
    monkeypatch.setattr(links, "addresses", lambda *_: urls)
    monkeypatch.setattr(links, "PAUSES", ())
    assert links.main(LYCHEE, tmp_path / "links.md", TODAY) == status
    assert capsys.readouterr().out.startswith("2 addresses: 1 fine, ")
    assert (tmp_path / "links.md").read_text().startswith("2 addresses: 1 fine, ")


def test_the_exit_status_is_2_where_the_check_failed_and_no_old_report_is_left(tmp_path, capsys):
    report = tmp_path / "links.md"
    report.write_text("old")
    assert links.main(tmp_path / "no-lychee", report, TODAY) == 2
    assert "cannot run" in capsys.readouterr().err
    assert not report.exists()
