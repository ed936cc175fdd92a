// Runs in Material's search worker, before its own code. Material weighs single words, so that "Fine-tuning" finds what
// says it most often. Here, what bears the typed text as a name comes first, then what the text is a phrase for.
"use strict"
{
  const [SETUP, QUERY, RESULT] = [0, 2, 3]
  const [PHRASE, NAME_OF_A_PART, NAME_OF_A_PAGE] = [1, 2, 3]
  // More than Material's score of any hit.
  const STEP = 1e12
  const known = new Map()
  let typed = ""

  /** A text as its words in lower case, whatever stands between them. */
  const plain = (text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean).join(" ")

  const learn = (text, location, rank) => {
    const places = known.get(plain(text)) ?? new Map()
    places.set(location, Math.max(rank, places.get(location) ?? 0))
    known.set(plain(text), places)
  }

  const learnAll = (entries) => {
    for (const { location, names = [], phrases = [] } of entries) {
      const rank = location.includes("#") ? NAME_OF_A_PART : NAME_OF_A_PAGE
      for (const name of names) learn(name, location, rank)
      for (const phrase of phrases) learn(phrase, location, PHRASE)
    }
  }

  /** Sorts pages, each a list of hits with the best first, anew: the places known for what was typed go to the top. */
  const raise = (pages) => {
    const places = known.get(typed) ?? new Map()
    for (const hits of pages) {
      for (const hit of hits) hit.score += STEP * (places.get(hit.location) ?? 0)
      hits.sort((a, b) => b.score - a.score)
    }
    pages.sort(([a], [b]) => b.score - a.score)
  }

  addEventListener("message", ({ data: message }) => {
    if (message.type === SETUP) learnAll(message.data.docs)
    if (message.type === QUERY) typed = plain(message.data)
  })

  const answer = self.postMessage.bind(self)
  self.postMessage = (message) => {
    if (message.type === RESULT) raise(message.data.items)
    answer(message)
  }
}
