"""Drills in the browser: every type of question, flips, the mock exam, and progress that is the reader's own."""

import json

import pytest

from tests.browser.test_pages import violations

SETUP = "practice/"
FORM = ".sp-question form:not([hidden])"


@pytest.fixture(scope="module")
def items(built):
    """Key → question, as the site publishes them."""
    folder = built / "data/items"
    return {
        f"{path.parent.name}/{path.stem}/{item['id']}": item
        for path in folder.glob("*/*.json")
        for item in json.loads(path.read_text())
    }


def plain(parts):
    return "".join(
        part
        if isinstance(part, str)
        else part.get("c") or part.get("t") or part.get("now") or plain(part.get("b") or part.get("i") or [])
        for part in parts
    )


def open_drill(open_page, scope, length="5", **options):
    page = open_page(f"{SETUP}?of={scope}", reduced_motion="reduce", **options)
    page.wait_for_selector(".sp-setup")
    page.get_by_label("How many questions").select_option(length)
    page.get_by_role("button", name="Start", exact=True).click()
    page.wait_for_selector(FORM)
    return page


def question_now(page, items):
    """The question on the screen; after a flip, the flipped one."""
    flips = page.locator(f"{FORM}").evaluate("form => Boolean(form.closest('.sp-question').querySelector('ins'))")
    text = page.locator(".sp-question__text").first.inner_text()
    item = next(i for i in items.values() if " ".join(plain(i["question"]).split()) == " ".join(text.split()))
    return {"type": item["type"], **item["flip"]} if flips else item


def answer(page, item, right=True):
    """Fills the form in, rightly or wrongly."""
    form = page.locator(FORM)
    if "options" in item:
        wanted = [plain(o["text"]) for o in item["options"] if o["right"] == right]
        for text in wanted if right else wanted[:1]:
            form.locator("label.sp-choice", has=page.get_by_text(text, exact=True)).click()
    elif "steps" in item:
        wanted = [plain(step) for step in item["steps"]]
        for at, text in enumerate(wanted if right else wanted[::-1]):
            while [row.strip() for row in form.locator("li > span:first-child").all_inner_texts()].index(text) > at:
                form.get_by_role("button", name=f"Move up: {text}", exact=True).click()
    else:
        matches = [plain(pair["right"]) for pair in item["pairs"]]
        for select, text in zip(
            form.locator("select").all(), matches if right else matches[1:] + matches[:1], strict=True
        ):
            select.select_option(label=text)
    form.get_by_role("button", name="Check the answer").click()


def go_on(page):
    """To the next question, or to the result."""
    page.get_by_role("button", name="Go on").click()
    page.wait_for_selector(f"{FORM}, h2:text('Result')")


def first_of(items, type):
    """The record of some item of a type, and the item's key."""
    key = min(key for key, item in items.items() if item["type"] == type and "flip" not in item)
    return key.rsplit("/", 1)[0], key


def go_to(page, items, key):
    """Answers what comes before a question."""
    while question_now(page, items) != items[key]:
        while page.locator(FORM).count():
            answer(page, question_now(page, items))
        go_on(page)


def progress(page):
    return json.loads(page.evaluate("localStorage.getItem('signpost')"))


@pytest.mark.parametrize("right", [True, False])
@pytest.mark.parametrize("type", ["single", "multiple", "ordering", "matching"])
def test_each_type_of_question_is_judged_explained_and_remembered(type, right, open_page, items):
    record, key = first_of(items, type)
    page = open_drill(open_page, f"record:{record}", "20")
    go_to(page, items, key)
    if right:
        assert violations(page, "default", "slate", within="article") == {}
    answer(page, items[key], right)
    verdict = page.locator(".sp-verdict").last
    assert verdict.inner_text() == ("Right" if right else "Not right")
    assert verdict.evaluate("e => e === document.activeElement")
    for reason in [o["because"] for o in items[key].get("options", [])] or [items[key]["because"]]:
        assert page.get_by_text(plain(reason).strip().splitlines()[0][:40]).first.is_visible()
    assert violations(page, *(("default", "slate") if right else ("default",)), within="article") == {}
    kept = progress(page)["items"][key]
    assert (kept["right"], kept["wrong"], kept["step"]) == ((1, 0, 1) if right else (0, 1, 0))


def test_a_wrong_option_opens_the_misconception_it_shows(open_page, items):
    key, item = min(
        (key, item)
        for key, item in items.items()
        if any("trap" in o and not o["right"] for o in item.get("options", []))
    )
    page = open_drill(open_page, f"record:{key.rsplit('/', 1)[0]}", "20")
    go_to(page, items, key)
    option = next(o for o in item["options"] if "trap" in o)
    page.locator("label.sp-choice", has=page.get_by_text(plain(option["text"]), exact=True)).click()
    page.get_by_role("button", name="Check the answer").click()
    opened = page.locator("details.sp-answer__trap[open]")
    assert option["trap"]["belief"][0] in opened.inner_text()
    opened.get_by_role("link").last.click()
    assert page.url.endswith(option["trap"]["page"])
    assert page.locator(f"#{option['trap']['page'].split('#')[1]}").is_visible()


def test_a_flip_changes_one_phrase_and_asks_again(open_page, items):
    key, item = min((key, item) for key, item in items.items() if "flip" in item)
    page = open_drill(open_page, f"record:{key.rsplit('/', 1)[0]}", "20")
    while "flip" not in question_now(page, items):
        answer(page, question_now(page, items))
        go_on(page)
    item = question_now(page, items)
    key = next(k for k, i in items.items() if i == item)
    assert page.locator(".sp-question__text mark").count() == 0, "the deciding phrases are hidden before the answer"
    answer(page, item)
    assert page.locator(".sp-question__text mark").count() > 0
    changed = next(part for part in item["flip"]["question"] if isinstance(part, dict) and "now" in part)
    assert page.locator("ins").inner_text() == changed["now"]
    assert page.locator("del").inner_text() == changed["was"]
    assert violations(page, "default", "slate", within="article") == {}
    answer(page, question_now(page, items), right=False)
    assert page.locator(".sp-verdict").all_inner_texts() == ["Right", "Not right"]
    assert progress(page)["items"][key]["wrong"] == 1


def test_ten_questions_are_answered_with_the_keyboard_alone(open_page, items):
    page = open_page(SETUP)
    page.wait_for_selector(".sp-setup")
    page.keyboard.press("Tab")

    def tab_to(condition):
        for _ in range(80):
            if page.evaluate(f"(() => {{ const e = document.activeElement; return {condition} }})()"):
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"no Tab stop where {condition}")

    tab_to("e.textContent === 'Start'")
    page.keyboard.press("Enter")
    for number in range(1, 11):
        page.wait_for_selector(f"text=Question {number} of 10")
        while page.locator(FORM).count():
            page.wait_for_function("() => document.activeElement.matches('h2, h3')")
            if page.locator(f"{FORM} select").count():
                for at in range(page.locator(f"{FORM} select").count()):
                    tab_to(f"e === document.querySelectorAll('.sp-question form:not([hidden]) select')[{at}]")
                    page.keyboard.press("ArrowDown")
            elif page.locator(f"{FORM} input").count():
                tab_to("e.matches('.sp-question form:not([hidden]) input')")
                page.keyboard.press("Space")
            else:
                tab_to("e.matches('[data-move=down]')")
                page.keyboard.press("Enter")
            tab_to("e.textContent === 'Check the answer' && e.offsetParent")
            page.keyboard.press("Enter")
            page.wait_for_function("() => document.activeElement.matches('.sp-verdict, h2')")
        tab_to("e.textContent === 'Go on'")
        page.keyboard.press("Enter")
    page.wait_for_selector("h2:text('Result')")
    assert page.evaluate("document.activeElement.textContent") == "Result"
    assert sum(progress(page)["days"].values()) == 10


def test_the_result_is_told_by_domain_and_objective_and_predicts_no_score(open_page, items):
    page = open_drill(open_page, "record:concept/fine-tuning")
    while page.locator(FORM).count():
        answer(page, question_now(page, items), right=False)
        go_on(page)
    page.wait_for_selector("h2:text('Result')")
    assert "0 of 3 right" in page.inner_text(".sp-tool")
    assert "does not say how you would score" in page.inner_text(".sp-tool")
    rows = page.locator("table").first.locator("tbody tr").all_inner_texts()
    assert any("Applications of Foundation Models" in row for row in rows)
    assert any("3.3.2" in row for row in rows)
    assert violations(page, "default", "slate", within="article") == {}
    page.get_by_role("button", name="Practice what you missed").click()
    page.wait_for_selector("text=Question 1 of 3")


def test_a_mock_exam_answers_at_the_end_and_says_which_domains_have_too_few_questions(open_page, items):
    def few(route):
        index = route.fetch().json()
        kept = {key: record for key, record in index["records"].items() if key.endswith("/fine-tuning")}
        route.fulfill(json={**index, "records": kept})

    page = open_page("about/", reduced_motion="reduce")
    page.route("**/data/items/index.json", few)
    page.goto(page.url.replace("about/", SETUP))
    page.wait_for_selector(".sp-setup")
    page.get_by_label("Minutes").fill("90")
    page.get_by_role("button", name="Start the mock").click()
    page.wait_for_selector(FORM)
    assert ":" in page.inner_text(".sp-clock")
    assert page.get_by_text("Hint").count() == 0
    assert violations(page, "default", "slate", within="article") == {}
    page.get_by_role("button", name="Leave it open").click()
    page.wait_for_selector("text=Question 2 of")
    assert page.locator(".sp-verdict").count() == 0
    page.get_by_role("button", name="10 more minutes").click()
    assert int(page.inner_text(".sp-clock").split(":")[0]) > 95
    page.get_by_role("button", name="Hand in").click()
    page.wait_for_selector("h2:text('AIF-C01 mock: result')")
    said = page.inner_text(".sp-tool")
    assert "its weight asks for" in said
    assert "left open" in said
    assert violations(page, "default", "slate", within="article") == {}


def test_a_mock_whose_time_runs_out_is_handed_in(open_page):
    page = open_page("data/items/index.json")
    page.clock.install()  # before the theme sets timers, which it could not end with another clock
    page.goto(page.url.replace("data/items/index.json", SETUP))
    page.wait_for_selector(".sp-setup")
    page.get_by_label("Minutes").fill("1")
    page.get_by_role("button", name="Start the mock").click()
    page.wait_for_selector(FORM)
    page.clock.fast_forward(61_000)
    page.wait_for_selector("h2:text('AIF-C01 mock: result')")


def test_a_drill_goes_on_after_a_reload(open_page, items):
    page = open_drill(open_page, "all", "5")
    while page.locator(FORM).count():
        answer(page, question_now(page, items))
    page.reload()
    page.get_by_role("button", name="Go on with the drill you left").click()
    page.wait_for_selector("text=Question 2 of 5")


def test_questions_come_back_when_their_steps_say_so(open_page):
    page = open_page(SETUP)
    steps = page.evaluate(
        """async () => {
            const { STEPS, answered } = await import("./../assets/javascripts/practice/schedule.js")
            let state, dues = []
            for (const _ of STEPS) { state = answered(state, true, "2026-02-27"); dues.push(state.due) }
            return { STEPS, dues, missed: answered(state, false, "2026-02-27") }
        }"""
    )
    days = {"the same day": 0, "the next day": 1}
    told = page.locator("#practice-steps dd").all_inner_texts()
    assert [days.get(text.strip()) or int("0" + "".join(filter(str.isdigit, text))) for text in told] == steps["STEPS"]
    assert steps["dues"] == ["2026-02-28", "2026-03-02", "2026-03-06", "2026-03-15", "2026-04-03", "2026-04-03"]
    assert steps["missed"] == {"step": 0, "due": "2026-02-27", "right": 6, "wrong": 1}


def test_what_is_due_comes_first_and_what_was_missed_most_leads_its_drill(open_page):
    page = open_page(SETUP)
    order = page.evaluate(
        """async () => {
            const { drill, worst, within } = await import("./../assets/javascripts/practice/choose.js")
            const all = ["a", "b", "c", "d"].map((key) => ({ key, record: "concept/x", objectives: {} }))
            const items = {
                a: { step: 2, due: "2026-12-01", right: 2, wrong: 0 },
                b: { step: 0, due: "2026-11-01", right: 1, wrong: 1 },
                c: { step: 0, due: "2026-11-20", right: 0, wrong: 1 },
            }
            const today = "2026-11-22", keys = (list) => list.map(({ key }) => key).join("")
            return {
                drill: keys(drill(all, items, 10, today, () => 0)),
                few: drill(all, items, 2, today, () => 0).length,
                due: keys(within(all, "due", items, today)),
                missed: keys(worst(within(all, "missed", items, today), items, 10)),
                unknown: within(all, "nonsense:1", items, today).length,
            }
        }"""
    )
    assert set(order["drill"][:2]) == {"b", "c"}
    assert order["drill"][2:] == "da"
    assert {**order, "drill": ""} == {"drill": "", "few": 2, "due": "bc", "missed": "cb", "unknown": 0}


def test_a_mock_deals_questions_by_weight(open_page):
    page = open_page(SETUP)
    dealt = page.evaluate(
        """async () => {
            const { mock } = await import("./../assets/javascripts/practice/choose.js")
            const domains = [[1, 20], [2, 24], [3, 28], [4, 14], [5, 14]]
            const named = domains.map(([number, weight]) => ({ number, weight, title: "" }))
            const exam = { code: "X", questions: 65, domains: named }
            const all = domains.flatMap(([n]) => Array.from({ length: n === 5 ? 4 : 50 }, (_, i) =>
                ({ key: `${n}-${i}`, objectives: { X: [`${n}.1.1`] } })))
            const { questions, short } = mock(all, exam, () => 0.5)
            const counts = [1, 2, 3, 4, 5].map((n) => questions.filter((q) => q.key.startsWith(`${n}-`)).length)
            return { counts, short }
        }"""
    )
    assert dealt["counts"][:4] == [13, 16, 18, 9]
    assert sum([13, 16, 18, 9]) + dealt["short"][0]["wanted"] == 65
    assert dealt["short"] == [{"number": 5, "title": "", "wanted": 9, "found": 4}]


SAVED = {
    "version": 1,
    "read": {"concept/fine-tuning": "2026-11-20"},
    "items": {"concept/fine-tuning/letter-layout": {"step": 2, "due": "2026-11-21", "right": 3, "wrong": 1}},
    "days": {"2026-11-20": 4},
}


def test_what_is_exported_erased_and_imported_is_the_same_again(open_page):
    page = open_page(SETUP)
    page.evaluate("saved => localStorage.setItem('signpost', JSON.stringify(saved))", SAVED)
    page.reload()
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").click()
    exported = download.value.path().read_bytes()
    assert json.loads(exported) == SAVED
    page.get_by_role("button", name="Erase everything").click()
    page.get_by_role("button", name="press again").click()
    page.wait_for_selector("text=Everything is erased")
    assert page.evaluate("localStorage.getItem('signpost')") is None
    page.locator("input[type=file]").set_input_files(
        {"name": "progress.json", "mimeType": "application/json", "buffer": exported}
    )
    page.wait_for_selector("text=Imported")
    assert progress(page) == SAVED
    assert "1 of" in page.inner_text(".sp-tool") and "1 due today" in page.inner_text(".sp-tool")


@pytest.mark.parametrize(
    "text", [b"", b"{", b"[]", b'{"version": 2}', b"null", b"\xff\xfe", b'"<img src=x onerror=alert(1)>"']
)
def test_a_file_that_is_no_progress_changes_nothing(text, open_page):
    page = open_page(SETUP)
    page.evaluate("saved => localStorage.setItem('signpost', JSON.stringify(saved))", SAVED)
    page.locator("input[type=file]").set_input_files({"name": "x.json", "mimeType": "application/json", "buffer": text})
    page.wait_for_selector("text=holds no progress")
    assert progress(page) == SAVED


def test_an_import_keeps_of_hostile_progress_only_what_is_well_formed(open_page):
    page = open_page(SETUP)
    hostile = {
        "version": 1,
        "read": {"__proto__": "2026-01-01", "concept/x": "<script>", "concept/ok": "2026-01-01"},
        "items": {"concept/x/y": {"step": -1, "due": "2026-01-01", "right": 1, "wrong": 0}, "x": None},
        "days": {"2026-01-01": 1e9, "tomorrow": 1},
        "more": ["<img src=x>"],
    }
    page.locator("input[type=file]").set_input_files(
        {"name": "x.json", "mimeType": "application/json", "buffer": json.dumps(hostile).encode()}
    )
    page.wait_for_selector("text=Imported")
    assert progress(page) == {"version": 1, "read": {"concept/ok": "2026-01-01"}, "items": {}, "days": {}}


def test_damaged_storage_is_set_aside_and_the_page_works(open_page, items):
    page = open_page(SETUP)
    page.evaluate("localStorage.setItem('signpost', '{\"version\": 1, ')")
    page.evaluate("localStorage.setItem('signpost.drill', '{\"keys\": 7}')")
    page.reload()
    page.wait_for_selector("text=damaged and has been set aside")
    assert page.evaluate("localStorage.getItem('signpost.damaged')") == '{"version": 1, '
    page.get_by_role("button", name="Start", exact=True).click()
    page.wait_for_selector(FORM)


@pytest.mark.parametrize(
    "breakage",
    [
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }",
        """for (const name of ['getItem', 'setItem', 'removeItem']) {
            const own = Storage.prototype[name]
            Storage.prototype[name] = function (key, ...rest) {
                if (key.startsWith('signpost')) throw new DOMException('no', 'SecurityError')
                return own.call(this, key, ...rest)
            }
        }""",
    ],
    ids=["full", "blocked"],
)
def test_full_or_blocked_storage_never_breaks_the_page(breakage, open_page, items):
    page = open_page("about/")
    page.add_init_script(breakage)
    page.goto(page.url.replace("about/", "practice/?of=record:concept/fine-tuning"))
    page.get_by_role("button", name="Start", exact=True).click()
    page.wait_for_selector(FORM)
    answer(page, question_now(page, items))
    go_on(page)
    page.wait_for_selector("text=Question 2 of 3")


def test_progress_shows_on_the_map_and_the_task_page_in_words(open_page):
    page = open_page("exams/aif-c01/", reduced_motion="reduce")
    assert page.locator(".sp-progress").count() == 0
    page.evaluate("saved => localStorage.setItem('signpost', JSON.stringify(saved))", SAVED)
    page.reload()
    page.wait_for_selector(".sp-progress")
    objective = page.locator("[data-objective='3.3.2']")
    assert "Read 1 of" in objective.inner_text()
    assert "practiced 1 of" in objective.inner_text() and "1 right last time" in objective.inner_text()
    assert "practiced" in page.locator("[data-task='3.3']").inner_text()
    assert violations(page, "default", "slate", within="article") == {}
    page.goto(page.url + "task-3-3/")
    page.wait_for_selector(".sp-progress")
    assert violations(page, "default", within="article") == {}


def test_a_page_is_marked_as_read_and_unmarked(open_page):
    page = open_page("concepts/fine-tuning/")
    page.get_by_role("button", name="Mark as read").click()
    assert list(progress(page)["read"]) == ["concept/fine-tuning"]
    page.reload()
    page.get_by_role("button", name="undo").click()
    assert progress(page)["read"] == {}


def test_no_state_of_a_drill_scrolls_sideways_on_a_small_phone(open_page, items):
    width = 320
    page = open_drill(open_page, "all", "10", width=width)
    seen = set()
    while page.locator(FORM).count():
        item = question_now(page, items)
        seen.add(item["type"])
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        answer(page, item, right=False)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        while page.locator(FORM).count():
            answer(page, question_now(page, items), right=False)
        go_on(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert len(seen) > 1


def test_questions_that_cannot_be_loaded_are_told_and_the_page_stays(open_page):
    page = open_page("about/")
    page.route("**/data/items/index.json", lambda route: route.fulfill(status=500))
    page.goto(page.url.replace("about/", SETUP))
    page.wait_for_selector("text=could not be loaded")
    assert page.locator("#all-questions").is_visible()


def test_practice_reads_without_javascript(open_page):
    page = open_page(SETUP, java_script_enabled=False)
    assert "Without it every question stands on the page" in page.inner_text("article")
    page.locator("#all-questions ~ ul a").first.click()
    assert page.locator("details summary").first.is_visible()
