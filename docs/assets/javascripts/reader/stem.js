// Word forms: M. F. Porter, "An algorithm for suffix stripping", Program 14(3), 1980.

const LONGEST = 30

const STEP_2 = [
  ["ational", "ate"], ["tional", "tion"], ["enci", "ence"], ["anci", "ance"], ["izer", "ize"], ["abli", "able"],
  ["alli", "al"], ["entli", "ent"], ["eli", "e"], ["ousli", "ous"], ["ization", "ize"], ["ation", "ate"],
  ["ator", "ate"], ["alism", "al"], ["iveness", "ive"], ["fulness", "ful"], ["ousness", "ous"], ["aliti", "al"],
  ["iviti", "ive"], ["biliti", "ble"],
]
const STEP_3 = [
  ["icate", "ic"], ["ative", ""], ["alize", "al"], ["iciti", "ic"], ["ical", "ic"], ["ful", ""], ["ness", ""],
]
const STEP_4 = [
  "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize", "ion",
  "al", "er", "ic", "ou",
].map((suffix) => [suffix, ""])

/** The stem of a lower-case word: `changing`, `changes` and `changed` are all `chang`. Very long words stay whole. */
export function stem(word) {
  if (word.length < 3 || word.length > LONGEST || !/^[a-z]+$/.test(word)) return word
  return tidied(cut(cut(cut(ended(pastAndIng(plural(word))), STEP_2, 0), STEP_3, 0), STEP_4, 1))
}

/** Each letter as v (vowel) or c (consonant); y is a vowel after a consonant. */
function shape(word) {
  let made = ""
  for (const letter of word) {
    const vowel = "aeiou".includes(letter) || (letter === "y" && made.endsWith("c"))
    made += vowel ? "v" : "c"
  }
  return made
}

const measure = (word) => (shape(word).match(/v+c/g) ?? []).length
const hasVowel = (word) => shape(word).includes("v")
const endsDouble = (word) => word.at(-1) === word.at(-2) && shape(word).endsWith("c")
const endsShort = (word) => shape(word).endsWith("cvc") && !/[wxy]$/.test(word)

function plural(word) {
  if (/(sses|ies)$/.test(word)) return word.slice(0, -2)
  return /[^s]s$/.test(word) ? word.slice(0, -1) : word
}

function pastAndIng(word) {
  if (word.endsWith("eed")) return measure(word.slice(0, -3)) > 0 ? word.slice(0, -1) : word
  const base = /(ed|ing)$/.test(word) ? word.replace(/(ed|ing)$/, "") : ""
  if (!hasVowel(base)) return word
  if (/(at|bl|iz)$/.test(base)) return `${base}e`
  if (endsDouble(base) && !/[lsz]$/.test(base)) return base.slice(0, -1)
  return measure(base) === 1 && endsShort(base) ? `${base}e` : base
}

function ended(word) {
  return word.endsWith("y") && hasVowel(word.slice(0, -1)) ? `${word.slice(0, -1)}i` : word
}

/** Cuts or replaces the longest suffix that fits, where enough of the word is left. */
function cut(word, suffixes, least) {
  const fitting = suffixes.filter(([suffix]) => word.endsWith(suffix))
  const longest = fitting.sort((a, b) => b[0].length - a[0].length)[0]
  if (!longest) return word
  const base = word.slice(0, -longest[0].length)
  if (measure(base) <= least || (longest[0] === "ion" && !/[st]$/.test(base))) return word
  return base + longest[1]
}

function tidied(word) {
  const base = word.slice(0, -1)
  if (word.endsWith("e")) return measure(base) > 1 || (measure(base) === 1 && !endsShort(base)) ? base : word
  return word.endsWith("ll") && measure(word) > 1 ? base : word
}
