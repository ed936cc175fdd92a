// The practice page: choose a drill, answer, see the result. A drill is plain data, so that a reload goes on with it.

import { element, fill } from "../dom.js"
import { drillLeft, keepDrill, progress, update } from "../progress.js"
import { load } from "../site.js"
import * as choose from "./choose.js"
import { seeded } from "./random.js"
import { asked, explained, isRight } from "./question.js"
import { answered, today } from "./schedule.js"
import { setup } from "./setup.js"
import { summary } from "./summary.js"
import { clock } from "./clock.js"

/** Starts the tool in its element. */
export async function start(box) {
  let index
  try {
    index = await load("data/items/index.json")
  } catch {
    box.prepend(
      element(
        "p",
        { class: "sp-problem", role: "alert" },
        "The questions could not be loaded. Reload the page to try again; each question also stands on its page.",
      ),
    )
    return
  }
  const all = choose.questions(index)
  const byKey = new Map(all.map((question) => [question.key, question]))
  let timer = null
  const wanted = new URLSearchParams(location.search).get("of")
  showSetup({ focus: false })

  function showSetup({ focus = true, note } = {}) {
    timer?.stop()
    const left = whole(drillLeft(), byKey)
    const resume = left && (() => run(left))
    fill(box, setup({ index, all, wanted, resume, note, startDrill, startMock, redraw: showSetup }))
    if (focus) box.querySelector("h2").focus()
  }

  function startDrill(scope, count) {
    const { items } = progress()
    const found = choose.within(all, scope, items, today())
    const seed = String(Date.now())
    const chosen =
      scope === "missed" ? choose.worst(found, items, count) : choose.drill(found, items, count, today(), seeded(seed))
    if (!chosen.length) return showSetup({ note: emptyNote(scope) })
    run({ keys: chosen.map(({ key }) => key), at: 0, answers: [], seed })
  }

  function startMock(code, minutes) {
    const exam = index.exams.find((each) => each.code === code)
    const seed = String(Date.now())
    const { questions, short } = choose.mock(all, exam, seeded(seed))
    if (!questions.length) return showSetup({ note: `There are no questions for ${code} yet.` })
    const ends = minutes ? Date.now() + minutes * 60_000 : null
    run({ keys: questions.map(({ key }) => key), at: 0, answers: [], seed, mock: code, short, ends })
  }

  async function run(drill) {
    if (drill.ends && drill.ends <= Date.now()) return finish(drill)
    keepDrill(drill)
    const stage = element("div")
    timer = drill.ends ? clock(drill, () => finish(drill)) : null
    const end = element(
      "button",
      { type: "button", class: "sp-button sp-button--quiet", click: () => finish(drill) },
      drill.mock ? "Hand in" : "Stop here",
    )
    fill(box, stage, element("p", { class: "sp-actions sp-actions--end" }, timer?.node, end))
    await show(drill, stage)
  }

  async function show(drill, stage) {
    if (drill.at >= drill.keys.length) return finish(drill)
    const { key } = byKey.get(drill.keys[drill.at])
    const item = await itemOf(byKey.get(key))
    if (!item)
      return showSetup({
        note: "The next question could not be loaded. Your answers so far are kept; try again when you are online.",
      })
    const heading = `Question ${drill.at + 1} of ${drill.keys.length}`
    const next = () => show(drill, stage)
    const plan = { heading, seed: `${drill.seed} ${key}`, feedback: !drill.mock, next }
    asked(stage, item, plan, (answers) => {
      keep(drill, key, item, answers)
      if (drill.mock) next()
    })
  }

  function keep(drill, key, item, answers) {
    const right = isRight(item, answers)
    drill.answers[drill.at] = { key, right, answer: answers[0] }
    drill.at += 1
    keepDrill(drill)
    if (!answers[0]) return
    update((state) => {
      state.items[key] = answered(state.items[key], right, today())
      state.days[today()] = (state.days[today()] ?? 0) + 1
    })
  }

  async function finish(drill) {
    timer?.stop()
    keepDrill(null)
    const open = drill.mock
      ? drill.keys.slice(drill.answers.length).map((key) => ({ key, right: false, answer: null }))
      : []
    const given = [...drill.answers, ...open]
    if (!given.length) return showSetup()
    const results = given.map((result) => ({ ...byKey.get(result.key), ...result }))
    const title = element("h2", { tabindex: "-1" }, drill.mock ? `${drill.mock} mock: result` : "Result")
    const again = results.filter(({ right }) => !right).map(({ key }) => key)
    fill(
      box,
      title,
      drill.short?.length > 0 && shortNote(drill.short),
      summary(index, results, drill.mock),
      drill.mock && (await answersOf(results)),
      element(
        "p",
        { class: "sp-actions" },
        again.length > 0 &&
          element(
            "button",
            {
              type: "button",
              class: "sp-button",
              click: () => run({ keys: again, at: 0, answers: [], seed: String(Date.now()) }),
            },
            "Practice what you missed",
          ),
        element(
          "button",
          { type: "button", class: "sp-button sp-button--quiet", click: () => showSetup() },
          "Another drill",
        ),
      ),
    )
    title.focus()
  }

  /** Every question of a mock with its answer, folded. */
  async function answersOf(results) {
    const shown = await Promise.all(
      results.map(async (result, at) => {
        const item = await itemOf(result)
        const verdict = result.answer ? (result.right ? "right" : "not right") : "left open"
        return (
          item &&
          element(
            "details",
            {},
            element("summary", {}, `Question ${at + 1}: ${verdict}`),
            explained(item, result.answer),
          )
        )
      }),
    )
    return [element("h3", {}, "The answers"), shown]
  }
}

/** The question itself, or undefined where its file cannot be had. */
async function itemOf({ record, id }) {
  try {
    return (await load(`data/items/${record}.json`)).find((item) => item.id === id)
  } catch {
    return undefined
  }
}

/** A drill that can go on: every question of it still exists. */
function whole(drill, byKey) {
  const fits = Array.isArray(drill?.keys) && Array.isArray(drill.answers) && drill.answers.length === drill.at
  return fits && drill.at < drill.keys.length && drill.keys.every((key) => byKey.has(key)) ? drill : null
}

function emptyNote(scope) {
  if (scope === "due") return "Nothing is due today. New questions come with any other drill."
  if (scope === "missed") return "You have missed nothing so far."
  return "There are no questions for this part yet."
}

function shortNote(short) {
  const rows = short.map(({ title, wanted, found }) =>
    element("li", {}, `${title}: ${found} of the ${wanted} its weight asks for`),
  )
  return element(
    "div",
    {},
    element("p", {}, "There were not enough questions for every domain:"),
    element("ul", {}, rows),
  )
}
