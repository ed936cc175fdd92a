// Answers the search box: for each page a list of hits, best first, in the shape that the theme draws.

import { withIndex } from "./files.js"
import { STEP, rankOf, ranked } from "./rank.js"
import { fit, queryOf, wordsIn } from "./words.js"

const SHOWN = 10
const [IN_TITLE, IN_NAMES, IN_TEXT] = [3, 2, 1]
const [THE_PAGE, TOGETHER] = [1.5, 1.5]
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" }

/** What a text finds. The first pages come with their passages, the others by name. Rejects where a file is missing. */
export const find = (text) => withIndex((index) => found(index, queryOf(text)))

async function found(index, query) {
  if (!query.words.length) return []
  const ranking = await ranked(index, query)
  const first = await Promise.all(ranking.pages.slice(0, SHOWN).map((page) => passages(index, query, ranking, page)))
  first.sort(([a], [b]) => b.score - a.score)
  return [...first, ...ranking.pages.slice(SHOWN).map((page) => [byName(index, ranking, page)])]
}

async function passages(index, query, ranking, { number, score }) {
  const [url] = index.pages[number]
  const entries = (await index.texts(number)).map((entry) => read(entry, url, query, ranking))
  const best = entries.reduce((most, entry) => Math.max(most, entry.value), 0)
  const near = entries.reduce((most, entry) => Math.max(most, entry.part ** 2 + (entry.anchor ? 0 : entry.ofTitle)), 0)
  const ofPage = (score - STEP * rankOf(url, ranking.ranks)) * (1 + near)
  const hits = entries.filter(({ value, rank, anchor }) => value || rank || !anchor)
  return hits.map((entry) => shown(entry, STEP * entry.rank + (best ? ofPage * (entry.value / best) : 0)))
    .sort((a, b) => b.score - a.score)
}

/** An entry of a page, and what it says of the words that are asked for. */
function read([anchor, title, text, ...names], url, query, { words, ranks }) {
  const location = anchor ? `${url}#${anchor}` : url
  const inTitle = marksIn(title, words)
  const inText = marksIn(text, words)
  const inNames = marksIn(names.join(" / "), words)
  const worth = words.map(({ weight }, asked) => (
    weight * Math.max(IN_TITLE * inTitle.best[asked], IN_NAMES * inNames.best[asked], IN_TEXT * inText.best[asked])
  ))
  const part = worth.filter(Boolean).length / words.length
  const together = words.length > 1 && [inTitle, inNames, inText].some(({ plain }) => plain.includes(query.typed))
  const sum = worth.reduce((value, one) => value + one, 0)
  const value = sum * part ** 2 * (anchor ? 1 : THE_PAGE) * (together ? TOGETHER : 1)
  const forms = new Set([...inTitle.forms, ...inText.forms])
  const missing = words.filter(({ common }, asked) => !common && !worth[asked]).map(({ word }) => [word, false])
  const terms = Object.fromEntries([...Array.from(forms, (form) => [form, true]), ...(value ? missing : [])])
  const rank = ranks.places.get(location) ?? 0
  const html = { title: marked(title, inTitle.marks), text: marked(text, inText.marks) }
  return { ...html, anchor, location, terms, part, ofTitle: inTitle.part, rank, value }
}

/**
 * Where a text has the words: how well each fits at `best`; the `forms` and `marks` (places) of those that say something,
 * and which `part` of the text these are; and the text as `plain` words.
 */
function marksIn(text, words) {
  const best = words.map(() => 0)
  const forms = new Set()
  const all = wordsIn(text)
  const marks = all.filter(({ word }) => {
    const asked = words.filter((one, number) => {
      const quality = fit(one, word)
      best[number] = Math.max(best[number], quality)
      return quality && !one.common
    })
    if (asked.length) forms.add(word)
    return asked.length
  })
  return { best, forms, marks, part: marks.length / (all.length || 1), plain: all.map(({ word }) => word).join(" ") }
}

/** A plain text as HTML, with marks. */
function marked(text, marks) {
  let html = ""
  let end = 0
  for (const mark of marks) {
    html += `${escaped(text.slice(end, mark.start))}<mark>${escaped(text.slice(mark.start, mark.end))}</mark>`
    end = mark.end
  }
  return html + escaped(text.slice(end))
}

const escaped = (text) => text.replace(/[&<>"']/g, (character) => ENTITIES[character])

const shown = ({ location, title, text, terms }, score) => ({ location, title, text, terms, score })

function byName(index, { words }, { number, score }) {
  const [location, title] = index.pages[number]
  return shown({ location, title: marked(title, marksIn(title, words).marks), text: "", terms: {} }, score)
}
