// Single answer and multiple response.

import { element, rich } from "../dom.js"
import { shuffled } from "./random.js"

/** The question's form part, and what was chosen: places in the record's list of options, or null. */
export function ask(item, random) {
  const several = item.type === "multiple"
  const inputs = new Map()
  const rows = shuffled([...item.options.keys()], random).map((place) => {
    const input = element("input", { type: several ? "checkbox" : "radio", name: "answer" })
    inputs.set(place, input)
    return element("label", { class: "sp-choice" }, input, element("span", {}, rich(item.options[place].text)))
  })
  const rightOnes = item.options.filter((option) => option.right).length
  const legend = several ? `Choose ${rightOnes} answers` : "Choose one answer"
  return {
    node: element("fieldset", { class: "sp-choices" }, element("legend", {}, legend), rows),
    answer: () => {
      const chosen = [...inputs].filter(([, input]) => input.checked).map(([place]) => place)
      return chosen.length ? chosen.sort((a, b) => a - b) : null
    },
  }
}

/** True where just the right options were chosen. */
export function grade(item, answer) {
  return item.options.every((option, place) => option.right === answer.includes(place))
}

/** The options with verdict and reason; a wrong one that was chosen opens the misconception it shows. Null: left open. */
export function reveal(item, answer) {
  const rows = item.options.map((option, place) => {
    const chosen = Boolean(answer?.includes(place))
    if (!option.because && !option.right && !chosen) return null
    return element(
      "li",
      { class: `sp-answer sp-answer--${option.right ? "right" : "wrong"}` },
      element("p", {}, verdict(option.right, chosen), " ", rich(option.text)),
      option.because && (option.page ? trap(option) : element("p", {}, rich(option.because))),
      option.trap && misconception(option.trap, chosen),
    )
  })
  return element("ul", { class: "sp-answers" }, rows)
}

function verdict(right, chosen) {
  return element("strong", {}, `${right ? "Right" : "Wrong"}${chosen ? ", your answer" : ""}.`)
}

function trap(option) {
  const link = rich([{ a: option.page, t: "Misconceptions about it" }])
  const label = element("span", { class: "sp-label" }, "The trap")
  return element("p", { class: "sp-answer__trap" }, label, " ", rich(option.because), " ", link)
}

function misconception({ belief, decide, page }, open) {
  return element(
    "details",
    { class: "sp-answer__trap", open },
    element("summary", {}, "The misconception behind it"),
    element("p", {}, "“", belief, "”"),
    element("p", {}, element("span", { class: "sp-label" }, "Decide by"), " ", rich(decide)),
    element("p", {}, rich([{ a: page, t: "What is so, with the evidence" }])),
  )
}
