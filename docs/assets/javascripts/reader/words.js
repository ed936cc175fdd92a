// A text as sentences of words: where each stands, its stem, and whether it negates what follows.

import { stem } from "./stem.js"

const setOf = (words) => new Set(words.split(" "))

const SMALL = setOf(
  "a about after again all also an and any are as at be been before being both but by can could did do does doing done "
    + "each either else even ever for from get gets getting got had has have having he her here hers him his how i if in "
    + "into is it its itself just like made make makes making may me might more much must my need needs of off on once one "
    + "only or other our out over own per put rather same she should since so some still such take than that the their "
    + "them then there these they this those through to too under up upon us use used uses using very via want wants was "
    + "we well were what when where whether which while who whom whose why will with within would yet you your now already "
    + "many most least",
)
const NEGATIONS = setOf("no not never none nobody nothing neither nor without cannot hardly barely lack lacks lacking")
const PAUSES = setOf("but and so because while although though yet if when until unless since whereas")
const LONGEST_SENTENCE = 80
const THOUSANDS = /^[1-9][\d.,]{3,}$/

const WORD = /\p{N}+(?:[.,]\p{N}+)+|[\p{L}\p{N}]+(?:['’]\p{L}{1,3}(?!\p{L}))?/
const STOP = /;|(?<![.!?])[.!?]+(?=[\s"'”’)\]]|$)|\n[^\S\n]*(?:\n|(?=[-*•]))/
const PAUSE = /[,:()]|\s[–—]\s/
const TOKEN = new RegExp([WORD, STOP, PAUSE].map((part) => `(${part.source})`).join("|"), "gu")

/**
 * The words of a text in order: {start, end, word, stem, small, sentence, negates, pause}. A small word says little by
 * itself; a word that negates reaches no further than to the next pause. A number of four or more digits has the stem of
 * "thousand". Takes time in proportion to the text.
 */
export function wordsOf(text) {
  const words = []
  let sentence = 0
  let inSentence = 0
  let pause = true
  for (const { 0: found, 1: isWord, 2: isStop, index } of text.matchAll(TOKEN)) {
    if (!isWord || inSentence === LONGEST_SENTENCE) {
      pause = true
      if ((isStop || isWord) && inSentence) [sentence, inSentence] = [sentence + 1, 0]
    }
    if (!isWord) continue
    inSentence += 1
    const word = found.toLowerCase().replace("’", "'")
    const negates = NEGATIONS.has(word) || word.endsWith("n't")
    words.push({
      start: index,
      end: index + found.length,
      word,
      stem: stemOf(word),
      small: negates || SMALL.has(word),
      sentence,
      negates,
      pause: pause || PAUSES.has(word),
    })
    pause = false
  }
  return words
}

function stemOf(word) {
  return THOUSANDS.test(word) ? "thousand" : stem(word.split("'")[0])
}
