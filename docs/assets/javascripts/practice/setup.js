// Choosing a drill or a mock exam, and the reader's own progress with its export, import and erasure.

import { element } from "../dom.js"
import { erase, exported, imported, progress, wasDamaged } from "../progress.js"
import { within } from "./choose.js"
import { isDue, streak, today } from "./schedule.js"

const LENGTHS = [5, 10, 20]

/** The parts of the page before a drill. `resume` goes on with a drill that was left; `note` is said at the top. */
export function setup({ index, all, wanted, resume, note, startDrill, startMock, redraw }) {
  return [
    element("h2", { tabindex: "-1" }, "Choose a drill"),
    note && element("p", { class: "sp-problem", role: "alert" }, note),
    resume &&
      element(
        "p",
        {},
        element("button", { type: "button", class: "sp-button", click: resume }, "Go on with the drill you left"),
      ),
    drillForm({ index, all, wanted, startDrill }),
    element("h2", {}, "Mock exam"),
    mockForm(index, startMock),
    element("h2", {}, "Your progress"),
    own(all, redraw),
  ]
}

function drillForm({ index, all, wanted, startDrill }) {
  const { items } = progress()
  const size = (scope) => within(all, scope, items, today()).length
  const option = (scope, name) => {
    const count = size(scope)
    return element(
      "option",
      { value: scope, disabled: !count, selected: scope === wanted && count > 0 },
      `${name} (${count})`,
    )
  }
  const group = (label, options) => element("optgroup", { label }, options)
  const records = (kind) =>
    Object.entries(index.records)
      .filter(([record, { items: own }]) => record.startsWith(`${kind}/`) && Object.keys(own).length)
      .map(([record, { name }]) => option(`record:${record}`, name))
  const what = element(
    "select",
    {},
    group("Mixed", [option("all", "Everything"), option("due", "Due today"), option("missed", "What I miss most")]),
    index.exams.map(({ code, domains }) =>
      group(code, [
        option(`exam:${code}`, `All of ${code}`),
        domains.flatMap(({ number, title, tasks }) => [
          option(`domain:${code}:${number}`, `Domain ${number}: ${title}`),
          tasks.map((task) => option(`task:${code}:${task.number}`, `\u2003${task.number} ${task.title}`)),
        ]),
      ]),
    ),
    group("Decisions", records("decision")),
    group("Concepts", records("concept")),
  )
  const length = element(
    "select",
    {},
    LENGTHS.map((count) => element("option", { selected: count === 10 }, String(count))),
  )
  const go = (event) => {
    event.preventDefault()
    startDrill(what.value, Number(length.value))
  }
  return element(
    "form",
    { class: "sp-setup", submit: go },
    element("label", {}, "What", what),
    element("label", {}, "How many questions", length),
    element("p", { class: "sp-actions" }, element("button", { class: "sp-button" }, "Start")),
  )
}

function mockForm(index, startMock) {
  const which = element(
    "select",
    {},
    index.exams.map(({ code, questions }) => element("option", { value: code }, `${code}: ${questions} questions`)),
  )
  const minutes = element("input", { type: "number", min: "1", max: "600", inputmode: "numeric", placeholder: "none" })
  const go = (event) => {
    event.preventDefault()
    startMock(which.value, Number(minutes.value) || null)
  }
  return element(
    "form",
    { class: "sp-setup", submit: go },
    element("label", {}, "Exam", which),
    element("label", {}, "Minutes, if you want a timer", minutes),
    element("p", { class: "sp-actions" }, element("button", { class: "sp-button sp-button--quiet" }, "Start the mock")),
    element(
      "p",
      { class: "sp-aside" },
      "The exam's number of questions, spread by domain weight. Answers come at the end.",
    ),
  )
}

function own(all, redraw) {
  const state = progress()
  const met = all.filter(({ key }) => state.items[key])
  const due = met.filter(({ key }) => isDue(state.items[key], today())).length
  const days = streak(state.days, today())
  const said = element("p", { role: "status" })
  const file = element("input", {
    type: "file",
    accept: ".json,application/json",
    class: "sp-visually-hidden",
    change: read,
  })
  const confirm = element(
    "button",
    { type: "button", class: "sp-button sp-button--quiet", click: remove },
    "Erase everything",
  )

  async function read() {
    try {
      const kept = imported(await file.files[0].text())
      redraw({
        note: kept ? "Imported." : "Imported, but this browser keeps nothing: it is gone when you leave the page.",
      })
    } catch {
      said.textContent = "This file holds no progress of this site. Nothing was changed."
    }
    file.value = ""
  }

  function remove() {
    if (confirm.dataset.sure === undefined) {
      confirm.dataset.sure = ""
      confirm.textContent = "Erase: press again to confirm"
      return
    }
    erase()
    redraw({ note: "Everything is erased." })
  }

  return element(
    "div",
    {},
    element(
      "p",
      {},
      `${met.length} of ${all.length} questions met, ${due} due today, ${days} ${days === 1 ? "day" : "days"} in a row.`,
    ),
    wasDamaged() &&
      element(
        "p",
        { class: "sp-problem" },
        "What this browser had kept was damaged and has been set aside. You start anew; an export of yours can be imported.",
      ),
    element(
      "p",
      { class: "sp-actions" },
      element("button", { type: "button", class: "sp-button sp-button--quiet", click: save }, "Export"),
      element("label", { class: "sp-button sp-button--quiet sp-file" }, "Import", file),
      confirm,
    ),
    said,
  )
}

function save() {
  const href = URL.createObjectURL(new Blob([exported()], { type: "application/json" }))
  element("a", { href, download: `signpost-progress-${today()}.json` }).click()
  setTimeout(() => URL.revokeObjectURL(href), 1000)
}
