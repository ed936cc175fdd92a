// The reader's own progress on exam maps and task pages: what was read and practiced, per objective, in words.

import { element } from "./dom.js"
import { progress } from "./progress.js"
import { load } from "./site.js"

/** Writes progress beside every objective that has a page, and its sum into the cells of the map. */
export async function start(box) {
  const own = progress()
  if (!Object.keys(own.read).length && !Object.keys(own.items).length) return
  const { records } = await load("data/items/index.json")
  const { exam } = box.dataset
  const states = new Map()
  for (const place of document.querySelectorAll("[data-objective]")) {
    const number = place.dataset.objective
    const state = stateOf(records, exam, number, own)
    states.set(number, state)
    const begun = state.read || state.met
    place.append(element("span", { class: `sp-progress${begun ? " sp-progress--begun" : ""}` }, said(state)))
  }
  for (const cell of document.querySelectorAll("[data-task]")) {
    const inTask = [...states]
      .filter(([number]) => number.startsWith(`${cell.dataset.task}.`))
      .map(([, state]) => state)
    const read = inTask.filter((state) => state.read === state.pages).length
    const practiced = inTask.filter((state) => state.met > 0).length
    if (read || practiced)
      cell.append(element("span", { class: "sp-map__own" }, `You: ${read} read, ${practiced} practiced`))
  }
}

/** How much of an objective was read and practiced. */
function stateOf(records, exam, number, own) {
  const covering = Object.entries(records).filter(([, { objectives }]) => objectives[exam]?.includes(number))
  const keys = covering.flatMap(([record, { items }]) => Object.keys(items).map((id) => `${record}/${id}`))
  const met = keys.filter((key) => own.items[key])
  return {
    pages: covering.length,
    read: covering.filter(([record]) => own.read[record]).length,
    questions: keys.length,
    met: met.length,
    right: met.filter((key) => own.items[key].step > 0).length,
  }
}

function said({ pages, read, questions, met, right }) {
  const reading = read === pages ? "Read" : read ? `Read ${read} of ${pages} pages` : "Not read"
  if (!met) return `${reading}, not practiced`
  return `${reading}, practiced ${met} of ${questions}, ${right} right last time`
}
