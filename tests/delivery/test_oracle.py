"""The independent check of a built site: it passes ours, and each of its rules bites."""

import hashlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from oracle.check import PAGE_RULES, SITE_RULES, check
from oracle.files import file
from oracle.reviewed import FILE, Reviewed, script_hash
from oracle.site import Page, Site
from tests.conftest import LIBRARY, ROOT
from tests.site.conftest import REPO, mkdocs
from tests.site.conftest import built as built

ADDRESS = "https://signpost.example.com/below/"
PAGE = "concepts/tuning/index.html"

Change = Callable[[str], str]


@pytest.fixture(scope="session")
def project(tmp_path_factory) -> Path:
    """A project around the small library, built; shared by all workers."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "small-project"
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            for name in ("docs", "overrides"):
                shutil.copytree(ROOT / name, folder / name)
            shutil.copytree(LIBRARY, folder / "content")
            shutil.copy(ROOT / "mkdocs.yml", folder)
            result = mkdocs("build", "--strict", cwd=folder, SITE_URL=ADDRESS)
            assert result.returncode == 0, result.stderr
    return folder


@pytest.fixture(scope="session")
def clean(project) -> Site:
    """The small site as it was built."""
    return Site(project / "site", project, ADDRESS, REPO)


@pytest.fixture
def with_fault(clean, tmp_path):
    """What is found once a file of the small site is another: given its new bytes, or None to delete it."""

    def find(name: str, data: bytes | None) -> list[str]:
        site = Site.__new__(Site)
        site.__dict__.update(clean.__dict__)
        site.files, site.pages = dict(clean.files), dict(clean.pages)
        site.files.pop(name, None)
        site.pages.pop(name, None)
        if data is not None:
            path = tmp_path / Path(name).name
            path.write_bytes(data)
            site.files[name] = path
            if name.endswith(".html"):
                site.pages[name] = Page(name, data)
        found = [finding for rule in SITE_RULES for finding in rule(site)]
        if name in site.pages:
            found += [finding for rule in PAGE_RULES for finding in rule(site.pages[name], site)]
        elif name in site.files:
            found += file(name, site)
        return [str(finding) for finding in found]

    return find


def test_nothing_is_found_on_the_small_site_below_a_path(clean):
    report = check(clean)
    assert report.findings == ()
    assert report.pages > 50 and report.elements > 10_000 and report.links > 1_000


def test_nothing_is_found_on_the_real_site(built):
    environment = {**os.environ, "SITE_URL": "http://127.0.0.1:8000/", "REPO_URL": REPO}
    command = [sys.executable, "-m", "oracle", str(built)]
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
    assert re.search(r"\d+ pages, \d+ files, \d+ elements, \d+ links checked: 0 findings\n\d+\.\d s\n$", result.stdout)


def test_all_findings_come_in_one_run_with_exit_code_1(project, tmp_path):
    site = shutil.copytree(project / "site", tmp_path / "site")
    for name in ("concepts/tuning", "decisions/tune-or-search"):
        page = site / name / "index.html"
        page.write_text(page.read_text().replace("</article>", "<img src=x onerror=alert(1)></article>"))
    environment = {**os.environ, "SITE_URL": ADDRESS, "REPO_URL": REPO}
    command = [sys.executable, "-m", "oracle", str(site)]
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert result.returncode == 1
    for name in ("concepts/tuning", "decisions/tune-or-search"):
        assert f"{name}/index.html: <img>: <img> is not on the list of elements. If it came" in result.stdout


def put(old: str, new: str) -> Change:
    """Replaces a piece of a text, which must be there."""

    def change(text: str) -> str:
        assert old in text, old
        return text.replace(old, new, 1)

    return change


def insert(html: str) -> Change:
    """Puts HTML at the end of the article."""
    return put("</article>", f"{html}</article>")


HEADING = '<h1 id="title">Tuning a model</h1>'

FAULTS: dict[str, tuple[Change, str]] = {
    "an element": (insert("<img src='../../assets/images/favicon.svg'>"), "<img> is not on the list of elements"),
    "an iframe": (insert("<iframe srcdoc='x'></iframe>"), "<iframe> is not on the list"),
    "a style element": (insert("<style>p{}</style>"), "<style> is not on the list"),
    "a base": (
        put('<meta charset="utf-8">', '<base href="https://evil.example/"><meta charset="utf-8">'),
        "<base> is not on",
    ),
    "a form in the article": (insert("<form></form>"), "<form> stands inside the article"),
    "an input in the article": (insert("<input>"), "<input> stands inside the article"),
    "MathML": (insert("<math><mi>x</mi></math>"), "MathML"),
    "a handler": (put(HEADING, HEADING.replace("<h1", "<h1 onclick='x()'")), "attribute `onclick` is not on the list"),
    "a style attribute": (put(HEADING, HEADING.replace("<h1", "<h1 style='color:red'")), "attribute `style` is not on"),
    "a title": (put('class="sp-ref', 'title="&lt;img onerror=x&gt;" class="sp-ref'), "`title` is"),
    "a srcset": (insert("<p srcset='x'>x</p>"), "attribute `srcset`"),
    "a class": (insert("<p class='x\"y'>x</p>"), "`class` is"),
    "a target": (put('rel="noopener', 'target="_blank" rel="noopener'), "attribute `target`"),
    "an id twice": (insert("<p id='fn:trains'>x</p>"), "id `fn:trains` stands 2 times"),
    "an id of the theme": (insert("<p id='__config'>{}</p>"), "id `__config` has no form of ours"),
    "an id without a prefix": (insert("<p id='location'>x</p>"), "id `location` has no form of ours"),
    "an id of the frame": (put('<body dir="ltr"', '<body id="x" dir="ltr"'), "id `x` has no form of ours"),
    "a second heading": (insert("<h1 id='other'>x</h1>"), "the page has 2 of them"),
    "a heading of a text": (insert("<h2 id='evil'>Evil</h2>"), "“Evil” is no heading of such a page"),
    "a hidden character": (put("Tuning a model</h1>", "Tuning\u202e a model</h1>"), "hidden character U+202E"),
    "no policy": (lambda text: re.sub(r"<meta http-equiv=[^>]*>", "", text), "0 content security policies"),
    "another policy": (
        put("default-src 'none'; script-src 'self'", "default-src 'none'; script-src 'self' 'unsafe-inline'"),
        "the policy is",
    ),
    "a second policy": (
        put("</head>", '<meta http-equiv="content-security-policy" content="x"></head>'),
        "2 content security",
    ),
    "a late policy": (
        lambda text: re.sub(r"(<meta http-equiv=[^>]*>)\s*(<meta name=.viewport[^>]*>)", r"\2\1", text),
        "does not stand right after the character set",
    ),
    "a refresh": (
        put("</head>", '<meta http-equiv="refresh" content="0; url=../"></head>'),
        "`http-equiv` is 'refresh'",
    ),
    "an inline script": (put("</body>", "<script>alert(1)</script></body>"), "was not reviewed"),
    "a changed script of the theme": (put("__md_hash=e", "__md_hash=f"), "was not reviewed"),
    "a script with an address and code": (
        put('signpost.js" type="module">', 'signpost.js" type="module">x()'),
        "holds code",
    ),
    "a module in the page": (put("</body>", '<script type="module">x()</script></body>'), "was not reviewed"),
    "a block of other data": (put("</body>", '<script type="text/plain">x</script></body>'), "`type` is 'text/plain'"),
    "a second configuration": (
        put("</head>", '<script type="application/json">{}</script></head>'),
        "not the theme's configuration",
    ),
    "a search elsewhere": (
        put('"search": "../../', '"search": "//evil.example/'),
        "`search` of the theme's configuration",
    ),
    "broken structured data": (put('{"@context"', '{"@context'), "its JSON does not parse"),
    "structured data of another site": (
        put(f'"url":"{ADDRESS}', '"url":"https://evil.example/'),
        "structured data names",
    ),
    "structured data with HTML": (put('"@type":"DefinedTerm",', '"@type":"<b>",'), "a block of data holds < or >"),
    "another context": (put("https://schema.org", "https://evil.example"), "structured data has the context"),
    "another theme": (put("mkdocs-material-9", "mkdocs-material-8"), "reviewed was mkdocs-1.6.1"),
    "a script address": (insert("<a href='javascript:alert(1)'>x</a>"), "no record declares it"),
    "a data address": (insert("<a href='data:text/html,x'>x</a>"), "no record declares it"),
    "an address that nobody declared": (insert("<a href='https://evil.example/'>x</a>"), "no record declares it"),
    "an address with a user": (
        insert("<a href='https://docs.example.com@evil.example/'>x</a>"),
        "no record declares it",
    ),
    "an address without a scheme": (insert("<a href='//evil.example/'>x</a>"), "no record declares it"),
    "an address with a backslash": (insert("<a href='/\\\\evil.example/'>x</a>"), "spells as %XX"),
    "a line break in an address": (insert("<a href='java\nscript:x'>x</a>"), "spells as %XX"),
    "a neighbor of the repository": (insert(f"<a href='{REPO}-evil/'>x</a>"), "no record declares it"),
    "a dead link": (insert("<a href='../nowhere/'>x</a>"), "the site has no file concepts/nowhere/index.html"),
    "a link out of the site": (insert("<a href='../../../other/'>x</a>"), "the site has no file"),
    "a dead anchor": (insert("<a href='../searching/#nowhere'>x</a>"), "has the id 'nowhere'"),
    "an unknown query": (insert("<a href='../searching/?next=x'>x</a>"), "the query 'next=x'"),
    "a script from elsewhere": (
        put('src="../../assets/javascripts/bundle', 'src="https://evil.example/bundle'),
        "loads nothing from",
    ),
    "a style from elsewhere": (
        put('href="../../assets/stylesheets/signpost', 'href="https://evil.example/s'),
        "loads nothing from",
    ),
    "another canonical address": (
        put(f'rel="canonical" href="{ADDRESS}', 'rel="canonical" href="https://evil.example/'),
        "the page is",
    ),
    "a picture elsewhere": (
        put(f'"og:image" content="{ADDRESS}', '"og:image" content="https://evil.example/'),
        "is not on the site",
    ),
    "another heading": (put(HEADING, HEADING.replace("Tuning", "Turning")), "it reads “Turning a model”"),
    "another title": (put("<title>Tuning", "<title>Turning"), "it reads “Turning a model · Signpost”"),
    "other words": (
        put("It does not look anything up.", "It looks things up."),
        "does not state “It does not look anything up.”",
    ),
    "a claim without its note": (
        lambda text: re.sub(r"(It does not look anything up\.)<sup.*?</sup>", r"\1", text, count=1),
        "does not cite searches",
    ),
    "a line that cites nothing": (
        put('<ul class="sp-lines sp-lines--not">', '<ul class="sp-lines"><li>New.</li>'),
        "states a fact but cites nothing",
    ),
    "a row that cites nothing": (
        put("<tbody>", '<tbody><tr><th scope="row">New</th></tr>'),
        "states a fact but cites nothing",
    ),
    "a paragraph that cites nothing": (
        put('<h2 id="what-it-is">What it is</h2>', '<h2 id="what-it-is">What it is</h2><p>New.</p>'),
        "states a fact but",
    ),
    "a trap that cites nothing": (
        put("<dt>In fact</dt><dd>", "<dt>In fact</dt><dd>New</dd><dt>In fact</dt><dd>"),
        "states a fact but",
    ),
    "a section that cites nothing": (
        lambda text: re.sub(r'(<h2 id="how-it-shows-up.*?)<sup.*?</sup>', r"\1", text, count=1, flags=re.DOTALL),
        "the section cites nothing",
    ),
    "a missing note": (put('<li id="fn:trains">', "<li>"), "#fn:trains: the note is missing"),
    "a note that nothing cites": (
        lambda text: text.replace('href="#fn:trains"', 'href="#fn:searches"'),
        "nothing cites this note",
    ),
    "a note of another number": (
        lambda text: re.sub(r'(href="#fn:trains">)\d', r"\g<1>7", text, count=1),
        "citation leads to",
    ),
    "a note to another page": (
        put("https://docs.example.com/guide/tuning.html", "https://docs.example.com/guide/"),
        "does not lead to",
    ),
    "another day": (put('datetime="2026-11-01"', 'datetime="2026-11-02"'), "where and when"),
    "another finding": (
        put("Tuning trains on examples", "Tuning trains on air"),
        "does not say what its evidence says",
    ),
}
"""Fault → how it gets into the page of a concept, and what is said of it."""


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_a_page_is_found(fault, clean, with_fault):
    change, said = FAULTS[fault]
    text = clean.files[PAGE].read_text(encoding="utf-8")
    changed = change(text)
    assert changed != text
    found = with_fault(PAGE, changed.encode())
    assert any(said in finding and finding.startswith(PAGE) for finding in found), found


def json_with(change: Callable[[dict], None]) -> Change:
    """Changes the data of a JSON file."""

    def changed(text: str) -> str:
        data = json.loads(text)
        change(data)
        return json.dumps(data)

    return changed


def with_digest(content: str) -> str:
    """The inside of a JSON object as a file of the search index."""
    return f'{{"digest":"{hashlib.sha256(content.encode()).hexdigest()[:8]}",{content}}}'


TUNING, TUNED = "search/words/tu.json", "search/pages/concepts/tuning/index.json"

FILE_FAULTS: dict[str, tuple[str, Change, str]] = {
    "a script of ours": (
        "assets/javascripts/signpost.js",
        lambda text: text + "\n",
        "differs from the file of that name under docs/",
    ),
    "a style of ours": ("assets/stylesheets/signpost.css", lambda text: text + "\n", "differs from the file"),
    "a script of the theme": (
        "assets/javascripts/lunr/tinyseg.js",
        lambda text: text + "\n",
        "is not the script that was reviewed",
    ),
    "an unknown script": ("assets/javascripts/evil.js", str, "is not on the list of files"),
    "an unknown page": (
        "evil/index.html",
        lambda _: "<!doctype html><title>x</title>",
        "no former address of a record",
    ),
    "an unknown file": ("data/evil.svg", str, "is not on the list of files"),
    "weights with more": ("assets/stylesheets/weights.css", lambda text: text + "p{}", "holds more than the weights"),
    "a style that loads": (
        "assets/stylesheets/main.12345678.min.css",
        lambda _: "p{background:url(//evil.example/x)}",
        "load nothing from elsewhere",
    ),
    "a picture that runs": ("assets/images/favicon.svg", put("<svg", "<svg onload='x()'"), "differs from"),
    "a search that every page loads": (
        "search/search_index.json",
        json_with(lambda data: data["docs"].append({"location": "", "title": "x", "text": "x"})),
        "docs: holds entries",
    ),
    "a search that leads nowhere": (
        "search/index.json",
        json_with(lambda data: data["pages"][0].__setitem__(0, "x/")),
        "x/: leads nowhere",
    ),
    "a search without a page": (
        "search/index.json",
        json_with(lambda data: data["pages"].pop()),
        "a file that is not listed",
    ),
    "a page that search names otherwise": (
        "search/index.json",
        json_with(lambda data: data["pages"][0].__setitem__(1, "Turning")),
        "does not say 'Turning'",
    ),
    "changed words": (TUNING, put('"tuning":', '"turning":'), "digest: is not that of the file"),
    "words of another version": (
        TUNING,
        lambda _: with_digest('"words":{},"names":{},"phrases":{}'),
        "is not the one in search/index.json",
    ),
    "broken JSON": ("data/signals.json", lambda text: text[:-3], "does not parse"),
    "JSON that leads elsewhere": (
        "data/index.json",
        json_with(lambda data: data["records"][0].update(page="//evil.example")),
        "no record declares it",
    ),
    "a formula": ("data/items.csv", lambda text: text + "=1+1" + "," * 9 + "\r\n", "is a formula"),
    "a short row": ("data/items.csv", lambda text: text + "x\r\n", "has 1 cells"),
    "HTML in a text": ("concepts/tuning.md", lambda text: text + "\n<b>x</b>\n", "holds '<b>'"),
    "a picture in a text": ("concepts/tuning.md", lambda text: text + "\n![x](y)\n", "holds 'x'"),
    "a link in a text": (
        "llms.txt",
        lambda text: text + "\n[x](https://evil.example)\n",
        "links 'https://evil.example'",
    ),
    "a hidden character in a text": ("llms.txt", lambda text: text + "\u2028", "hidden character U+2028"),
    "a map with more": ("sitemap.xml", put(f"<loc>{ADDRESS}", "<loc>https://evil.example/"), "entry without page"),
    "a redirect elsewhere": (
        "concepts/tune/index.html",
        put('url=../../concepts/tuning/"', 'url=https://evil.example/"'),
        "leads to",
    ),
    "a redirect without policy": (
        "concepts/tune/index.html",
        lambda text: re.sub(r"<meta http-equiv=.Content.*?>", "", text),
        "0 content security",
    ),
    "a redirect with a script": (
        "concepts/tune/index.html",
        put("</body>", "<script>x()</script></body>"),
        "<script> is not on the list",
    ),
    "a redirect with a handler": (
        "concepts/tune/index.html",
        put("<body>", "<body onload='x()'>"),
        "attribute `onload`",
    ),
}
"""Fault → the file it is in, how it gets there, and what is said of it."""


@pytest.mark.parametrize("fault", FILE_FAULTS)
def test_a_fault_in_a_file_is_found(fault, clean, with_fault):
    name, change, said = FILE_FAULTS[fault]
    text = clean.files[name].read_text(encoding="utf-8") if name in clean.files else "x"
    found = with_fault(name, change(text).encode())
    assert any(said in finding and finding.startswith(name) for finding in found), found


SEARCH_FAULTS = {
    "a word that is not on its page": (TUNING, put('"tuning":', '"turning":'), "`turning`: page"),
    "a name of another place": (TUNING, put('["concepts/tuning/"]', '["concepts/searching/"]'), "is not called that"),
    "a text that is not the page's": (TUNED, put("More training", "More straining"), "does not say 'straining'"),
    "an anchor that is not the page's": (TUNED, put('["what-it-is"', '["x"'), "'#x' leads nowhere"),
}
"""Fault in a file of the search index → the same, where digests are right."""


@pytest.mark.parametrize("fault", SEARCH_FAULTS)
def test_what_search_says_otherwise_than_the_page_is_found(fault, project, tmp_path):
    name, change, said = SEARCH_FAULTS[fault]
    site = shutil.copytree(project / "site", tmp_path / "site")
    old = (site / name).read_text(encoding="utf-8")
    new = with_digest(change(old)[len('{"digest":"12345678",') : -1])
    (site / name).write_text(new, encoding="utf-8")
    listed = site / "search/index.json"
    listed.write_text(put(old[11:19], new[11:19])(listed.read_text(encoding="utf-8")), encoding="utf-8")
    faulty = Site(site, project, ADDRESS, REPO)
    assert any(said in str(finding) for finding in file(name, faulty))
    assert list(file("search/index.json", faulty)) == []


@pytest.mark.parametrize("name", ["concepts/tuning/index.html", "services/index.html", "exams/abc-c01/index.html"])
def test_a_record_without_its_page_is_found(name, with_fault):
    assert any("the record has no page" in finding for finding in with_fault(name, None))


def test_a_service_that_is_not_shown_is_found(clean, with_fault):
    text = clean.files["services/index.html"].read_text(encoding="utf-8").replace("Newhub", "Oldhub")
    assert any("does not show “Newhub”" in finding for finding in with_fault("services/index.html", text.encode()))


@pytest.mark.parametrize(("field", "said"), [("<img src=x>", 'holds ["img'), ("[sound:x]", "a command of Anki's")])
def test_what_anki_would_run_is_found(field, said, clean, with_fault, tmp_path):
    name = "data/signpost.apkg"
    with zipfile.ZipFile(clean.files[name]) as deck:
        deck.extractall(tmp_path)
    database = sqlite3.connect(tmp_path / "collection.anki2")
    database.execute("update notes set flds = flds || ? where id = (select min(id) from notes)", (field,))
    database.commit()
    database.close()
    with zipfile.ZipFile(tmp_path / "new.apkg", "w") as deck:
        for part in ("collection.anki2", "media"):
            deck.write(tmp_path / part, part)
    assert any(said in finding for finding in with_fault(name, (tmp_path / "new.apkg").read_bytes()))


def test_a_worker_that_is_not_ours_is_found(project, tmp_path):
    site = shutil.copytree(project / "site", tmp_path / "site")
    with (site / "service-worker.js").open("a") as worker:
        worker.write("fetch('x')\n")
    assert any(
        "is not the list of files before our code" in str(f) for f in check(Site(site, project, ADDRESS, REPO)).findings
    )
    (site / "service-worker.js").write_bytes((project / "site/service-worker.js").read_bytes())
    (site / "data/terms.json").write_text("{}")
    assert any("has another hash" in str(f) for f in check(Site(site, project, ADDRESS, REPO)).findings)


def test_a_symbolic_link_is_found(project, tmp_path):
    site = shutil.copytree(project / "site", tmp_path / "site")
    (site / "data/link.json").symlink_to("/etc/hostname")
    assert any("is a symbolic link" in str(f) for f in check(Site(site, project, ADDRESS, REPO)).findings)


def test_the_inline_scripts_of_the_installed_theme_are_the_reviewed_ones():
    """Fails at a theme upgrade that changes one."""
    import material

    folder = Path(material.__file__).parent / "templates/partials/javascripts"
    code = {name: (folder / f"{name}.html").read_text(encoding="utf-8") for name in ("base", "palette", "content")}
    scripts = [
        re.search(r"<script>(?!var tabs)(.*?)</script>", text, re.DOTALL)[1].replace(
            "{{ config.extra.scope | d(base_url) }}", "/signpost/"
        )
        for text in code.values()
    ]
    assert {script_hash(script) for script in scripts} == Reviewed().inline, (
        f"the theme's inline scripts changed: read partials/javascripts/ of the theme, then bring {FILE.name} and "
        "overrides/main.html up to date by hand"
    )


def test_the_oracle_imports_nothing_of_the_generator():
    for module in (ROOT / "oracle").glob("*.py"):
        assert not re.search(r"^\s*(from|import) +generator", module.read_text(encoding="utf-8"), re.MULTILINE), module
