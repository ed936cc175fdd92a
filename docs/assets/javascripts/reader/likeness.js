// How like a question the text of each concept is, by the words they share: Okapi BM25.
// See Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, 2009.

import { entry, sum } from "./ideas.js"
import { wordsOf } from "./words.js"

const SATURATION = 1.2
const BY_LENGTH = 0.5

/** Makes texts ready to be compared with a question. */
export function indexed(texts) {
  const holders = new Map()
  const lengths = texts.map((text, concept) => {
    const counts = countsOf(wordsOf(text))
    for (const [stem, { count }] of counts) entry(holders, stem, () => []).push({ concept, count })
    return sum([...counts.values()].map(({ count }) => count))
  })
  return { holders, lengths, average: sum(lengths) / lengths.length }
}

/** Concept → {score, words}: how like its text is, and the words they share, those that say most first. */
export function likeness(words, { holders, lengths, average }) {
  const found = new Map()
  for (const [stem, { word }] of countsOf(words)) {
    const having = holders.get(stem) ?? []
    const rarity = Math.log(1 + (lengths.length - having.length + 0.5) / (having.length + 0.5))
    for (const { concept, count } of having) {
      const room = SATURATION * (1 - BY_LENGTH + (BY_LENGTH * lengths[concept]) / average)
      const value = (rarity * count * (SATURATION + 1)) / (count + room)
      entry(found, concept, () => []).push({ word, value })
    }
  }
  const likest = (shared) => shared.sort((a, b) => b.value - a.value).map(({ word }) => word)
  return new Map([...found].map(([concept, shared]) => [concept, { score: sum(shared.map(({ value }) => value)), words: likest(shared) }]))
}

/** Stem → how often it stands there, and as which word first. */
function countsOf(words) {
  const counts = new Map()
  for (const { small, stem, word } of words) {
    if (!small) entry(counts, stem, () => ({ count: 0, word })).count += 1
  }
  return counts
}
