// What the reader shows of a question. Its text goes in as text, held apart so that no sign in it turns the rest around.

import { element, rich } from "../dom.js"
import { root } from "../site.js"

const MOST_MARKS = 60
const MOST_CONCEPTS = 6
const LEAST_SHARE = 0.1
const MOST_PHRASES = 3
const MOST_WORDS = 5
const NO_CONSTRAINT = "None was found. The words of the whole text are most like those of this concept's page."

/** What was found in a text, as nodes. `reading` is what `read` gives, `data` what data/signals.json holds. */
export function result(text, reading, data) {
  const conceptLink = (concept) => linkTo(data.concepts[concept])
  const quote = (mark) => quoted(mark.pieces.map(({ start, end }) => text.slice(start, end)).join(" … "))
  const count = reading.marks.length
  return [
    heading(count === 1 ? "1 signal phrase found" : `${count} signal phrases found`),
    verdict(reading, conceptLink, quote),
    conflict(reading, conceptLink),
    element("h3", {}, "Your question, marked"),
    marked(text, reading.marks),
    element("h3", {}, "Concepts, the strongest first"),
    element("ol", { class: "sp-ranked" }, strongest(reading.ranked).map((entry) => ranked(entry, reading, conceptLink, quote))),
    element("h3", {}, "Each phrase, and where it points"),
    element("ol", { class: "sp-signals" }, reading.marks.slice(0, MOST_MARKS).map((mark) => signal(mark, conceptLink, quote))),
    count > MOST_MARKS && element("p", { class: "sp-aside" }, `The first ${MOST_MARKS} of ${count} are listed.`),
  ]
}

/** What is shown where no signal was found. */
export function nothing(data) {
  return [
    heading("No signal found"),
    element(
      "p",
      {},
      `Nothing in this text is like one of the ${data.signals.length} phrases that this page knows, so it cannot say what the question points to. That says nothing about the right answer.`,
    ),
    element(
      "p",
      {},
      `It compares words in English questions about the ${data.concepts.length} concepts of this site: `,
      linkTo({ name: "all concepts", page: "concepts/" }),
      ".",
    ),
    element(
      "p",
      {},
      "Look a phrase up in ",
      linkTo({ name: "all signal phrases", page: "signals/" }),
      ", or read by hand as described below.",
    ),
  ]
}

const strongest = (entries) => entries.slice(0, MOST_CONCEPTS).filter(({ score }) => score >= LEAST_SHARE * entries[0].score)
const heading = (text) => element("h2", { tabindex: "-1" }, text)
const linkTo = ({ name, page }) => element("a", { href: new URL(page, root).href }, name)
const quoted = (text) => element("q", {}, element("bdi", {}, text))
const listed = (nodes) => nodes.flatMap((node, index) => (index ? [", ", node] : [node]))

function verdict({ ranked: [first, second], deciding, conflict: close }, conceptLink, quote) {
  const lead = close
    ? ["The signals conflict: ", conceptLink(first.concept), " and ", conceptLink(second.concept), " are close."]
    : ["Most points to ", conceptLink(first.concept), "."]
  return element(
    "div",
    { class: "sp-lead-box" },
    element("p", {}, element("strong", {}, lead)),
    element("p", {}, element("span", { class: "sp-label" }, "Deciding constraint"), deciding ? constraint(deciding, quote) : NO_CONSTRAINT),
  )
}

const constraint = ({ mark, phrase, need }, quote) => [
  quote(mark),
  ` (${mark.number}), which is like `,
  quoted(phrase),
  need ? [". Its sentence says ", quoted(need), "."] : ".",
]

function conflict({ conflict: close, decision }, conceptLink) {
  if (!decision) {
    return close && element("p", {}, "No decision page has both. Compare what each of their pages says under “When to use it”.")
  }
  return element(
    "div",
    { class: "sp-decide" },
    element("p", { class: "sp-label" }, "How to tell"),
    element("p", {}, rich(decision.hinge)),
    element("p", { class: "sp-decide__links" }, linkTo(decision), close && element("span", {}, "Both may be right: it says when.")),
  )
}

/** The text with its marks; the number of a mark is read out too. */
function marked(text, marks) {
  const pieces = marks.flatMap(({ number, pieces }) => pieces.map((piece) => ({ ...piece, number })))
  const nodes = []
  let end = 0
  for (const piece of pieces.sort((a, b) => a.start - b.start)) {
    const number = element("sup", {}, element("span", { class: "sp-visually-hidden" }, " signal "), String(piece.number))
    nodes.push(text.slice(end, piece.start), element("mark", {}, element("bdi", {}, text.slice(piece.start, piece.end)), number))
    end = piece.end
  }
  return element("div", { class: "sp-marked", dir: "auto" }, nodes, text.slice(end))
}

function ranked({ concept, score, reasons, words }, reading, conceptLink, quote) {
  const side = (label, sign) => {
    const marks = [...new Set(reasons.filter(({ value }) => value * sign > 0).map(({ mark }) => mark))]
    const said = marks.map((mark) => element("span", {}, `${mark.number} `, quote(mark)))
    return said.length > 0 && element("p", {}, element("span", { class: "sp-label" }, label), listed(said))
  }
  const share = score / reading.ranked[0].score
  const strength = share === 1 ? "strongest" : share >= 0.6 ? "close" : share >= 0.3 ? "weaker" : "weak"
  return element(
    "li",
    {},
    element("p", {}, element("strong", {}, conceptLink(concept)), " ", element("span", { class: "sp-tag" }, strength)),
    side("For", 1),
    side("Against", -1),
    words.length > 0 && element("p", {}, element("span", { class: "sp-label" }, "Shared words"), words.slice(0, MOST_WORDS).join(", ")),
  )
}

function signal(mark, conceptLink, quote) {
  const phrases = mark.found.map(({ signal: found }) => found)
  const more = phrases.length - MOST_PHRASES
  return element(
    "li",
    { value: String(mark.number) },
    element("p", {}, element("strong", {}, quote(mark))),
    phrases.slice(0, MOST_PHRASES).map(({ phrase, to, away }) =>
      element(
        "p",
        {},
        "Like ",
        quoted(phrase),
        ": points to ",
        listed(to.map(conceptLink)),
        away.length ? [", away from ", listed(away.map(conceptLink))] : null,
        ".",
      ),
    ),
    more > 0 && element("p", { class: "sp-aside" }, more === 1 ? "One more phrase is like it." : `${more} more phrases are like it.`),
  )
}
