// The switch between light and dark colors. It stands in for the theme's own, which makes the browser style the whole
// page anew four times at every page view, needed or not: a third of the work of opening a long page on a phone.

const KEY = "__palette"
const PARTS = ["media", "scheme", "primary", "accent"]
const inputs = [...document.querySelectorAll("[data-sp-palette] input")]

// The theme's inline script reads what is kept before the page is painted; these two are the theme's as well.
const kept = () => window.__md_get(KEY)?.color
const keep = (index, color) => window.__md_set(KEY, { index, color })

function colorOf(input) {
  return Object.fromEntries(PARTS.map((part) => [part, input.getAttribute(`data-md-color-${part}`)]))
}

function show(input) {
  input.checked = true
  for (const other of inputs) other.nextElementSibling.hidden = other !== input
  for (const [part, value] of Object.entries(colorOf(input))) {
    const name = `data-md-color-${part}`
    if (document.body.getAttribute(name) !== value) document.body.setAttribute(name, value)
  }
  // Scroll bars, and the page before it is painted.
  const scheme = input.dataset.mdColorScheme === "slate" ? "dark" : ""
  if (document.documentElement.style.colorScheme !== scheme) document.documentElement.style.colorScheme = scheme
}

function first() {
  const scheme = kept()?.scheme
  const fits = (input) =>
    scheme ? input.dataset.mdColorScheme === scheme : matchMedia(input.dataset.mdColorMedia).matches
  return inputs.find(fits) ?? inputs[0]
}

for (const [index, input] of inputs.entries()) {
  input.addEventListener("change", () => {
    show(input)
    keep(index, colorOf(input))
  })
}
if (inputs.length) show(first())
