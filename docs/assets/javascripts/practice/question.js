// One question on the screen: asked, answered, explained, and asked again when one phrase flips.

import { element, fill, plain, rich } from "../dom.js"
import * as choice from "./choice.js"
import * as matching from "./matching.js"
import * as ordering from "./ordering.js"
import { seeded } from "./random.js"

const TYPES = { single: choice, multiple: choice, ordering, matching }

/** True where an answer is right in all its parts; the answers are those that `asked` hands on. */
export function isRight(item, [first, flipped]) {
  return Boolean(first) && grade(item, first) && (!item.flip || !flipped || grade(item.flip, flipped, item.type))
}

/**
 * Asks a question in `box` and hands on its answers: `[answer]`, or `[answer, answer after the flip]`.
 * With `feedback` each answer is explained at once and a flip follows; else the first answer, or null, is all.
 */
export function asked(box, item, { heading, seed, feedback, next }, done) {
  const title = element("h2", { tabindex: "-1", class: "sp-question__title" }, heading)
  const first = part(item, item.type, { seed, feedback, marks: false }, (answer) => {
    if (!feedback) return done([answer])
    explain(first, item, item.type, answer)
    if (item.flip) flip(answer)
    else finish([answer])
  })

  function flip(answer) {
    const second = part(item.flip, item.type, { seed: `${seed} flip`, feedback, marks: true }, (flipped) => {
      explain(second, item.flip, item.type, flipped)
      finish([answer, flipped])
    })
    first.after.append(element("h3", {}, "Now one phrase changes"), second.node)
  }

  function finish(answers) {
    done(answers)
    box.append(
      element(
        "p",
        { class: "sp-actions" },
        element("button", { type: "button", class: "sp-button", click: next }, "Go on"),
      ),
    )
  }

  fill(box, title, first.node)
  title.focus()
}

/** Everything about a question, for the end of a mock exam; its answer is null where it was left open. */
export function explained(item, answer) {
  return [element("p", {}, rich(item.question)), TYPES[item.type].reveal(item, answer), reasons(item)]
}

function grade(item, answer, type = item.type) {
  return TYPES[type].grade(item, answer)
}

/** The question, its hint and its form; `answered` is called with a whole answer. */
function part(item, type, { seed, feedback, marks }, answered) {
  const { node: fields, answer } = TYPES[type].ask({ ...item, type }, seeded(seed))
  const text = element("p", { class: "sp-question__text" }, rich(item.question, { marks }))
  const problem = element("p", { class: "sp-problem", role: "alert" })
  const send = (event) => {
    event.preventDefault()
    const given = answer()
    if (given) answered(given)
    else problem.textContent = type === "matching" ? "Choose a match for each one first." : "Choose an answer first."
  }
  const actions = element(
    "p",
    { class: "sp-actions" },
    element("button", { class: "sp-button" }, feedback ? "Check the answer" : "Keep the answer"),
    !feedback &&
      element(
        "button",
        { type: "button", class: "sp-button sp-button--quiet", click: () => answered(null) },
        "Leave it open",
      ),
  )
  const hint =
    feedback && item.hint && element("details", {}, element("summary", {}, "Hint"), element("p", {}, rich(item.hint)))
  const form = element("form", { submit: send }, fields, hint, problem, actions)
  const after = element("div")
  return { node: element("div", { class: "sp-question" }, text, form, after), text, form, after }
}

/** Puts the verdict and the reasons where the form was. */
function explain({ text, form, after }, item, type, answer) {
  const right = grade(item, answer, type)
  const verdict = element(
    "h3",
    { tabindex: "-1", class: `sp-verdict sp-verdict--${right ? "right" : "wrong"}` },
    right ? "Right" : "Not right",
  )
  fill(text, rich(item.question))
  fill(form)
  form.hidden = true
  after.prepend(verdict, TYPES[type].reveal(item, answer), reasons(item))
  verdict.focus()
}

/** Why, and which phrases decide. */
function reasons(item) {
  const phrases = item.question.filter((part) => part.b || part.now).map((part) => part.now ?? plain(part.b))
  return element(
    "div",
    { class: "sp-reasons" },
    item.because && element("p", {}, rich(item.because)),
    item.instead && element("p", {}, "Right instead: ", rich(item.instead), "."),
    phrases.length > 0 &&
      element(
        "p",
        {},
        element("span", { class: "sp-label" }, "What decides"),
        " ",
        phrases.map((phrase, at) => [at ? " · " : "", element("q", {}, phrase)]),
      ),
    item.page && element("p", { class: "sp-aside" }, rich([{ a: item.page, t: "This question on its page" }])),
  )
}
