// When a question comes back. The practice page explains it in words and shows the same steps as a table.

/** Days until a question is due again, by right answers in a row. */
export const STEPS = [0, 1, 3, 7, 16, 35]

/** A question's state after an answer: `step` (right answers in a row), `due` (day), `right` and `wrong` (counts). */
export function answered(before, isRight, today) {
  const { step = 0, right = 0, wrong = 0 } = before ?? {}
  const next = isRight ? Math.min(step + 1, STEPS.length - 1) : 0
  return {
    step: next,
    due: later(today, STEPS[next]),
    right: right + (isRight ? 1 : 0),
    wrong: wrong + (isRight ? 0 : 1),
  }
}

/** True where a question was answered before and its day has come. */
export function isDue(state, today) {
  return Boolean(state) && state.due <= today
}

/** How many days in a row were practiced, up to today or yesterday. */
export function streak(days, today) {
  let day = days[today] ? today : later(today, -1)
  let count = 0
  for (; days[day]; day = later(day, -1)) count += 1
  return count
}

/** The day it is where the reader is, as YYYY-MM-DD. */
export function today(now = new Date()) {
  const two = (number) => String(number).padStart(2, "0")
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}

function later(day, days) {
  const date = new Date(`${day}T12:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}
