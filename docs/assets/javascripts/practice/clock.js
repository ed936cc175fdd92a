// The time left of a mock exam. It is announced rarely, and can be extended.

import { element } from "../dom.js"
import { keepDrill } from "../progress.js"

const WARN = 5 // minutes left when the clock speaks up

/** A clock for a drill with `ends` (milliseconds since 1970); calls `over` at its end. */
export function clock(drill, over) {
  const shown = element("span", { class: "sp-clock" })
  const spoken = element("span", { class: "sp-visually-hidden", role: "status" })
  const more = element(
    "button",
    { type: "button", class: "sp-button sp-button--quiet", click: extend },
    "10 more minutes",
  )
  const timer = setInterval(tick, 1000)
  let warned = false
  tick()

  function tick() {
    const left = Math.max(0, Math.ceil((drill.ends - Date.now()) / 1000))
    shown.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")} left`
    if (!warned && left <= WARN * 60) {
      warned = true
      spoken.textContent = `${WARN} minutes left`
    }
    if (!left) {
      clearInterval(timer)
      over()
    }
  }

  function extend() {
    drill.ends += 10 * 60_000
    warned = false
    keepDrill(drill)
    tick()
  }

  return {
    node: element("span", { class: "sp-actions__clock" }, shown, " ", more, spoken),
    stop: () => clearInterval(timer),
  }
}
