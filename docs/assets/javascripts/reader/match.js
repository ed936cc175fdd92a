// Reads a question: which signals it holds, which concepts they point to, which phrase decides. No page, no network.

import { cut, entry, sum } from "./ideas.js"
import { mark, signalsIn } from "./find.js"
import { indexed, likeness } from "./likeness.js"
import { wordsOf } from "./words.js"

const IN_REQUIREMENT = 1.35
const IN_LAST_SENTENCE = 1.2
const AGAIN = 0.2
const LIKENESS = 0.5
const CLOSE = 0.7
const REQUIREMENT = /^(must|needs?|requires?|required|wants?|should|cannot|least|most|lowest|minimi[sz]e|maximi[sz]e)$/
const OPTION = /^[ \t]*\(?[A-Fa-f][.):][ \t].*$/gm

/** Makes the data of data/signals.json ready to read with. */
export const prepare = (data) => ({ ...cut(data), decisions: data.decisions, texts: indexed(data.texts) })

/**
 * Reads a text with what `prepare` made. Gives
 * `marks`: the phrases found, in order: {number, pieces: [{start, end}], found: [{signal: {phrase, to, away}}]};
 * `ranked`: the concepts with more for than against them, the strongest first: {concept, score, reasons, words}, where a
 * reason is {mark, phrase, value, need}, its value negative where the phrase points away, and `words` are those of the
 * text that the concept's own text has too; none where no signal was found;
 * `deciding`: the reason for the first concept that weighs most, if it has one; its `need` is the word that makes its
 * sentence the requirement, or empty;
 * `conflict`: whether the second concept is close to the first;
 * `decision`: one that has the first and another ranked concept as options, or null.
 */
export function read(text, model) {
  const words = wordsOf(withoutOptions(text))
  const found = signalsIn(words, model)
  const marks = mark(found, words)
  const ranked = found.length ? rank(found, requirements(words), likeness(words, model.texts)) : []
  const [first, second] = ranked
  return {
    marks,
    ranked,
    deciding: first ? deciding(first.reasons.filter(({ value }) => value > 0)) : null,
    conflict: Boolean(second) && second.score >= CLOSE * first.score,
    decision: decisionOf(ranked, model.decisions),
  }
}

/** The text with answer options blanked, where it has several: they name what a question does not ask for. */
function withoutOptions(text) {
  const lines = text.match(OPTION) ?? []
  return lines.length > 1 ? text.replace(OPTION, (line) => " ".repeat(line.length)) : text
}

/** For each sentence how much its signals count, and the word that makes it a requirement. */
function requirements(words) {
  const needs = []
  for (const [place, { word, sentence }] of words.entries()) {
    needs[sentence] ??= { word: "", factor: 1 }
    const hasTo = /^ha(s|ve)$/.test(word) && words[place + 1]?.word === "to"
    const said = hasTo ? `${word} to` : REQUIREMENT.test(word) && word
    if (said && !needs[sentence].word) needs[sentence] = { word: said, factor: IN_REQUIREMENT }
  }
  if (needs.length > 1) needs.at(-1).factor *= IN_LAST_SENTENCE
  return needs
}

/**
 * A phrase that points to many concepts says little of each; words that several signals share count once. How like the
 * whole text is counts besides.
 */
function rank(found, needs, like) {
  const concepts = new Map([...like.keys()].map((concept) => [concept, []]))
  for (const match of found) {
    const need = needs[match.sentence]
    const value = match.weight * match.share ** 2 * need.factor / Math.sqrt(match.signal.to.length)
    const give = (concept, sign) => {
      const reason = { match, mark: match.mark, phrase: match.signal.phrase, value: sign * value, need: need.word }
      entry(concepts, concept, () => []).push(reason)
    }
    for (const concept of match.signal.to) give(concept, 1)
    for (const concept of match.signal.away) give(concept, -1)
  }
  const ranked = [...concepts].map(([concept, given]) => {
    const reasons = [...counted(given.filter(({ value }) => value > 0)), ...counted(given.filter(({ value }) => value < 0))]
    const { score = 0, words = [] } = like.get(concept) ?? {}
    return { concept, score: sum(reasons.map(({ value }) => value)) + LIKENESS * score, reasons, words }
  })
  return ranked.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score || a.concept - b.concept)
}

/** Reasons from the strongest on, lessened by what words they share with a stronger one. */
function counted(reasons) {
  const taken = new Set()
  return reasons.sort((a, b) => Math.abs(b.value) - Math.abs(a.value)).map((reason) => {
    const { places, weight } = reason.match
    const fresh = sum(places.map((idea) => idea.weight * (taken.has(idea.place) ? AGAIN : 1)))
    for (const { place, length } of places) for (let n = 0; n < length; n += 1) taken.add(place + n)
    return { ...reason, value: reason.value * fresh / weight }
  })
}

/** The strongest reason; one in a requirement wins over others of up to twice its strength. Null where there is none. */
function deciding(reasons) {
  const [best = null] = reasons.sort((a, b) => b.value - a.value)
  const required = reasons.find(({ need }) => need)
  return required && required.value * 2 >= best.value ? required : best
}

function decisionOf(ranked, decisions) {
  const [first, ...others] = ranked
  for (const { concept } of others) {
    const both = decisions.find(({ options }) => options.includes(first.concept) && options.includes(concept))
    if (both) return both
  }
  return null
}
