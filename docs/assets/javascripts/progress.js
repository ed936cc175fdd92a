// What the reader has read and answered. It stays in this browser; nothing here sends anything anywhere.

const KEY = "signpost"
const ASIDE = "signpost.damaged"
const ITEM = /^(concept|decision)\/[a-z0-9-]{1,64}\/[a-z0-9-]{1,64}$/
const PAGE = /^(concept|decision)\/[a-z0-9-]{1,64}$/
const DAY = /^\d{4}-\d\d-\d\d$/

let memory = null // what could not be stored, for this page view

/**
 * The reader's progress: `read` (record → day), `items` (item → {step, due, right, wrong}), `days` (day → answers).
 * Storage that is blocked or damaged counts as empty; what is damaged is set aside, not overwritten.
 */
export function progress() {
  if (memory) return memory
  const text = stored()
  if (!text) return empty()
  try {
    return clean(JSON.parse(text))
  } catch {
    put(ASIDE, text)
    put(KEY, JSON.stringify(empty()))
    return empty()
  }
}

/** Changes the progress and stores it. False where the browser does not keep it; then it lasts for this page view. */
export function update(change) {
  const state = progress()
  change(state)
  memory = put(KEY, JSON.stringify(state)) ? null : state
  return !memory
}

/** The progress as a text to save. */
export function exported() {
  return JSON.stringify(progress(), null, 1)
}

/** Adds an exported text to what is here; of an item in both, the one answered more often stays. Throws on other texts. */
export function imported(text) {
  const other = clean(JSON.parse(text))
  return update((state) => {
    for (const [page, day] of Object.entries(other.read)) state.read[page] ??= day
    for (const [key, item] of Object.entries(other.items)) {
      const own = state.items[key]
      if (!own || own.right + own.wrong < item.right + item.wrong) state.items[key] = item
    }
    for (const [day, count] of Object.entries(other.days)) state.days[day] = Math.max(state.days[day] ?? 0, count)
  })
}

/** Deletes everything that was kept. */
export function erase() {
  memory = null
  for (const key of [KEY, ASIDE, DRILL]) drop(key)
}

/** True where damaged progress was found and set aside. */
export function wasDamaged() {
  return Boolean(stored(ASIDE))
}

const DRILL = "signpost.drill"

/** The drill that was left in the middle, or null. */
export function drillLeft() {
  try {
    return JSON.parse(stored(DRILL))
  } catch {
    return null
  }
}

/** Keeps a drill for the next visit; null forgets it. */
export function keepDrill(drill) {
  if (drill) put(DRILL, JSON.stringify(drill))
  else drop(DRILL)
}

function empty() {
  return { version: 1, read: {}, items: {}, days: {} }
}

/** Only what is well formed; throws where it is no progress of ours at all. */
function clean(data) {
  if (data?.version !== 1) throw new Error("not a progress file of this site")
  const count = (value) => Number.isInteger(value) && value >= 0 && value < 1e6
  const isDay = (value) => typeof value === "string" && DAY.test(value)
  const kept = (part, key, value) =>
    Object.fromEntries(Object.entries(part ?? {}).filter(([k, v]) => key.test(k) && value(v)))
  const isItem = (item) => item && isDay(item.due) && [item.step, item.right, item.wrong].every(count)
  return {
    version: 1,
    read: kept(data.read, PAGE, isDay),
    items: kept(data.items, ITEM, isItem),
    days: kept(data.days, DAY, count),
  }
}

function stored(key = KEY) {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function put(key, text) {
  try {
    localStorage.setItem(key, text)
    return true
  } catch {
    return false
  }
}

function drop(key) {
  try {
    localStorage.removeItem(key)
  } catch {
    // Blocked storage holds nothing to delete.
  }
}
