// Builds elements. Texts go in as text: nothing here reads HTML.

import { root } from "./site.js"

/**
 * An element with attributes and children (elements, strings, arrays; null and false are left out).
 * An attribute that is a function listens for the event of that name, as in {click: go}; true sets a bare attribute.
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value)
    else if (value !== false && value != null) made.setAttribute(key, value === true ? "" : value)
  }
  made.append(...children.flat(Infinity).filter((child) => child != null && child !== false))
  return made
}

/** A record's text (see generator/present/rich.py) as nodes. With {marks: false} deciding phrases look like the rest. */
export function rich(parts, { marks = true } = {}) {
  return parts.flatMap((part) => {
    if (typeof part === "string") return part
    if ("b" in part) return marks ? element("mark", {}, rich(part.b)) : rich(part.b, { marks })
    if ("i" in part) return element("em", {}, rich(part.i, { marks }))
    if ("c" in part) return element("code", {}, part.c)
    if ("now" in part) return [element("del", {}, part.was), " ", element("ins", {}, part.now)]
    const href = new URL(part.a, root).href
    if ("n" in part) return element("sup", { class: "sp-cite" }, element("a", { href }, String(part.n)))
    return element("a", { class: "sp-ref", href }, part.t)
  })
}

/** Puts new children into an element in place of the old ones. */
export function fill(parent, ...children) {
  parent.replaceChildren(...children.flat(Infinity).filter((child) => child != null && child !== false))
}

/** The words of a record's text, for places that take text only. */
export function plain(parts) {
  return parts
    .map((part) =>
      typeof part === "string" ? part : "n" in part ? "" : (part.c ?? part.t ?? part.now ?? plain(part.b ?? part.i)),
    )
    .join("")
}
