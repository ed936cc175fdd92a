// Which pages hold what is asked for, best first.

import { fit, wordsIn } from "./words.js"

/** More than any page scores by its words. */
export const STEP = 1e9
const [PAGE, PART, PHRASE, BEGINNING] = [4, 3, 2, 1]
const SHORTEST_BEGINNING = 3

/**
 * The pages with the words of a query: {pages: [{number, score}], words, ranks}. `words` are those of the query with how
 * much each says (`weight`) and whether it says too little to be looked for (`common`); `ranks` are locations that bear the typed
 * text as their name, or as a phrase, with how much that counts.
 */
export async function ranked(index, query) {
  const words = judged(index, await Promise.all(query.words.map((asked) => withPages(index, asked))))
  const ranks = await named(index, query.typed)
  const scores = scored(words)
  for (const [number, [url]] of index.pages.entries()) {
    const rank = rankOf(url, ranks)
    if (rank) scores.set(number, (scores.get(number) ?? 0) + STEP * rank)
  }
  const pages = Array.from(scores, ([number, score]) => ({ number, score }))
  return { pages: pages.sort((a, b) => b.score - a.score || a.number - b.number), words, ranks }
}

/** The best rank on a page. */
export const rankOf = (url, ranks) => ranks.pages.get(url) ?? 0

async function withPages(index, asked) {
  const found = new Map()
  const { words } = await index.words(asked.word)
  for (const [word, postings] of Object.entries(words)) {
    const quality = fit(asked, word)
    let number = 0
    for (const posting of quality ? postings : []) {
      number += posting >> 4
      found.set(number, Math.max(found.get(number) ?? 0, quality * (posting & 15)))
    }
  }
  if (asked.open && asked.word.length === 1) addTitles(index, asked, found)
  return { ...asked, found }
}

/** A word that most pages have says little, unless no other is found. */
function judged(index, words) {
  const isCommon = ({ found }) => found.size > index.pages.length / 2
  const all = words.every((word) => isCommon(word) || !word.found.size)
  return words.map((word) => (
    { ...word, common: !all && isCommon(word), weight: Math.log(1 + index.pages.length / (word.found.size || 1)) }
  ))
}

/** The first letter of a word, while it is typed, would need half of the index: titles do. */
function addTitles(index, asked, found) {
  for (const [number, [, title]] of index.pages.entries()) {
    if (wordsIn(title).some(({ word }) => fit(asked, word))) found.set(number, Math.max(found.get(number) ?? 0, 1))
  }
}

/** Page → score: pages with all words that say something, or if there is none, with any. */
function scored(words) {
  const needed = words.filter(({ common }) => !common)
  const all = [...needed[0].found.keys()].filter((number) => needed.every(({ found }) => found.has(number)))
  const numbers = all.length ? all : new Set(words.flatMap(({ found }) => [...found.keys()]))
  return new Map(Array.from(numbers, (number) => {
    const on = words.filter(({ found }) => found.has(number))
    const sum = on.reduce((score, { found, weight }) => score + found.get(number) * weight, 0)
    return [number, sum * (on.length / words.length) ** 2]
  }))
}

async function named(index, typed) {
  const { names, phrases } = await index.words(typed.split(" ")[0])
  const ranks = { places: new Map(), pages: new Map() }
  const add = (location, rank) => {
    const url = location.split("#")[0]
    ranks.places.set(location, Math.max(rank, ranks.places.get(location) ?? 0))
    ranks.pages.set(url, Math.max(rank, ranks.pages.get(url) ?? 0))
  }
  for (const [name, locations] of Object.entries(names)) {
    const begins = typed.length >= SHORTEST_BEGINNING && name.startsWith(typed)
    for (const location of name === typed || begins ? locations : []) {
      add(location, name !== typed ? BEGINNING : location.includes("#") ? PART : PAGE)
    }
  }
  const pointing = Object.hasOwn(phrases, typed) ? phrases[typed] : []
  for (const location of pointing) add(location, PHRASE)
  return ranks
}
