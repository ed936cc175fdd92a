// What the reader knows: signals cut into ideas. An idea is a word in any form, or one of the wordings taken as alike.

import { wordsOf } from "./words.js"

const REACH = 6

/** A map's value for a key, made where there is none yet. */
export function entry(map, key, make) {
  if (!map.has(key)) map.set(key, make())
  return map.get(key)
}

/** The sum of some numbers. */
export const sum = (numbers) => numbers.reduce((total, number) => total + number, 0)

/** The share of a signal's weight that has to stand in a sentence. */
export const ENOUGH = 0.66

/**
 * Makes signals and wordings ready to read with. An idea that few signals hold weighs more than one that many hold.
 * `holders` leads from an idea to the signals that cannot be found without it or one as heavy.
 */
export function cut({ signals: written, wordings: families }) {
  const wordings = byFirstStem(families)
  const signals = written.map(([phrase, to, away]) => ({ phrase, to, away, ideas: ideasOf(phrase, wordings) }))
  const uses = new Map()
  for (const key of signals.flatMap(({ ideas }) => ideas.flatMap(({ keys }) => keys))) uses.set(key, (uses.get(key) ?? 0) + 1)
  const holders = new Map()
  for (const signal of signals) {
    for (const idea of signal.ideas) {
      idea.weight = Math.log((signals.length + 1) / Math.max(...idea.keys.map((key) => uses.get(key))))
    }
    signal.weight = sum(signal.ideas.map(({ weight }) => weight))
    signal.ideas.sort((a, b) => b.weight - a.weight)
    for (const key of heaviest(signal).flatMap(({ keys }) => keys)) entry(holders, key, () => []).push(signal)
  }
  return { wordings, holders }
}

/** The ideas without any of which the others of a signal do not weigh enough. */
function heaviest({ ideas, weight }) {
  const rest = (index) => sum(ideas.slice(index).map((idea) => idea.weight))
  return ideas.filter((_, index) => rest(index) >= ENOUGH * weight)
}

/** Where ideas stand in a text: {key, place, length, negation}, in words; `negation` is the place of what negates it. */
export function* ideasIn(words, wordings) {
  let covered = 0
  for (const [place, { small, stem, negated, negation, found }] of withWordings(words, wordings).entries()) {
    covered = Math.max(covered, place + longest(found))
    for (const { stems, family } of found) {
      const partOfLonger = stems.length === 1 && covered > place + 1
      if (!partOfLonger) yield { key: keyOf(negated, family), place, length: stems.length, negation }
    }
    if (!small) yield { key: keyOf(negated, stem), place, length: 1, negation }
  }
}

/** The ideas of a signal, each with the keys of which one is enough. Small words count only as part of a wording. */
function ideasOf(phrase, wordings) {
  const words = withWordings(wordsOf(phrase), wordings)
  const ideas = []
  for (let place = 0, length = 1; place < words.length; place += length) {
    const { small, stem, negated, found } = words[place]
    length = Math.max(1, longest(found))
    const keys = found.filter(({ stems }) => stems.length === length).map(({ family }) => keyOf(negated, family))
    if (length === 1 && !small) keys.push(keyOf(negated, stem))
    const known = ideas.some((idea) => idea.keys.some((key) => keys.includes(key)))
    if (keys.length && !known) ideas.push({ keys })
  }
  return ideas
}

/**
 * The words, each with the wordings `found` to begin there and whether it is `negated`. A negation reaches over six words
 * that are not small, or to a pause; one that is part of a wording, as in "no labels", reaches no further.
 */
function withWordings(words, wordings) {
  let covered = 0
  let reach = 0
  let negation = null
  return words.map((word, place) => {
    const found = wordingsAt(words, place, wordings)
    covered = Math.max(covered, place + longest(found))
    if (word.pause) reach = 0
    const negated = reach > 0
    const made = { ...word, found, negated, negation: negated ? negation : null }
    if (word.negates) [reach, negation] = [covered > place + 1 ? 0 : REACH, place]
    else if (negated && !word.small) reach -= 1
    return made
  })
}

const keyOf = (negated, idea) => (negated ? `not ${idea}` : idea)
const longest = (wordings) => Math.max(0, ...wordings.map(({ stems }) => stems.length))

/** Stem → the wordings that begin with it, so that a text is looked up word by word. */
function byFirstStem(families) {
  const entries = new Map()
  families.forEach((phrases, number) => {
    const spellings = phrases.map((phrase) => wordsOf(phrase).map(({ stem }) => stem).join(" "))
    for (const spelling of new Set(spellings)) {
      const stems = spelling.split(" ")
      entry(entries, stems[0], () => []).push({ stems, family: `#${number}` })
    }
  })
  return entries
}

function wordingsAt(words, place, wordings) {
  const { stem, sentence } = words[place]
  const fits = (expected, n) => words[place + n]?.stem === expected && words[place + n].sentence === sentence
  return (wordings.get(stem) ?? []).filter(({ stems }) => stems.every(fits))
}
