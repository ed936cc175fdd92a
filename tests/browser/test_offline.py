"""The site without a connection: saved whole, updated whole, never two versions in one page."""

import json
import os
import shutil
from contextlib import ExitStack
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from generator.deliver.offline import WORKER, leaving_worker, write_worker
from tests.browser.server import serve
from tests.browser.test_pages import RULES

# Several sites may share an origin, so this one is served below a path.
BASE = "several/sites/"
NEW = "second edition"
CHANGED = {
    "index.html": f"<!-- {NEW} -->",
    "concepts/fine-tuning/index.html": f"<!-- {NEW} -->",
    "assets/stylesheets/signpost.css": f"/* {NEW} */",
    "assets/javascripts/site.js": f"// {NEW}",
    "data/items/index.json": f'{{"x": "{NEW}"}}',
    "search/search_index.json": f'{{"x": "{NEW}"}}',
}


@pytest.fixture(scope="module")
def first(built, tmp_path_factory) -> Path:
    """The built site."""
    return _edition(built, tmp_path_factory.mktemp("first"), {})


@pytest.fixture(scope="module")
def second(built, tmp_path_factory) -> Path:
    """The next version of it, with a few files changed."""
    return _edition(built, tmp_path_factory.mktemp("second"), CHANGED)


# What a browser saves file by file. All but one test get along without most of it.
MANY = ("concepts/*/", "decisions/*/", "exams/*/", "contribute/*/", "data/items/*/", "search/words", "search/pages")


def _edition(built: Path, folder: Path, changes: dict[str, str], whole: bool = False) -> Path:
    shutil.copytree(built, folder, copy_function=os.link, dirs_exist_ok=True)
    for many in () if whole else (found for pattern in MANY for found in folder.glob(pattern)):
        if many.is_dir() and many.name != "fine-tuning":
            shutil.rmtree(many)
    for path, added in changes.items():
        text = (folder / path).read_text(encoding="utf-8")
        _replace(folder / path, added if path.endswith(".json") else text + added)
    (folder / WORKER).unlink()
    write_worker(folder)
    return folder


def _replace(path: Path, text: str) -> None:
    """Writes a file anew; the old one may be shared with another edition."""
    path.unlink(missing_ok=True)
    path.write_text(text, encoding="utf-8")


class Host:
    """A static host whose site can be replaced, break off or go away."""

    def __init__(self, root: Path) -> None:
        self.site = root / BASE
        self.site.parent.mkdir(parents=True)
        self.cut: set[str] = set()
        self._serving = ExitStack()
        self.address = self._serving.enter_context(serve(root, self.cut)) + BASE
        self._root = root

    def publish(self, edition: Path) -> None:
        """Puts an edition in the place of the one before."""
        link = self._root / "next"
        link.symlink_to(edition)
        link.replace(self._root / BASE.rstrip("/"))
        shutil.copy(edition / "404.html", self._root)

    def go_away(self) -> None:
        """From now on nothing answers."""
        self._serving.close()


@pytest.fixture
def host(tmp_path, first):
    host = Host(tmp_path / "host")
    host.publish(first)
    yield host
    host.go_away()


@pytest.fixture
def context(browser):
    context = browser.new_context()
    yield context
    context.close()


def _open(context, host, path=""):
    page = context.new_page()
    page.goto(host.address + path)
    return page


def _soon(page, script):
    """What the promise of a script gives; a failure where it gives nothing in half a minute."""
    late = "new Promise((_, fail) => setTimeout(() => fail(new Error('nothing for half a minute')), 30000))"
    return page.evaluate(f"Promise.race([({script})(), {late}])")


def _saved(context, host):
    """A page opened after the site was saved whole."""
    page = _open(context, host)
    _soon(page, "() => navigator.serviceWorker.ready.then(() => true)")
    page.close()
    return _open(context, host)


def _update(page):
    """Looks for a new version and waits for what comes of it: 'activated' or 'redundant'."""
    return _soon(
        page,
        """async () => {
            const registration = await navigator.serviceWorker.getRegistration()
            const found = new Promise(done =>
                registration.addEventListener("updatefound", () => done(registration.installing), { once: true }))
            await registration.update()
            const worker = await Promise.race([found, new Promise(done => setTimeout(done, 5000))])
            if (!worker) return "no update"
            while (!["activated", "redundant"].includes(worker.state))
                await new Promise(done => worker.addEventListener("statechange", done, { once: true }))
            return worker.state
        }""",
    )


def _editions(page, host) -> set[bool]:
    """For the page and each file that differs between the editions, asked for by the page: is it new?"""
    texts = page.evaluate(
        """([base, paths]) => Promise.all(
            paths.map(async path => (await fetch(base + path, { cache: "no-store" })).text()))""",
        [host.address, [path for path in CHANGED if not path.endswith(".html")]],
    )
    html = page.evaluate("document.documentElement.innerHTML + [...document.childNodes].map(n => n.data).join()")
    return {NEW in text for text in [*texts, html]}


def _caches(page) -> list[str]:
    return page.evaluate("caches.keys()")


def test_after_one_visit_everything_is_read_without_a_connection(context, host, built, tmp_path):
    host.publish(_edition(built, tmp_path / "whole", {}, whole=True))
    page = _open(context, host)
    assert page.evaluate("navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller)") is None
    host.go_away()
    page.goto(f"{host.address}concepts/fine-tuning/?from=mail#evidence")
    assert page.inner_text("h1").startswith("Fine-tuning")
    assert page.evaluate("getComputedStyle(document.querySelector('.sp-decide')).borderLeftWidth") != "0px"
    page.keyboard.press("/")
    page.keyboard.type("fine-tuning foundation")
    page.wait_for_selector(".md-search-result__item a")
    page.goto(f"{host.address}practice/")
    page.wait_for_selector("[data-tool] button")
    page.goto(f"{host.address}concepts/fine-tuning")
    assert page.url == f"{host.address}concepts/fine-tuning/"
    answer = page.goto(f"{host.address}no/such/page/")
    assert answer.status == 404
    assert page.inner_text("h1") == "There is no page here"


def test_an_open_page_stays_with_its_version_and_pages_opened_later_are_new(context, host, second):
    old = _saved(context, host)
    old.goto(f"{host.address}concepts/fine-tuning/")
    other = _open(context, host)
    host.publish(second)
    assert _update(old) == "activated"
    assert _editions(old, host) == _editions(other, host) == {False}
    new = _open(context, host)
    assert _editions(new, host) == {True}
    # Browsers stop idle workers: what was known must outlive that.
    session = context.new_cdp_session(old)
    session.send("ServiceWorker.enable")
    session.send("ServiceWorker.stopAllWorkers")
    assert (_editions(old, host), _editions(new, host)) == ({False}, {True})
    host.go_away()
    assert (_editions(old, host), _editions(other, host), _editions(new, host)) == ({False}, {False}, {True})
    old.click(".sp-news button:has-text('Reload')")
    old.wait_for_function("() => !document.querySelector('.sp-news')")
    assert _editions(old, host) == {True}


def test_a_version_is_deleted_when_no_page_uses_it_and_other_sites_caches_are_let_alone(context, host, second):
    old = _saved(context, host)
    foreign = ["signpost /several/ 1", "signpost /several/sites/more/ 1", "other"]
    old.evaluate("names => Promise.all(names.map(name => caches.open(name)))", foreign)
    host.publish(second)
    assert _update(old) == "activated"
    assert len(_caches(old)) == 3 + 3
    old.reload()
    old.wait_for_function("() => caches.keys().then(names => names.length === 3 + 2)")
    assert set(foreign) < set(_caches(old))
    assert _editions(old, host) == {True}


def test_a_version_that_comes_back_works_while_a_page_of_it_is_still_open(context, host, first, second):
    old = _saved(context, host)
    host.publish(second)
    assert _update(old) == "activated"
    new = _open(context, host)
    host.publish(first)
    assert _update(old) == "activated"
    assert (_editions(old, host), _editions(new, host), _editions(_open(context, host), host)) == (
        {False},
        {True},
        {False},
    )


@pytest.mark.parametrize("fault", ["another file", "no file", "a connection that breaks off"])
def test_an_update_that_fails_leaves_the_version_before_whole(fault, context, host, built, tmp_path):
    page = _saved(context, host)
    broken = _edition(built, tmp_path / "broken", CHANGED)
    path = "concepts/fine-tuning/"
    if fault == "another file":
        _replace(broken / path / "index.html", "not the page of this version")
    elif fault == "no file":
        (broken / path / "index.html").unlink()
    else:
        host.cut.add(f"/{BASE}{path}")
    host.publish(broken)
    assert _update(page) == "redundant"
    assert len(_caches(page)) == 2
    assert not page.query_selector(".sp-news")
    host.go_away()
    assert _editions(page, host) == {False}
    page.goto(host.address + path)
    assert _editions(page, host) == {False}


def test_a_failed_update_is_made_good_by_the_next_try(context, host, second):
    page = _saved(context, host)
    host.cut.add(f"/{BASE}concepts/fine-tuning/")
    host.publish(second)
    assert _update(page) == "redundant"
    host.cut.clear()
    assert _update(page) == "activated"
    page.reload()
    assert _editions(page, host) == {True}


@pytest.mark.parametrize("when", ["first visit", "update"])
def test_a_full_storage_breaks_nothing(when, context, host, second):
    page = _saved(context, host) if when == "update" else context.new_page()
    origin = host.address.removesuffix(BASE)
    session = context.new_cdp_session(page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 1_000_000})
    if when == "update":
        host.publish(second)
        assert _update(page) == "redundant"
        assert len(_caches(page)) == 2
        page.reload()
        assert _editions(page, host) == {False}
    else:
        page.goto(f"{host.address}concepts/fine-tuning/")
        end = page.evaluate(
            """async () => {
                const { installing } = await navigator.serviceWorker.register("../../service-worker.js")
                while (installing.state !== "redundant" && installing.state !== "activated")
                    await new Promise(done => installing.addEventListener("statechange", done, { once: true }))
                return installing.state
            }"""
        )
        assert end == "redundant"
        assert page.inner_text("h1").startswith("Fine-tuning")
        assert _caches(page) == []


def test_a_page_that_only_the_server_has_gets_all_from_the_server(context, host, built, tmp_path):
    edition = _edition(built, tmp_path / "later", {})
    host.publish(edition)
    page = _saved(context, host)
    for path in ("index.html", *CHANGED):
        text = (edition / path).read_text(encoding="utf-8")
        target = edition / "late" / path if path == "index.html" else edition / path
        target.parent.mkdir(exist_ok=True)
        _replace(target, CHANGED[path] if path.endswith(".json") else text + CHANGED[path])
    assert _editions(page, host) == {False}
    page.goto(f"{host.address}late/")
    assert _editions(page, host) == {True}


def test_ranges_and_other_methods_are_left_to_the_server(context, host):
    page = _saved(context, host)
    host.go_away()
    asked = """options => fetch("manifest.webmanifest", { cache: "no-store", ...options })
        .then(() => "answered", () => "nothing")"""
    requests = ({}, {"headers": {"Range": "bytes=0-9"}}, {"method": "POST"})
    answers = [page.evaluate(asked, request) for request in requests]
    assert answers == ["answered", "nothing", "nothing"]


def test_a_reader_who_saves_data_gets_nothing_saved(context, host):
    context.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })")
    page = _open(context, host)
    page.wait_for_timeout(500)
    assert page.evaluate("navigator.serviceWorker.getRegistration().then(found => !found)")


def test_a_worker_left_over_from_a_built_site_goes_away_in_serve(context, host, built, tmp_path):
    _saved(context, host).close()
    served = _edition(built, tmp_path / "served", CHANGED)
    for path in served.rglob("*.html"):
        _replace(path, path.read_text(encoding="utf-8").replace('<link rel="manifest"', '<link rel="none"'))
    _replace(served / WORKER, leaving_worker())
    host.publish(served)
    _open(context, host).wait_for_function("() => navigator.serviceWorker.getRegistration().then(found => !found)")
    page = _open(context, host)
    page.wait_for_function("() => document.querySelector('link[rel=none]')")
    assert _editions(page, host) == {True}
    assert _caches(page) == []


def test_the_message_of_a_newer_version_is_accessible_and_fits_a_phone(context, host, second):
    page = _saved(context, host)
    page.set_viewport_size({"width": 320, "height": 700})
    page.emulate_media(reduced_motion="reduce")
    host.publish(second)
    assert _update(page) == "activated"
    page.wait_for_selector(".sp-news button")
    for scheme in ("default", "slate"):
        page.evaluate("scheme => document.body.setAttribute('data-md-color-scheme', scheme)", scheme)
        assert Axe().run(page, options=RULES).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("button", name="Not now").press("Enter")
    assert not page.query_selector(".sp-news")


def test_the_state_is_said_where_a_page_asks_for_it(context, host):
    page = _open(context, host)
    page.evaluate(
        """async () => {
            const place = document.createElement("div")
            place.id = "state"
            document.querySelector("article").append(place)
            await (await import("./assets/javascripts/offline.js")).start(place)
        }"""
    )
    page.wait_for_function("() => document.querySelector('#state').textContent.includes('you can read them offline')")


def test_the_site_can_be_installed(browser, host, tmp_path):
    # Not in a context that forgets: Chromium installs nothing from those.
    from tests.browser.chromium import FLAGS, find

    context = browser.browser_type.launch_persistent_context(tmp_path / "profile", executable_path=find(), args=FLAGS)
    page = _open(context, host)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    session = context.new_cdp_session(page)
    manifest = session.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert json.loads(manifest["data"])["short_name"] == "Signpost"
    assert session.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    context.close()
