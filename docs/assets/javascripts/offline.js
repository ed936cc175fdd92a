// Keeps the site for reading offline (see service-worker.js), and says when a newer version is there.

import { element, fill } from "./dom.js"
import { root } from "./site.js"

const workers = navigator.serviceWorker
// The theme links a manifest where the site may be kept: not under `mkdocs serve`.
const wanted = Boolean(workers && document.querySelector("link[rel=manifest]"))

let registered
let outdated = false

/** Keeps the site in the browser, unless it cannot or the reader saves data; tells of a newer version once it is ready. */
export function keep() {
  if (!wanted) return
  // A page keeps the version it was opened with; a new worker in charge means that there is a newer one.
  if (workers.controller) workers.addEventListener("controllerchange", tell)
  // A page that comes back from the browser's memory is of the version it had.
  window.addEventListener("pageshow", (event) => event.persisted && outdated && location.reload())
  registration()
}

function registration() {
  registered ??= navigator.connection?.saveData
    ? workers.getRegistration(root)
    : workers.register(new URL("service-worker.js", root)).catch(() => undefined)
  return registered
}

function tell() {
  if (outdated) return
  outdated = true
  const region = element("div", { class: "sp-news", role: "status" })
  document.body.append(region)
  // A region that was there before its text is read out.
  requestAnimationFrame(() =>
    fill(
      region,
      element("span", {}, "A newer version of this page is ready."),
      element("button", { type: "button", click: () => location.reload() }, "Reload"),
      element("button", { type: "button", click: () => region.remove() }, "Not now"),
    ),
  )
}

/** Says in an element whether the site can be read offline, and says it anew when that changes. */
export async function start(place) {
  const line = element("p", { role: "status" })
  fill(place, line)
  const kept = wanted ? await registration() : undefined
  const coming = kept?.installing ?? kept?.waiting
  const show = () => (line.textContent = state(kept))
  coming?.addEventListener("statechange", show)
  show()
}

function state(kept) {
  if (!wanted) return "This browser does not keep the site for reading offline."
  if (kept?.active) return "All pages, search and practice are kept in this browser: you can read them offline."
  if (kept?.installing ?? kept?.waiting) return "The site is being saved in this browser for reading offline."
  if (navigator.connection?.saveData) return "Your browser saves data, so the site is not kept for reading offline."
  return "The site could not be saved in this browser for reading offline."
}
