// The files of the index (generator/deliver/search_files.py), each loaded once, when it is asked for.

import { root } from "../site.js"

const NO_WORDS = { words: {}, names: {}, phrases: {} }
let opened = null

/**
 * Gives the index to `use` and returns what that does. Where a file cannot be had, all begins anew, once: the site may
 * have been replaced since the first file was loaded.
 */
export async function withIndex(use) {
  try {
    return await use(await index())
  } catch {
    opened = null
    return use(await index())
  }
}

/** {pages: [[url, title]], words(word): the file of words that holds it, texts(number): [[anchor, title, text, ...names]]} */
async function index() {
  opened ??= await open()
  return opened
}

async function open() {
  const { pages, words } = await load("index.json", { cache: "no-cache" })
  const loaded = new Map()
  const file = (path, digest) => {
    if (!loaded.has(path)) loaded.set(path, part(path, digest))
    return loaded.get(path)
  }
  return {
    pages,
    words: async (word) => {
      const place = placeOf(word)
      return Object.hasOwn(words, place) ? file(`words/${place}.json`, words[place]) : NO_WORDS
    },
    texts: async (number) => {
      const [url, , digest] = pages[number]
      return (await file(`pages/${url && url.replace(/\/?$/, "/")}index.json`, digest)).entries
    },
  }
}

/** The digest in the address keeps a browser from taking an old copy, that in the file shows a newer one. */
async function part(path, digest) {
  const data = await load(`${path}?${digest}`)
  if (data.digest !== digest) throw new Error(`${path} is of another version`)
  return data
}

async function load(path, options) {
  const response = await fetch(new URL(`search/${path}`, root), options)
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  return response.json()
}

const placeOf = (word) => /^[a-z0-9]{1,2}$/.test(word.slice(0, 2)) ? word.slice(0, 2) : "other"
