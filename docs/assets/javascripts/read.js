// A button that marks a page as read, for the progress on the exam maps.

import { element } from "./dom.js"
import { progress, update } from "./progress.js"
import { today } from "./practice/schedule.js"

/** Adds the button beside what the element holds. */
export function start(box) {
  const { record } = box.dataset
  const button = element("button", { type: "button", class: "sp-button sp-button--quiet", click: toggle })
  const said = element("span", { class: "sp-aside", role: "status" })
  box.prepend(button)
  box.append(said)
  draw()

  function toggle() {
    const kept = update(({ read }) => {
      if (read[record]) delete read[record]
      else read[record] = today()
    })
    draw()
    said.textContent = kept ? "" : "This browser keeps nothing: the mark is gone when you leave the page."
  }

  function draw() {
    const day = progress().read[record]
    button.textContent = day ? `Read on ${day}: undo` : "Mark as read"
  }
}
