// Words, told apart as the index does (generator/deliver/search_files.py), and when one word stands for another.

import { stem } from "../reader/stem.js"

const LONGEST_TEXT = 200
const MOST_WORDS = 10
const [SAME, SAME_STEM, BEGINS] = [1, 0.8, 0.6]
const stems = new Map()

/** The words of a text: {word, start, end}. */
export const wordsIn = (text) => Array.from(text.matchAll(/[\p{L}\p{N}]+/gu), ({ 0: found, index }) => (
  { word: found.toLowerCase(), start: index, end: index + found.length }
))

/** What is asked for: the typed text as words with single spaces, and its different words; the last may be a beginning. */
export function queryOf(text) {
  const typed = wordsIn(text.slice(0, LONGEST_TEXT)).map(({ word }) => word)
  const words = [...new Set(typed)].slice(0, MOST_WORDS)
  return { typed: typed.join(" "), words: words.map((word) => ({ word, open: word === typed.at(-1) })) }
}

/** How well a word of a page fits one that is asked for: 0 (not at all) to 1. */
export function fit(asked, word) {
  if (word === asked.word) return SAME
  if (stemOf(word) === stemOf(asked.word)) return SAME_STEM
  return asked.open && word.startsWith(asked.word) ? BEGINS : 0
}

function stemOf(word) {
  if (!stems.has(word)) stems.set(word, stem(word))
  return stems.get(word)
}
