"""Reading a question: what is marked and named, what happens to hostile text, and how often it is right."""

import pytest

from tests.browser.reader_score import flips, library_of_today, readings, scenarios
from tests.browser.test_pages import violations

PAGE = "read-a-question/"
CLEAR = "A port's staff ask about manuals. The manuals are revised every day. Answers must cite the source."
CONFLICT = (
    "Prompts with examples still miss the tone, and 9,000 approved texts are available. "
    "The texts must quote prices from documents that change every day."
)
UNKNOWN = "The quick brown fox jumps over the lazy dog."
EMPTY = ""
HOSTILE = {
    "markup": "<img src=x onerror=\"document.title='ran'\"><script>document.title='ran'</script> cites <b>the</b> "
    "source of each answer <svg/onload=document.title='ran'> </textarea><iframe src='https://evil.example'></iframe>",
    "link": "[x](javascript:alert(1)) cite the source of each answer {{ 7*7 }} ${7*7} https://evil.example/?q=%s",
    "direction": "\u202ecite the source\u202c of \u2066each answer \u200f\u061c\u202d",
    "emoji": "cite 👩‍👩‍👧‍👦 the 🏴‍☠️ source of each answer 🇦🇶",
    "surrogates": "\ud800 cite the source \udc00 of each answer \udfff\ud83d",
    "control": "cite\x00the source\x07 of each answer\x1b[31m \ufffe\uffff",
    "prototype": "__proto__ constructor toString hasOwnProperty cite the source of each answer",
}
BOMBS = {
    "one word": "a" * 50_000,
    "one sentence": "cite the source of each answer " * 1_612,
    "dots": "." * 49_999 + "x",
    "blanks": " " * 25_000 + "\n" * 25_000,
    "lines": "\n\t " * 16_666,
    "apostrophes": "a'" * 25_000,
    "numbers": "1," * 25_000,
    "options": "A. x\n" * 10_000,
    "commas": "no, not " * 6_250,
    "marks": "\u0301" * 50_000,
}
TIMED = """async text => {
  const { prepare, read } = await import("/assets/javascripts/reader/match.js")
  const model = prepare(await (await fetch("/data/signals.json")).json())
  const times = [1, 2, 3].map(() => {
    const start = performance.now()
    read(text, model)
    return performance.now() - start
  })
  return Math.min(...times)
}"""
STEMS = """async words => {
  const { stem } = await import("/assets/javascripts/reader/stem.js")
  return words.map(stem)
}"""
READ = """async text => {
  const { prepare, read } = await import("/assets/javascripts/reader/match.js")
  const data = await (await fetch("/data/signals.json")).json()
  const { marks, ranked } = read(text, prepare(data))
  return {
    marks: marks.map(({ pieces }) => pieces.map(({ start, end }) => text.slice(start, end)).join(" … ")),
    concepts: ranked.map(({ concept }) => data.concepts[concept].page.split("/")[1]),
  }
}"""


@pytest.fixture
def ask(open_page):
    """Opens the page, has a text read and gives the page."""

    def _ask(text: str, **options):
        page = open_page(PAGE, reduced_motion="reduce", **options)
        page.fill("#reader-question", text)
        page.click("text=Read it")
        return page

    return _ask


def test_it_marks_the_signals_and_names_the_concept_and_the_phrase_that_decides(ask):
    page = ask(CLEAR)
    marked = page.locator(".sp-marked mark bdi").all_inner_texts()
    assert any("cite the source" in text for text in marked)
    assert any("revised every day" in text for text in marked)
    assert page.inner_text(".sp-marked mark >> nth=0").endswith("1")
    first = page.locator(".sp-ranked li").first
    assert first.locator("a").first.get_attribute("href").endswith("/concepts/retrieval-augmented-generation/")
    assert "For" in first.inner_text() or "FOR" in first.inner_text()
    verdict = page.inner_text(".sp-lead-box")
    assert "Most points to RAG." in verdict and "Its sentence says must" in verdict and "cite the source" in verdict
    away = page.locator(".sp-signals li", has_text="away from").first
    assert away.locator("a[href$='/concepts/fine-tuning/']").count()


def test_it_says_when_signals_conflict_and_links_the_decision_with_its_hinge(ask):
    page = ask(CONFLICT)
    assert "The signals conflict: " in page.inner_text(".sp-lead-box")
    hinge = page.locator(".sp-reading .sp-decide")
    assert "/decisions/" in hinge.locator("a").first.get_attribute("href")
    assert "Must the model behave differently" in hinge.inner_text()
    assert "Against" in page.inner_html(".sp-ranked")


def test_it_says_plainly_when_it_knows_nothing(ask):
    page = ask(UNKNOWN)
    assert page.inner_text(".sp-reading h2") == "No signal found"
    assert page.locator(".sp-reading a[href$='/signals/']").count() == 1
    assert page.locator(".sp-marked").count() == 0


@pytest.mark.parametrize(
    ("text", "says"), [("", "Type or paste a question first."), (" \n\t", "Type or paste"), ("x" * 50_001, "50,000")]
)
def test_nothing_and_too_much_are_refused_in_words(ask, text, says):
    page = ask(text)
    assert says in page.inner_text("[role=status]")
    assert page.evaluate("document.activeElement.id") == "reader-question"
    page.fill("#reader-question", CLEAR)
    page.click("text=Read it")
    assert page.inner_text("[role=status]") == ""


def test_it_works_from_the_keyboard_alone(open_page):
    page = open_page(PAGE, reduced_motion="reduce")
    page.wait_for_selector("#reader-question")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "reader-question":
            break
    page.keyboard.type(CLEAR)
    page.keyboard.press("Control+Enter")
    assert page.evaluate("document.activeElement.textContent") == "2 signal phrases found"
    page.keyboard.press("Tab")
    assert "/concepts/" in page.evaluate("document.activeElement.href")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.textContent") == "Read it"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "H2"


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_runs_no_script_makes_no_request_and_is_shown_as_typed(kind, open_page):
    page = open_page(PAGE)
    page.wait_for_selector("#reader-question")
    title, requests = page.title(), []
    page.on("request", lambda request: requests.append(request.url))
    page.on("dialog", lambda dialog: requests.append(dialog.message))
    page.evaluate("text => { document.querySelector('#reader-question').value = text }", HOSTILE[kind])
    typed = page.evaluate("document.querySelector('#reader-question').value")
    page.click("text=Read it")
    page.wait_for_selector(".sp-marked")
    page.wait_for_timeout(200)
    assert requests == [] and page.title() == title
    assert page.locator(".sp-reading").locator("img, script, svg, iframe, b, [onerror], [onload]").count() == 0
    shown = """() => {
      const copy = document.querySelector('.sp-marked').cloneNode(true)
      copy.querySelectorAll('sup').forEach(number => number.remove())
      return copy.textContent
    }"""
    assert page.evaluate(f"typed => ({shown})() === typed", typed)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


@pytest.mark.parametrize("kind", BOMBS)
def test_no_text_of_fifty_thousand_characters_takes_long(kind, open_page):
    page = open_page(PAGE)
    assert page.evaluate(TIMED, BOMBS[kind]) < 1_000


def test_a_long_text_of_real_questions_is_read_in_well_under_a_second_and_shown(open_page):
    page = open_page(PAGE)
    text = "\n\n".join(case.text for case in scenarios(library_of_today()))
    text = (text * (50_000 // len(text) + 1))[:50_000]
    assert page.evaluate(TIMED, text) < 1_000
    page.fill("#reader-question", text)
    page.press("#reader-question", "Control+Enter")
    page.wait_for_selector(".sp-marked mark")
    assert page.locator(".sp-signals li").count() == 60


def test_nothing_is_kept_or_sent(ask):
    page = ask(CLEAR)
    assert (
        page.evaluate("Object.values(localStorage).concat(Object.values(sessionStorage)).join().includes('manuals')")
        is False
    )
    assert "manuals" not in page.url
    page.reload()
    page.wait_for_selector("#reader-question")
    assert page.input_value("#reader-question") == ""


@pytest.mark.parametrize("state", ["EMPTY", "CLEAR", "CONFLICT", "UNKNOWN"])
def test_axe_finds_no_violation_in_any_state(state, ask):
    text = globals()[state]
    assert violations(ask(text), "default", "slate", within="article") == {}
    assert violations(ask(text, width=360), "default", within="article") == {}


@pytest.mark.parametrize("text", [CLEAR, CONFLICT, UNKNOWN, "cite the source of each answer " + "x" * 500], ids=len)
def test_nothing_is_wider_than_the_screen(text, ask):
    page = ask(text, width=320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_without_javascript_the_page_says_how_to_read_by_hand(open_page):
    page = open_page(PAGE, java_script_enabled=False)
    text = page.inner_text(".md-content")
    assert "Read the last sentence first." in text and "needs JavaScript" in text
    assert page.locator(".md-content a[href$='signals/']").count() >= 2
    assert page.locator(".md-content dl a[href*='decisions/']").count() >= 3


def test_without_its_data_the_page_says_so_and_still_helps(browser, address):
    page = browser.new_page()
    page.route("**/data/signals.json", lambda route: route.abort())
    page.goto(address + PAGE)
    page.wait_for_selector("[role=alert]")
    assert "could not be loaded" in page.inner_text("[role=alert]")
    assert "Read the last sentence first." in page.inner_text(".md-content")
    page.close()


def test_words_are_cut_to_the_stems_that_the_algorithm_gives(open_page):
    stems = {
        "caresses": "caress", "ponies": "poni", "cats": "cat", "feed": "feed", "agreed": "agre",
        "plastered": "plaster", "motoring": "motor", "sing": "sing", "conflated": "conflat", "hopping": "hop",
        "falling": "fall", "filing": "file", "happy": "happi", "sky": "sky", "relational": "relat",
        "conditional": "condit", "digitizer": "digit", "operator": "oper", "triplicate": "triplic",
        "hopefulness": "hope", "goodness": "good", "revival": "reviv", "adjustment": "adjust",
        "adoption": "adopt", "effective": "effect", "probate": "probat", "controlling": "control",
        "retrieval": "retriev", "changes": "chang", "changing": "chang", "as": "as", "42": "42",
        "naïve": "naïve",
    }  # fmt: skip
    assert dict(zip(stems, open_page(PAGE).evaluate(STEMS, list(stems)), strict=True)) == stems


@pytest.mark.parametrize(
    ("text", "concept", "found"),
    [
        ("The documents change every week.", "retrieval-augmented-generation", True),
        ("Every week the manuals are being revised.", "retrieval-augmented-generation", True),
        ("The documents never change from week to week.", "retrieval-augmented-generation", False),
        ("Every prompt that was tried has failed.", "fine-tuning", True),
        ("The prompt is old. The printer has failed.", "fine-tuning", False),
        ("The prompt is old; the printer has failed.", "fine-tuning", False),
    ],
)
def test_other_words_match_but_a_negation_or_another_sentence_does_not(text, concept, found, open_page):
    concepts = open_page(PAGE).evaluate(READ, text)["concepts"]
    assert (concept in concepts) is found


LIKENESS = """async ([texts, question]) => {
  const { indexed, likeness } = await import("/assets/javascripts/reader/likeness.js")
  const { wordsOf } = await import("/assets/javascripts/reader/words.js")
  return [...likeness(wordsOf(question), indexed(texts))].map(([concept, { score, words }]) => [concept, score, words])
}"""


def test_a_text_is_like_a_question_by_the_rare_words_they_share_in_any_form(open_page):
    texts = ["The model labels images of harvested grapes.", "The model forecasts demand.", "It translates letters."]
    found = open_page(PAGE).evaluate(LIKENESS, [texts, "Which model labeled the images, the model of grapes?"])
    scores = {concept: score for concept, score, _ in found}
    assert scores.keys() == {0, 1} and scores[0] > 3 * scores[1] > 0
    assert found[0][2] == ["labeled", "images", "grapes", "model"]


def test_the_words_that_a_question_shares_with_a_concept_are_shown(ask):
    assert "Shared words" in ask(CLEAR).inner_html(".sp-ranked")


def test_a_question_without_a_signal_is_not_judged_by_its_words(open_page):
    read = open_page(PAGE).evaluate(READ, "The teacher reads a letter about fraud.")
    assert read == {"marks": [], "concepts": []}


def test_answer_options_are_not_read(open_page):
    page = open_page(PAGE)
    options = "\nA. Cite the source of each answer\nB. Documents change every week\n"
    assert page.evaluate(READ, UNKNOWN + options)["marks"] == []


def test_the_right_concept_is_named_first_in_more_than_85_percent_of_scenarios_and_flips(browser):
    library = library_of_today()
    read = readings([*scenarios(library), *flips(library)], library, browser)
    right = sum(reading.is_right for reading in read)
    assert right / len(read) > 0.85, [reading.case.name for reading in read if not reading.is_right]
