"""The scripts of the workflows: the summary of changed pages, the archive, the one issue."""

import importlib.util
import os
import subprocess
import tarfile

import pytest
from markdown_it import MarkdownIt

from tests.conftest import ROOT
from tests.delivery.conftest import git

SCRIPTS = ROOT / ".github/scripts"

HOSTILE = [
    "```\n</code><script>alert(1)</script>",
    "`````````` [x](https://evil.example)",
    "~~~\n# A heading of mine",
    "a\r```\r# After a carriage return",
    "a\u2028```\u2029# After a line separator\x0b\x0c\x85```\n",
    "::error file=x::forged\n::set-output name=x::y",
    "<!-- -->\n\n<details open>\n\n@everyone #1",
    "\x1b[2J\x00\ufeff\u202e",
    "long " * 100_000,
    "````\n" * 50_000,
]


def page_diff():
    spec = importlib.util.spec_from_file_location("page_diff", SCRIPTS / "page_diff.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def shape(markdown):
    return [token.type for token in MarkdownIt("gfm-like", {"linkify": False}).parse(markdown)]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_text_cannot_leave_its_block_of_code(text):
    block = page_diff().fenced(text, "diff")
    assert shape(block) == ["fence"]
    assert len(block) < 61_000
    assert not set(block) & set("\r\x00\x1b\x0b\x0c\x85\u2028\u2029")


def test_ordinary_text_is_shown_as_it_is():
    text = "- Zażółć gęślą jaźń, 漢字, 🙂\n+\tTab `code`"
    assert MarkdownIt().parse(page_diff().fenced(text, "diff"))[0].content == text + "\n"


def summary(base, proposal, **variables):
    command = [SCRIPTS / "page_diff.py", base, proposal]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **variables})
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_proposal_that_changes_no_page_says_so(clones):
    assert summary(*clones).split("\n\n")[1].strip() == "Nothing."


def test_a_changed_record_shows_what_it_does_to_the_pages(clones):
    base, proposal = clones
    path = proposal / "content/concepts/tuning.yml"
    text = path.read_text(encoding="utf-8")
    assert "summary: " in text
    path.write_text(text.replace("summary: ", "summary: Changed ``` here. ", 1), encoding="utf-8")
    git(proposal, "commit", "-qam", "change")
    written = summary(base, proposal)
    assert shape(written) == ["heading_open", "inline", "heading_close", "fence", "fence"]
    figures, lines = [token.content for token in MarkdownIt().parse(written) if token.type == "fence"]
    assert "concepts/tuning" in figures and "files changed" in figures
    assert "+" in lines and "Changed ``` here." in lines
    assert ".json" not in lines


def test_a_proposal_whose_records_are_broken_says_why(clones):
    base, proposal = clones
    (proposal / "content/concepts/tuning.yml").write_text("name: ```\n```\n")
    written = summary(base, proposal)
    assert "The pages after the change could not be made" in written
    assert shape(written)[-1] == "fence" and "content/concepts/tuning.yml" in written


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "site"
    for name in ("index.html", "concepts/a/index.html", "404.html"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"<p>{name}")
    return folder


def pack(site, archive, **variables):
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1790000000", **variables}
    subprocess.run([SCRIPTS / "pack.sh", site, archive], check=True, capture_output=True, env=environment)
    return archive.read_bytes()


def test_the_same_site_packs_to_the_same_bytes(site, tmp_path):
    first = pack(site, tmp_path / "first.tar")
    for path in site.rglob("*"):
        os.utime(path, (1, 1))
        path.chmod(0o700 if path.is_dir() else 0o600)
    assert pack(site, tmp_path / "second.tar", TZ="Asia/Tokyo", LC_ALL="C") == first


def test_the_archive_holds_the_site_readable_for_all_and_of_nobody(site, tmp_path):
    pack(site, tmp_path / "site.tar")
    with tarfile.open(tmp_path / "site.tar") as archive:
        members = archive.getmembers()
        held = {m.name.removeprefix("./"): archive.extractfile(m).read() for m in members if m.isfile()}
    assert held == {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}
    assert all(member.isfile() or member.isdir() for member in members)
    assert {member.mode for member in members} == {0o644, 0o755}
    assert {(member.uid, member.gid, member.mtime) for member in members} == {(0, 0, 1790000000)}


FAKE_GH = """#!/bin/sh
printf '%s\\n' "$*" >> "$CALLS"
[ "$2" = list ] && printf '%s' "$OPEN"
while [ $# -gt 0 ]; do [ "$1" = --body-file ] && cp "$2" "$BODY"; shift; done
exit 0
"""


@pytest.fixture
def tell(tmp_path):
    """Runs the script with a gh that only writes down what it is asked for; gives its calls and the issue's text."""
    gh = tmp_path / "bin/gh"
    gh.parent.mkdir()
    gh.write_text(FAKE_GH)
    gh.chmod(0o755)
    reports = tmp_path / "reports"
    reports.mkdir()

    def run(links="", audit="", open="", LINKS="success", AUDIT="success"):
        for name, text in (("links", links), ("audit", audit)):
            if text:
                (reports / f"{name}.md").write_text(text, encoding="utf-8")
        environment = {
            "PATH": f"{gh.parent}:{os.environ['PATH']}",
            "CALLS": str(tmp_path / "calls"),
            "BODY": str(tmp_path / "body"),
            "OPEN": open,
            "LINKS": LINKS,
            "AUDIT": AUDIT,
            "GITHUB_REPOSITORY": "owner/signpost",
            "GITHUB_SERVER_URL": "https://git.example.com",
            "GITHUB_RUN_ID": "7",
        }
        subprocess.run([SCRIPTS / "one_issue.sh", reports], check=True, capture_output=True, env=environment)
        calls = (tmp_path / "calls").read_text().splitlines()
        body = tmp_path / "body"
        return [" ".join(call.split()[1:3]) for call in calls], body.read_text() if body.exists() else ""

    return run


def test_nothing_found_and_nothing_open_leaves_no_issue(tell):
    assert tell(links="3 addresses: 3 fine.\n")[0] == ["list --state"]


def test_something_found_opens_the_issue_with_both_reports(tell):
    calls, body = tell(links="### Dead\n\n- a record\n", audit="| package | id |\n", LINKS="failure", AUDIT="failure")
    assert calls == ["list --state", "create --title"]
    assert "a record" in body and "| package |" in body and "/owner/signpost/actions/runs/7" in body


def test_an_open_issue_is_renewed_rather_than_opened_again(tell):
    assert tell(links="### Dead\n", open="12", LINKS="failure")[0] == ["list --state", "edit 12"]


def test_an_open_issue_is_closed_when_nothing_is_left(tell):
    assert tell(links="3 addresses: 3 fine.\n", open="12")[0] == ["list --state", "edit 12", "close 12"]


@pytest.mark.parametrize("title", ["Exceptions", "Due for a re-check"])
def test_what_only_people_can_renew_opens_the_issue_too(tell, title):
    assert f'"{title}"' in (ROOT / "upkeep/links.py").read_text(encoding="utf-8")
    assert tell(links=f"All fine.\n\n### {title}\n")[0] == ["list --state", "create --title"]


def test_a_check_that_failed_itself_is_told_apart_from_one_that_found_nothing(tell):
    _, body = tell(LINKS="failure")
    links, audit = body.split("## Known faults")
    assert "the check itself failed" in links and "Nothing." in audit


def test_a_report_that_is_too_long_for_an_issue_is_cut_between_lines(tell):
    long = "".join(f"- ü{'ü' * 70} {number}\n" for number in range(5_000))
    _, body = tell(links=long, audit=long, LINKS="failure")
    assert 40_000 < len(body.encode()) < 65_536
    assert set(body.splitlines()) - set(long.splitlines()) > {"- […]"}
    assert body.endswith("actions/runs/7).\n")
