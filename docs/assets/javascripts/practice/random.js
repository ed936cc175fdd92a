// Chance that can be repeated: the same seed gives the same order, so that a reload shows the same question.

/** A function that gives numbers from 0 to 1: Marsaglia's xorshift with 32 bits, started from the text. */
export function seeded(text) {
  let state = 1
  for (const character of text) state = (Math.imul(state, 31) + character.codePointAt(0)) | 0
  const next = () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
  state ||= 1
  for (let warm = 0; warm < 8; warm += 1) next()
  return next
}

/** The same things in another order (Fisher and Yates). */
export function shuffled(things, random) {
  const mixed = [...things]
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1))
    ;[mixed[last], mixed[other]] = [mixed[other], mixed[last]]
  }
  return mixed
}
