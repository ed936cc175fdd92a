"""The search box loads nothing before it is used, little then, and survives what goes wrong."""

import gzip
import json
import re

import pytest

from tests.browser.test_pages import violations

INDEX = re.compile(r"/search/(index|words/|pages/)")
CODE = re.compile(r"/javascripts/(search/|reader/stem)")
HITS = ".md-search-result__item"
META = ".md-search-result__meta"
BUDGET = 100_000


@pytest.fixture
def asked(open_page):
    """Opens a page; gives it and the list of what it asks the server for."""

    def open_and_watch(path="about/", **options):
        page = open_page(path, **options)
        page.wait_for_load_state("networkidle")
        asked = []
        page.context.on("request", lambda request: asked.append(request.url))
        page.reload(wait_until="networkidle")
        return page, asked

    return open_and_watch


def search(page, text):
    """Puts a text into the search box."""
    page.focus(".md-search__input")
    page.fill(".md-search__input", text)
    page.keyboard.press("End")


def test_a_page_view_loads_no_index_and_no_code_that_searches(asked):
    page, loaded = asked()
    page.keyboard.press("/")
    page.wait_for_timeout(300)
    assert any("/workers/search." in url for url in loaded)
    assert [url for url in loaded if INDEX.search(url) or CODE.search(url)] == []


@pytest.mark.parametrize("query", ["rag", "amazon sagemaker", "difference between rag and fine-tuning", "e"])
def test_the_first_result_takes_less_than_the_budget(query, asked, built, address):
    page, loaded = asked()
    loaded.clear()
    search(page, query)
    page.locator(HITS).first.wait_for()
    files = [built / url.removeprefix(address).partition("?")[0] for url in loaded]
    assert len(files) > 10
    assert sum(len(gzip.compress(file.read_bytes(), 6)) for file in files) < BUDGET


def test_words_are_found_in_any_order_by_their_beginning_and_in_other_forms(open_page):
    page = open_page("about/")
    for typed in ("embed", "embeddin", "embedding", "EMBEDDINGS"):
        search(page, typed)
        page.locator(HITS, has_text="Lists of numbers").first.wait_for()
        assert "/concepts/embeddings/" in page.locator(f"{HITS} a").first.get_attribute("href"), typed
    for typed in ("temperature hallucinations", "hallucinate temperature"):
        search(page, typed)
        page.locator(f"{HITS} mark", has_text=re.compile("temperature", re.IGNORECASE)).first.wait_for()
        page.locator(f"{HITS} mark", has_text=re.compile("hallucinat", re.IGNORECASE)).first.wait_for()


def test_a_word_that_is_nowhere_is_named_and_the_others_are_found(open_page):
    page = open_page("about/")
    search(page, "xqzt embeddings")
    page.locator(HITS, has_text="Lists of numbers").first.wait_for()
    assert page.locator(".md-search-result__terms del").first.inner_text() == "xqzt"
    search(page, "xqzt")
    page.locator(META, has_text="No matching documents").wait_for()


@pytest.mark.parametrize("broken", ["**/search/index.json*", "**/search/words/*", "**/search/pages/**"])
def test_where_a_file_cannot_be_had_nothing_is_found_until_it_can(broken, open_page):
    page = open_page("about/")
    page.context.route(broken, lambda route: route.abort())
    search(page, "embeddings")
    page.locator(META, has_text="No matching documents").wait_for()
    page.context.unroute(broken)
    search(page, "embedding")
    page.locator(HITS, has_text="Lists of numbers").first.wait_for()


def test_files_of_two_versions_are_never_mixed(open_page):
    page = open_page("about/")
    other = {"digest": "00000000", "words": {}, "names": {}, "phrases": {}}
    page.context.route("**/search/words/em.json*", lambda route: route.fulfill(json=other), times=1)
    search(page, "embeddings")
    page.locator(HITS, has_text="Lists of numbers").first.wait_for()


def test_hostile_queries_and_texts_do_nothing_and_hang_nothing(open_page, built):
    page = open_page("about/")
    for typed in (
        "<img src=x onerror=alert(1)>",
        "((((a+)+)+)+$",
        "\\",
        "constructor __proto__",
        "a b " * 25_000,
        "x" * 100_000,
    ):
        search(page, typed)
        page.wait_for_timeout(50)
    file = built / "search/pages/concepts/embeddings/index.json"
    data = json.loads(file.read_text(encoding="utf-8"))
    data["entries"][0][1:3] = ["<b id=ran>Embeddings</b>", "<img src=x onerror='x()'> embeddings"]
    page.context.route("**/search/pages/concepts/embeddings/*", lambda route: route.fulfill(json=data))
    search(page, "embeddings")
    page.locator(HITS, has_text="<img src=x onerror='x()'> embeddings").first.wait_for()
    assert page.locator(f"{HITS} :is(img, b)").count() == 0


def test_a_late_answer_does_not_replace_that_to_the_last_question(open_page):
    page = open_page("about/")
    held = []
    page.context.route("**/search/words/em.json*", lambda route: held.append(route))
    with page.context.expect_event("request", lambda request: "/search/words/em.json" in request.url):
        search(page, "embeddings")
    search(page, "hallucination")
    first = page.locator(HITS).first
    first.filter(has_text="Hallucination").wait_for()
    held[0].continue_()
    page.wait_for_timeout(500)
    assert "/concepts/hallucination/?h=hallucination" in first.locator("a").first.get_attribute("href")


def test_a_result_is_opened_with_the_keyboard_at_its_place_with_the_words_marked(open_page):
    page = open_page("about/")
    search(page, "old knowledge cutoff")
    page.locator(HITS).first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/concepts/**")
    assert page.locator("mark[data-md-highlight]").count() > 0


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_no_violation_with_results_open(width, open_page):
    page = open_page("about/", width=width, reduced_motion="reduce")
    if width == 320:
        page.locator("label[for=__search].md-header__button").click()
    search(page, "embeddings")
    page.locator(HITS).first.wait_for()
    assert violations(page, "default", "slate", within=".md-header") == {}
