"""Search finds every record by every name, and links to concepts show their definitions."""

import json

import pytest

from generator.present.signals import phrases
from tests.browser.test_pages import violations

POPUP = ".sp-term"
ASK = """async (queries) => {
  const { base, search } = JSON.parse(document.getElementById("__config").textContent)
  const worker = new Worker(new URL(search, new URL(base, location)))
  const answer = (type, data) => new Promise((done) => {
    worker.onmessage = (event) => done(event.data.data)
    worker.postMessage({ type, data })
  })
  const index = await (await fetch(new URL("search/search_index.json", new URL(base + "/", location)))).json()
  await answer(0, { ...index, options: { suggest: false } })
  const found = []
  for (const query of queries) {
    const { items } = await answer(2, query)
    found.push(items.slice(0, 3).map((hits) => hits.map((hit) => hit.location)))
  }
  worker.terminate()
  return found
}"""


@pytest.fixture(scope="module")
def library(real):
    return real.site.library


def test_search_finds_every_record_by_every_name_and_every_27th_signal_phrase(open_page, library):
    """Asks the worker of the search box, with the real index, for the first three pages and their hits."""
    named, formerly = [], []
    for kind, records in (("concepts", library.concepts), ("decisions", library.decisions)):
        for id, record in records.items():
            names = {record.name, record.short_name or record.name, *getattr(record, "aliases", ())}
            named += [(name, f"{kind}/{id}/") for name in sorted(names)]
    for id, service in library.services.items():
        names = [former.name for former in service.former_names if former.name not in dict(named)]
        formerly += [(name, f"services/#service-{id}") for name in names]
    pointing = {phrase.text: {f"concepts/{id}/" for _, id in phrase.to} for phrase in list(phrases(library))[::27]}
    queries = [*dict(named), *dict(formerly), *pointing]
    assert len(named) > 90 and len(formerly) > 10 and len(pointing) > 80

    found = dict(zip(queries, open_page("about/").evaluate(ASK, queries), strict=True))
    pages = {query: [hits[0].partition("#")[0] for hits in found[query]] for query in queries}
    assert [(name, pages[name]) for name, page in named if pages[name][0] != page] == []
    assert [(name, found[name][0][:2]) for name, line in formerly if line not in found[name][0][:2]] == []
    assert [
        (phrase, pages[phrase]) for phrase, to in pointing.items() if len(to & {*pages[phrase]}) < min(3, len(to))
    ] == []


@pytest.mark.parametrize(
    ("typed", "page", "shown"),
    [
        ("rag", "concepts/retrieval-augmented-generation/", "Searching your own data"),
        ("Amazon Elasticsearch Service", "services/", "Formerly Amazon Elasticsearch Service"),
        ("updated every day", "concepts/retrieval-augmented-generation/", "Searching your own data"),
    ],
)
def test_what_is_typed_shows_its_page_first(typed, page, shown, open_page):
    opened = open_page("")
    opened.keyboard.press("/")
    opened.keyboard.type(typed)
    first = opened.locator(".md-search-result__item").first
    first.filter(has_text=shown).wait_for()
    assert f"/{page}?" in first.locator("a").first.get_attribute("href")
    assert opened.locator(".md-search-result .md-tags").count() == 0


def link_in(page, name="hallucination", within="p"):
    """A link in running text to a concept, and its definition. Waits until popups work."""
    page.wait_for_function("() => performance.getEntriesByType('resource').some((r) => r.name.endsWith('/terms.js'))")
    page.wait_for_timeout(100)
    return page.locator(f".md-content {within} a.sp-ref--concept[href$='{name}/']").first


def text_of(page):
    page.wait_for_selector(POPUP)
    return page.inner_text(POPUP)


def is_gone(page):
    page.wait_for_selector(POPUP, state="detached")
    return page.locator("[aria-describedby]").count() == 0


CONCEPT = "concepts/fine-tuning/"
TARGET = "reinforcement-fine-tuning"


@pytest.fixture(scope="module")
def summary(library):
    return library.concepts[TARGET].summary


def test_a_link_shows_the_definition_on_hover_until_the_pointer_leaves_link_and_popup(open_page, summary):
    page = open_page(CONCEPT)
    link = link_in(page, TARGET)
    assert page.locator(POPUP).count() == 0
    link.hover()
    assert text_of(page) == summary
    assert link.get_attribute("aria-describedby") == page.locator(POPUP).get_attribute("id")
    page.hover(POPUP)
    page.wait_for_timeout(600)
    assert page.locator(POPUP).is_visible()
    page.mouse.move(1, 1)
    assert is_gone(page)


def test_a_link_shows_the_definition_on_focus_until_escape_or_blur(open_page, summary):
    page = open_page(CONCEPT)
    link = link_in(page, TARGET)
    link.focus()
    assert text_of(page) == summary
    assert page.locator(POPUP).get_attribute("role") == "tooltip"
    page.keyboard.press("Escape")
    assert is_gone(page)
    assert link.evaluate("link => link === document.activeElement")
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert text_of(page) == summary
    page.evaluate("document.activeElement.blur()")
    assert is_gone(page)


def test_escape_hides_a_hovered_definition_until_it_is_hovered_anew(open_page):
    page = open_page(CONCEPT)
    link = link_in(page, TARGET)
    link.hover()
    page.wait_for_selector(POPUP)
    page.keyboard.press("Escape")
    assert is_gone(page)
    page.mouse.move(1, 1)
    link.hover()
    page.wait_for_selector(POPUP)


def test_a_tap_follows_the_link_and_shows_no_definition(open_page):
    page = open_page(CONCEPT, width=360, has_touch=True, is_mobile=True)
    link = link_in(page, TARGET)
    page.evaluate(
        """() => {
            const note = () => document.querySelector(".sp-term") && sessionStorage.setItem("popup", "shown")
            new MutationObserver(note).observe(document.body, { childList: true, subtree: true })
        }"""
    )
    link.tap()
    page.wait_for_url(f"**/{TARGET}/")
    assert page.evaluate("sessionStorage.getItem('popup')") is None


@pytest.mark.parametrize("width", [320, 1280])
def test_the_definition_stays_inside_the_window_and_beside_its_link(width, open_page):
    page = open_page(CONCEPT, width=width, reduced_motion="reduce")
    link_in(page, TARGET)
    for link in page.locator(".md-content p a.sp-ref--concept").all()[:12]:
        if not link.is_visible():
            continue
        link.focus()
        link.locator("xpath=self::*[@aria-describedby]").wait_for()
        page.wait_for_timeout(50)
        box, at = page.locator(POPUP).bounding_box(), link.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= width
        assert box["y"] >= 0 and box["y"] + box["height"] <= 900
        assert box["y"] >= at["y"] + at["height"] or box["y"] + box["height"] <= at["y"]
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_no_definition_where_it_stands_beside_the_link_already(open_page):
    page = open_page("glossary/")
    link_in(page, "fine-tuning", "dd")
    page.get_by_role("link", name="Read more").first.focus()
    page.wait_for_timeout(500)
    assert page.locator(POPUP).count() == 0
    page.locator("dd", has_text="See ").first.locator("a").focus()
    page.wait_for_selector(POPUP)


def test_definitions_are_fetched_once_and_only_when_asked_for(open_page):
    page = open_page(CONCEPT)
    fetched = []
    page.on("request", lambda request: fetched.append(request.url) if request.url.endswith("terms.json") else None)
    links = page.locator(".md-content p a.sp-ref--concept")
    link_in(page, TARGET)
    assert fetched == []
    for number in (0, 1):
        links.nth(number).focus()
        page.wait_for_selector(POPUP)
    assert len(fetched) == 1


def test_a_hostile_definition_is_text(open_page):
    hostile = "<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script> &amp; <b>bold</b>"
    page = open_page("about/")
    terms = json.dumps({f"concepts/{TARGET}/": hostile})
    page.route("**/data/terms.json", lambda route: route.fulfill(body=terms, content_type="application/json"))
    page.goto(page.url.replace("about/", CONCEPT))
    link_in(page, TARGET).focus()
    assert text_of(page) == hostile
    assert page.locator(f"{POPUP} *").count() == 0
    assert page.title() != "run"


def test_a_page_works_without_definitions(open_page):
    page = open_page("about/")
    page.route("**/data/terms.json", lambda route: route.fulfill(status=404))
    page.goto(page.url.replace("about/", CONCEPT))
    link_in(page, TARGET).focus()
    page.wait_for_timeout(500)
    assert page.locator(POPUP).count() == 0


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_no_violation_with_a_definition_open(width, open_page):
    page = open_page("glossary/", width=width, reduced_motion="reduce")
    link_in(page, TARGET, "dd:has-text('See ')").focus()
    page.wait_for_selector(POPUP)
    assert violations(page, "default", "slate", within=POPUP) == {}
    assert page.locator(POPUP).is_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_both_depths_stand_where_two_exams_ask(width, open_page):
    page = open_page(CONCEPT, width=width)
    page.locator(".sp-depth").scroll_into_view_if_needed()
    assert page.locator(".sp-depth dt").all_text_contents() == [
        "AIF-C01 asks you to recognize",
        "AIP-C01 asks you to design",
    ]
    one, other = (box.bounding_box() for box in page.locator(".sp-depth > div").all())
    beside = one["y"] == other["y"]
    assert beside == (width > 600)
