// The page that reads a question: text in, marked text and ranked concepts out. The text never leaves this page.

import { element, fill } from "../dom.js"
import { load } from "../site.js"
import { prepare, read } from "./match.js"
import { nothing, result } from "./result.js"

const LONGEST = 50_000

/** Starts the tool in its element. */
export async function start(box) {
  let data
  try {
    data = await load("data/signals.json")
  } catch {
    const problem = "The signals could not be loaded. Reload the page to try again; how to read by hand stands below."
    box.prepend(element("p", { class: "sp-problem", role: "alert" }, problem))
    return
  }
  const model = prepare(data)
  const question = element("textarea", { id: "reader-question", rows: "9", "aria-describedby": "reader-hint" })
  const status = element("p", { class: "sp-problem", role: "status" })
  const answer = element("div", { class: "sp-reading" })
  const form = element(
    "form",
    { class: "sp-reader", submit },
    element("label", { for: "reader-question" }, "Your question"),
    question,
    element("p", { class: "sp-aside", id: "reader-hint" }, "In English, with its last sentence. Ctrl + Enter reads it too."),
    element("p", { class: "sp-actions" }, element("button", { class: "sp-button" }, "Read it")),
    status,
  )
  question.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit()
  })
  fill(box, form, answer)

  function submit(event) {
    event.preventDefault()
    const text = question.value
    if (!text.trim()) return refuse("Type or paste a question first.")
    if (text.length > LONGEST) return refuse(`This is longer than ${LONGEST.toLocaleString("en")} characters. Paste one question.`)
    const reading = read(text, model)
    status.textContent = ""
    fill(answer, reading.ranked.length ? result(text, reading, data) : nothing(data))
    answer.querySelector("h2").focus()
  }

  function refuse(reason) {
    fill(answer)
    status.textContent = reason
    question.focus()
  }
}
