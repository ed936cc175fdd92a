// Finds signals in the words of a question, and marks where they stand.

import { ENOUGH, entry, ideasIn, sum } from "./ideas.js"

const LEAST = 3
const LEAST_ALONE = 4
const GAP = 2

/**
 * The signals in a text: {signal, sentence, places, weight, share}. A signal is found where ideas that carry two thirds
 * of its weight stand in one sentence, negated or not as in the signal.
 */
export function signalsIn(words, { wordings, holders }) {
  const sentences = new Map()
  for (const { key, place, length, negation } of ideasIn(words, wordings)) {
    const inSentence = entry(sentences, words[place].sentence, () => new Map())
    entry(inSentence, key, () => []).push({ place, length, negation })
  }
  return [...sentences].flatMap(([sentence, placesOf]) => {
    const candidates = new Set([...placesOf.keys()].flatMap((key) => holders.get(key) ?? []))
    return [...candidates]
      .filter((signal) => mayBeEnough(signal, placesOf))
      .map((signal) => ({ signal, sentence, ...held(signal, placesOf) }))
      .filter(isEnough)
  })
}

/** A quick look at which ideas are there at all, before their places are chosen. */
function mayBeEnough({ ideas, weight }, placesOf) {
  const there = ideas.filter(({ keys }) => keys.some((key) => placesOf.has(key)))
  return sum(there.map((idea) => idea.weight)) >= ENOUGH * weight
}

function isEnough({ places, weight, share }) {
  return share >= ENOUGH && weight >= (places.length > 1 ? LEAST : LEAST_ALONE)
}

/** One place per idea, the heaviest first and the others as near to it as they come; no word serves two ideas. */
function held(signal, placesOf) {
  const places = []
  for (const { keys, weight } of signal.ideas) {
    const all = keys.flatMap((key) => placesOf.get(key) ?? [])
    const free = all.filter((place) => !places.some((other) => overlap(place, other)))
    const far = ({ place }) => (places.length ? Math.abs(place - places[0].place) : 0)
    const nearest = free.reduce((best, place) => (best && far(best) <= far(place) ? best : place), null)
    if (nearest) places.push({ ...nearest, weight, beside: free.filter(({ place }) => isBeside(place, nearest.place)) })
  }
  const weight = sum(places.map((place) => place.weight))
  return { places, weight, share: weight / signal.weight }
}

const isBeside = (place, other) => place !== other && Math.abs(place - other) <= GAP
const overlap = (a, b) => a.place < b.place + b.length && b.place < a.place + a.length

/**
 * Gives each found signal its `mark`, shared by those that stand on the same words: {number, places, pieces: [{start,
 * end}], found}. Marks are numbered in the order of the text; the strongest signal of a mark comes first.
 */
export function mark(found, words) {
  const owner = new Map()
  for (const match of [...found].sort((a, b) => b.weight * b.share - a.weight * a.share)) {
    const own = wordsUnder(match.places)
    const free = own.filter((place) => !owner.has(place))
    match.mark = free.length * 2 > own.length ? { places: [], found: [] } : mostly(own.map((place) => owner.get(place)))
    match.mark.found.push(match)
    match.mark.places.push(...free)
    for (const place of free) owner.set(place, match.mark)
  }
  const marks = [...new Set(owner.values())]
  for (const made of marks) {
    made.places.sort((a, b) => a - b)
    made.pieces = pieces(made.places, words, owner)
  }
  marks.sort((a, b) => a.places[0] - b.places[0])
  marks.forEach((made, index) => Object.assign(made, { number: index + 1 }))
  return marks
}

/** The words that ideas stand on, those beside that say the same, and those right before that negate them. */
function wordsUnder(places) {
  const own = new Set()
  for (const { place, length, negation } of places.flatMap((idea) => [idea, ...idea.beside])) {
    for (let n = 0; n < length; n += 1) own.add(place + n)
    if (negation !== null && place - negation <= GAP) own.add(negation)
  }
  return [...own]
}

/** The mark that holds most of some words. */
function mostly(owners) {
  const held = (owner) => owners.filter((other) => other === owner).length
  return owners.filter(Boolean).sort((a, b) => held(b) - held(a))[0]
}

/** Stretches of the text from first to last word; small gaps that no other mark holds are taken in. */
function pieces(places, words, owner) {
  const made = []
  let last = null
  for (const place of places) {
    const gap = last === null ? [] : Array.from({ length: place - last - 1 }, (_, n) => last + 1 + n)
    const joins = last !== null && gap.length <= GAP && !gap.some((between) => owner.has(between))
    if (joins) made.at(-1).end = words[place].end
    else made.push({ start: words[place].start, end: words[place].end })
    last = place
  }
  return made
}
