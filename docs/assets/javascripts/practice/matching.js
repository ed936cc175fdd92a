// Prompts to match with answers, each by a list to choose from.

import { element, plain, rich } from "../dom.js"
import { shuffled } from "./random.js"

/** A choice for each prompt, and what was chosen: for each pair the place of the answer, or null while one is open. */
export function ask(item, random) {
  const order = shuffled([...item.pairs.keys()], random)
  const rows = item.pairs.map(({ left }) => {
    const options = order.map((place) => element("option", { value: place }, plain(item.pairs[place].right)))
    const select = element("select", {}, element("option", { value: "" }, "Choose its match"), options)
    return { select, node: element("label", { class: "sp-pair" }, element("span", {}, rich(left)), select) }
  })
  return {
    node: element(
      "fieldset",
      { class: "sp-choices" },
      element("legend", {}, "Match each one"),
      rows.map(({ node }) => node),
    ),
    answer: () => (rows.every(({ select }) => select.value) ? rows.map(({ select }) => Number(select.value)) : null),
  }
}

/** True where every prompt has its own answer. */
export function grade(item, answer) {
  return answer.every((place, at) => same(item, place, at))
}

/** The pairs as they belong together; a wrong match says what was chosen. Null: left open. */
export function reveal(item, answer) {
  const rows = item.pairs.map(({ left, right }, at) => {
    const isRight = answer && same(item, answer[at], at)
    const verdict = answer && element("strong", {}, isRight ? "Right. " : "Wrong. ")
    const chosen =
      answer && !isRight && element("p", { class: "sp-aside" }, "You chose: ", rich(item.pairs[answer[at]].right))
    return [element("dt", {}, rich(left)), element("dd", {}, element("p", {}, verdict, rich(right)), chosen)]
  })
  return element("dl", { class: "sp-facts sp-facts--wide" }, rows)
}

/** Two prompts may share an answer. */
function same(item, place, at) {
  return plain(item.pairs[place].right) === plain(item.pairs[at].right)
}
