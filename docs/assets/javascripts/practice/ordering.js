// Steps to put in order, moved with buttons: no dragging needed.

import { element, fill, plain, rich } from "../dom.js"
import { shuffled } from "./random.js"

/** The list with its buttons, and its present order as places in the record's list. */
export function ask(item, random) {
  const order = mixed(item.steps.length, random)
  const list = element("ol", { class: "sp-steps" })
  const status = element("p", { class: "sp-visually-hidden", role: "status" })

  function move(from, to) {
    const [step] = order.splice(from, 1)
    order.splice(to, 0, step)
    draw()
    const name = to < from ? "up" : "down"
    const row = list.children[to]
    const button =
      row.querySelector(`[data-move=${name}]:not([disabled])`) ?? row.querySelector("button:not([disabled])")
    button.focus()
    status.textContent = `${plain(item.steps[step])}: now ${to + 1} of ${order.length}`
  }

  function button(name, text, from, to) {
    return element(
      "button",
      {
        type: "button",
        "data-move": name,
        "aria-label": `Move ${name}: ${text}`,
        disabled: to < 0 || to >= order.length,
        click: () => move(from, to),
      },
      name === "up" ? "↑" : "↓",
    )
  }

  function draw() {
    const rows = order.map((step, at) => {
      const text = plain(item.steps[step])
      const buttons = element(
        "span",
        { class: "sp-steps__buttons" },
        button("up", text, at, at - 1),
        button("down", text, at, at + 1),
      )
      return element("li", {}, element("span", {}, rich(item.steps[step])), buttons)
    })
    fill(list, rows)
  }

  draw()
  return {
    node: element("div", { role: "group", "aria-label": "Steps to put in order" }, list, status),
    answer: () => [...order],
  }
}

/** True where every step is in its place. */
export function grade(item, answer) {
  return answer.every((step, at) => step === at)
}

/** The right order; a step that stood elsewhere says where. Null: left open. */
export function reveal(item, answer) {
  const rows = item.steps.map((step, at) => {
    const was = answer?.indexOf(at)
    const verdict = was === at ? "Right." : `You had it at ${was + 1}.`
    return element("li", {}, rich(step), " ", answer && element("strong", { class: "sp-aside" }, verdict))
  })
  return element("ol", { class: "sp-answers sp-answers--steps" }, rows)
}

/** An order that is not the right one, so that doing nothing is no answer. */
function mixed(length, random) {
  const right = [...Array(length).keys()]
  const order = shuffled(right, random)
  return order.every((step, at) => step === at) ? right.reverse() : order
}
