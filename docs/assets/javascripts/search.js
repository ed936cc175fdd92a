// The worker behind the theme's search box, which asks by messages. Loads nothing before there is something to find.
"use strict"
{
  const [SETUP, READY, QUERY, RESULT] = [0, 1, 2, 3]
  let latest = 0

  const find = async (text) => (text.trim() ? (await import("./search/find.js")).find(text) : [])

  /** Answers with nothing where a file cannot be had, and not at all once something else is asked. */
  const answer = async (text) => {
    const number = ++latest
    const items = await find(text).catch(() => [])
    if (number === latest) postMessage({ type: RESULT, data: { items } })
  }

  addEventListener("message", ({ data: { type, data } }) => {
    if (type === SETUP) postMessage({ type: READY })
    if (type === QUERY) answer(data)
  })
}
