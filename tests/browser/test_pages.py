"""The site in a real browser: accessible, no wider than the screen, usable from the keyboard."""

import pytest
from axe_playwright_python.sync_playwright import Axe

KINDS = {
    "home": "",
    "concepts": "concepts/",
    "concept": "concepts/fine-tuning/",
    "decisions": "decisions/",
    "decision": "decisions/fine-tuning-or-rag/",
    "exams": "exams/",
    "exam": "exams/aif-c01/",
    "task": "exams/aif-c01/task-3-3/",
    "cheat sheet": "exams/aif-c01/cheat-sheet/",
    "domain sheet": "exams/aip-c01/cheat-sheet-1/",
    "practice": "practice/",
    "reader": "read-a-question/",
    "data": "data/",
    "signals": "signals/",
    "traps": "traps/",
    "glossary": "glossary/",
    "services": "services/",
    "sources": "sources/",
    "reference": "contribute/records/",
    "about": "about/",
    "missing": "no/such/page/",
}
# Of a menu and of a page's notes axe reads the first ones, which all others are like.
MENU = ".md-sidebar .md-nav .md-nav .md-nav__item"
LATER = f"{MENU}:nth-child(n + 11):not(.md-nav__item--active), .footnote li:nth-child(n + 11)"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLORS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


def violations(page, *schemes, within="html"):
    """What axe finds with everything opened: by all rules in the first color scheme, by those on color in the rest."""
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    page.evaluate(f"document.querySelectorAll('{LATER}').forEach(entry => entry.remove())")
    found = {}
    for scheme in schemes:
        page.evaluate("scheme => document.body.setAttribute('data-md-color-scheme', scheme)", scheme)
        rules = COLORS if found else RULES
        violations = Axe().run(page, within, options=rules).response["violations"]
        found[scheme] = [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in violations]
    return {scheme: violations for scheme, violations in found.items() if violations}


# Long lists of what other pages hold too, in the same colors.
LISTS = ("cheat sheet", "domain sheet", "signals", "traps", "glossary", "services", "sources", "reference")

# Of a long list axe reads the first entries and headings: all are made by one template.
REST = ", ".join(
    (
        "article :is(tbody, ul, ol, dl) > :nth-child(n + 11)",
        "article > h2:nth-of-type(n + 4) ~ *",
        "article > h3:nth-of-type(n + 6) ~ :is(ul, p)",
    )
)


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_no_violation_in_light_and_dark(kind, open_page):
    page = open_page(KINDS[kind], reduced_motion="reduce")
    schemes = ["default", "slate"]
    if kind in LISTS:
        page.evaluate(f"document.querySelectorAll('{REST}').forEach(entry => entry.remove())")
        schemes = ["default"]
    assert violations(page, *schemes) == {}


@pytest.mark.parametrize("kind", ["home", "concept", "decision", "exam", "task"])
def test_axe_finds_no_violation_on_a_phone(kind, open_page):
    page = open_page(KINDS[kind], width=360, reduced_motion="reduce")
    assert violations(page, "default") == {}


def test_axe_finds_no_violation_in_an_open_search_and_drawer(open_page):
    page = open_page("concepts/fine-tuning/", reduced_motion="reduce")
    page.keyboard.press("/")
    page.keyboard.type("tuning")
    page.wait_for_selector(".md-search-result__item a")
    assert violations(page, "default", "slate", within=".md-header") == {}
    phone = open_page("concepts/fine-tuning/", width=360, reduced_motion="reduce")
    phone.click("label[for=__drawer].md-header__button")
    assert violations(phone, "default", "slate", within=".md-sidebar--primary") == {}


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_scrolls_sideways_but_tables_in_their_frame(kind, open_page):
    page = open_page(KINDS[kind])
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    for width in (320, 360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        wide = page.evaluate(
            """() => [...document.querySelectorAll('.md-content *')].filter(e =>
                e.getBoundingClientRect().right > innerWidth + 1
                && !e.closest('.sp-table, pre, .sp-visually-hidden') && e.getClientRects().length)
                .map(e => e.className || e.tagName)"""
        )
        assert wide == [], width


STOP = """() => {
  const e = document.activeElement
  if (e === document.body) return null
  const shown = e.matches('.md-option') ? e.nextElementSibling : e
  const b = shown.getBoundingClientRect(), s = getComputedStyle(shown)
  const within = (v, end) => Math.min(Math.max(v, 1), end - 1)
  const over = document.elementFromPoint(within(b.x + b.width / 2, innerWidth), within(b.y + b.height / 2, innerHeight))
  return {
    name: e.outerHTML.slice(0, 90),
    size: b.width * b.height,
    outlined: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2,
    uncovered: !!over && (shown.contains(over) || over.contains(shown)),
  }
}"""


def test_every_stop_of_the_tab_key_is_seen_and_not_covered(open_page):
    page = open_page("decisions/fine-tuning-or-rag/", reduced_motion="reduce")
    stops = []
    for _ in range(60):
        page.keyboard.press("Tab")
        for _ in range(10):  # the note of the citation before fades
            stop = page.evaluate(STOP)
            if stop is None or stop["uncovered"]:
                break
            page.wait_for_timeout(100)
        if stop is None:
            break
        stops.append(stop)
    assert len(stops) > 30
    assert [stop for stop in stops if not (stop["size"] and stop["outlined"] and stop["uncovered"])] == []


def test_search_finds_a_concept_from_the_keyboard(open_page):
    page = open_page("")
    page.keyboard.press("/")
    page.keyboard.type("fine-tuning foundation")
    first = page.locator(".md-search-result__item").first
    first.filter(has_text="Fine-tuning foundation models").wait_for()
    assert "concepts/fine-tuning/" in first.locator("a").first.get_attribute("href")
    page.keyboard.press("Escape")
    assert not page.evaluate("document.querySelector('#__search').checked")


def test_colors_are_switched_from_the_keyboard_and_kept(open_page):
    page = open_page("concepts/fine-tuning/", scheme="light")
    assert page.get_attribute("body", "data-md-color-scheme") == "default"
    page.focus("#__palette_0")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.body.dataset.mdColorScheme === 'slate'")
    page.reload()
    assert page.get_attribute("body", "data-md-color-scheme") == "slate"


def test_a_citation_shows_its_note_on_hover_and_leads_to_it_on_click(open_page):
    page = open_page("concepts/fine-tuning/")
    citation = page.locator(".footnote-ref").nth(1)
    citation.scroll_into_view_if_needed()
    citation.hover()
    page.wait_for_selector(".md-tooltip2--active")
    assert "Checked" in page.inner_text(".md-tooltip2--active")
    target = citation.get_attribute("href")
    citation.click()
    assert page.evaluate("decodeURIComponent(location.hash)") == target


def test_pages_read_without_javascript(open_page):
    page = open_page("decisions/fine-tuning-or-rag/", java_script_enabled=False)
    page.locator("summary").first.click()
    text = page.inner_text("article")
    assert "Answers at a glance" in text
    assert page.locator(".sp-scenario details p").first.is_visible()


def test_the_exam_map_has_bands_as_tall_as_their_weights(open_page):
    page = open_page("exams/aif-c01/")
    bands = page.evaluate(
        """() => [...document.querySelectorAll('.sp-map__domain')].map(d =>
            [parseInt(d.querySelector('b').textContent), d.getBoundingClientRect().height])"""
    )
    ratios = [height / weight for weight, height in bands]
    assert max(ratios) / min(ratios) < 1.02


def test_a_wrong_answer_opens_its_misconception(open_page):
    page = open_page("concepts/fine-tuning/")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    link = page.locator('.sp-check a[href^="#misconception-"]').first
    anchor = link.get_attribute("href")
    link.click()
    assert page.locator(anchor).is_visible()
    assert page.evaluate("location.hash") == anchor
