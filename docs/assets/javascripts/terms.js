// Shows the definition of a concept at a link to it: on hover, and on focus from the keyboard. A tap follows the link.

import { element, fill } from "./dom.js"
import { load, root } from "./site.js"

// Time for a pointer that only passes by, and for one on its way from the link to the popup.
const PAUSE = 250
const GAP = 6

const popup = element("div", { class: "sp-term", id: "sp-term", role: "tooltip" })
let hovered = null
let focused = null
let shown = null
let timer = 0

/** Starts the popups, for this page and those that follow. */
export function start() {
  document.addEventListener("pointerover", hover)
  document.documentElement.addEventListener("pointerleave", hover)
  document.addEventListener("focusin", focus)
  document.addEventListener("focusout", focus)
  document.addEventListener("keydown", ({ key }) => key === "Escape" && dismiss())
  for (const type of ["scroll", "resize"]) window.addEventListener(type, () => popup.isConnected && place(shown))
}

function hover({ type, target, pointerType }) {
  if (pointerType === "touch") return
  const over = type === "pointerleave" ? null : popup.contains(target) ? shown : linkAt(target)
  if (over === hovered) return
  hovered = over
  change(PAUSE)
}

function focus({ type, target }) {
  const link = type === "focusin" && linkAt(target)
  focused = link && link.matches(":focus-visible") ? link : null
  if (focused) hovered = null
  change(0)
}

function linkAt(target) {
  return target.closest(".md-content a.sp-ref")
}

/** After a pause, shows what is pointed at or focused now. */
function change(pause) {
  clearTimeout(timer)
  const link = hovered ?? focused
  if (link !== shown) timer = setTimeout(show, pause, link)
}

/** Hides the popup until another link, or this one anew, is pointed at or focused. */
function dismiss() {
  clearTimeout(timer)
  focused = null
  hide()
}

function hide() {
  shown?.removeAttribute("aria-describedby")
  shown = null
  popup.remove()
}

async function show(link) {
  hide()
  shown = link
  const definition = link && (await definitionOf(link))
  const said = !definition || link.parentElement.textContent.includes(definition)
  if (said || shown !== link) return
  fill(popup, definition)
  link.setAttribute("aria-describedby", popup.id)
  link.closest(".md-content").append(popup)
  place(link)
}

async function definitionOf(link) {
  const { origin, pathname } = new URL(link.href)
  const address = `${origin}${pathname}`
  const terms = await load("data/terms.json").catch(() => ({}))
  return address.startsWith(root.href) ? terms[address.slice(root.href.length)] : undefined
}

/** Puts the popup below the link, or above it where there is no room, within the window. */
function place(link) {
  const { clientWidth, clientHeight } = document.documentElement
  const { left, top, bottom } = link.getBoundingClientRect()
  const around = popup.offsetParent.getBoundingClientRect()
  const fits = bottom + GAP + popup.offsetHeight <= clientHeight
  const x = Math.max(GAP, Math.min(left, clientWidth - GAP - popup.offsetWidth))
  const y = fits ? bottom + GAP : top - GAP - popup.offsetHeight
  popup.style.left = `${x - around.left}px`
  popup.style.top = `${y - around.top}px`
}
