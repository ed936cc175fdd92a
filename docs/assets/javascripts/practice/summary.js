// The end of a drill or mock exam: what was right, by domain and objective. No score is predicted.

import { element, rich } from "../dom.js"

/** What the results say, per exam: `results` are {record, objectives, right}. With `code`, only that exam. */
export function summary(index, results, code) {
  const right = results.filter((result) => result.right).length
  return [
    element("p", { class: "sp-result" }, element("strong", {}, `${right} of ${results.length} right.`)),
    index.exams.filter((exam) => !code || exam.code === code).map((exam) => table(exam, results)),
    element(
      "p",
      { class: "sp-aside" },
      "This says what to read next. It does not say how you would score: these are not the exam's questions.",
    ),
    missed(index, results),
  ]
}

function table(exam, results) {
  const rows = exam.domains.flatMap((domain) => [
    row("domain", `${domain.number} ${domain.title}`, among(exam, results, `${domain.number}.`)),
    ...domain.tasks.flatMap((task) =>
      Object.entries(task.objectives).map(([number, label]) =>
        row("objective", `${number} ${label}`, among(exam, results, number, true)),
      ),
    ),
  ])
  const filled = rows.filter(Boolean)
  if (!filled.length) return null
  const name = `${exam.code} by domain and objective`
  return element(
    "div",
    { class: "sp-table", tabindex: "0", role: "region", "aria-label": name },
    element(
      "table",
      { class: "sp-compare sp-compare--list" },
      element("caption", {}, name),
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          ["What it asks", "Right", "Asked"].map((head) => element("th", { scope: "col" }, head)),
        ),
      ),
      element("tbody", {}, filled),
    ),
  )
}

function among(exam, results, prefix, whole = false) {
  return results.filter(({ objectives }) =>
    (objectives[exam.code] ?? []).some((number) => (whole ? number === prefix : number.startsWith(prefix))),
  )
}

function row(kind, name, results) {
  if (!results.length) return null
  const right = results.filter((result) => result.right).length
  const title = kind === "domain" ? element("strong", {}, name) : name
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, title),
    element("td", {}, String(right)),
    element("td", {}, String(results.length)),
  )
}

/** The records whose questions were missed, to read again. */
function missed(index, results) {
  const records = [...new Set(results.filter((result) => !result.right).map((result) => result.record))]
  if (!records.length) return null
  const links = records.map((record) =>
    element("li", {}, rich([{ a: index.records[record].page, t: index.records[record].name }])),
  )
  return [element("h3", {}, "Read again"), element("ul", {}, links)]
}
