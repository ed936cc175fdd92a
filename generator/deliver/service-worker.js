// Keeps the whole site in the browser, one version at a time. Built as: const VERSION, const FILES (path → SHA-256), this.
//
// A version is installed as a whole, into a cache of its own, every file checked against its hash; where one cannot be
// had, nothing is installed. A complete version takes over at once, for pages opened from then on. A page that is open
// goes on with the version it was opened with: which one that is, is kept beside the caches ("pins"), since a browser
// stops and starts workers at will. So no page ever gets files of two versions, however many tabs and versions there are.

const SCOPE = new URL(self.registration.scope)
// Several sites may share an origin. A path holds no space, so no name of one site begins like that of another.
const PREFIX = `signpost ${SCOPE.pathname} `
const CACHE = PREFIX + VERSION
const PINS = `${PREFIX}pins`
// A page that came from the server gets all it needs from there.
const NETWORK = "network"
const LANES = 6

self.addEventListener("install", (event) => event.waitUntil(install()))
self.addEventListener("activate", (event) => event.waitUntil(tidy()))

self.addEventListener("fetch", (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== "GET" || request.headers.has("range")) return
  if (url.origin !== SCOPE.origin || !url.pathname.startsWith(SCOPE.pathname)) return
  const path = pathOf(url)
  event.respondWith(request.mode === "navigate" ? page(event, url, path) : file(event, path))
})

// Installing

async function install() {
  const begun = await caches.has(CACHE)
  try {
    await fill()
  } catch (error) {
    // A cache that was there before may be in use: this version may be one that came back.
    if (!begun) await caches.delete(CACHE)
    throw error
  }
  // Without ids of new pages (Safari before 16) pins do not work: then the browser's own rule holds, and a version
  // takes over when no page of the one before is open.
  if ("resultingClientId" in FetchEvent.prototype) await self.skipWaiting()
}

async function fill() {
  const cache = await caches.open(CACHE)
  const others = (await ownCaches()).filter((name) => name !== CACHE && name !== PINS)
  const left = eachFile()
  const lane = async () => {
    for (const [path, hash] of left) {
      if (await cache.match(address(path))) continue
      await cache.put(address(path), (await copied(path, hash, others)) ?? (await fetched(path, hash)))
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
}

// One iterator for all lanes; when a lane fails it ends for the others too.
function* eachFile() {
  yield* Object.entries(FILES)
}

async function copied(path, hash, others) {
  for (const cacheName of others) {
    const response = await caches.match(address(path), { cacheName, ignoreVary: true })
    if (response && (await digest(await response.clone().arrayBuffer())) === hash) return response
  }
  return null
}

async function fetched(path, hash) {
  const page = path.replace(/(^|\/)index\.html$/, "$1")
  const response = await fetch(address(page), { cache: "no-cache" })
  const bytes = await response.arrayBuffer()
  if ((await digest(bytes)) !== hash) throw new Error(`${path} is not the file of this version (${response.status})`)
  const headers = new Headers(response.headers)
  for (const name of ["content-encoding", "content-length", "vary"]) headers.delete(name)
  return new Response(bytes, { headers })
}

async function digest(bytes) {
  const hash = await crypto.subtle.digest("SHA-256", bytes)
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("")
}

// Serving

async function page(event, url, path) {
  const cached = await fromCache(VERSION, path)
  if (cached) return pinned(event, VERSION, cached)
  if (Object.hasOwn(FILES, `${path}/index.html`)) return Response.redirect(`${url.origin}${url.pathname}/${url.search}`)
  try {
    return pinned(event, NETWORK, await fetch(event.request))
  } catch (error) {
    const missing = await fromCache(VERSION, "404.html")
    if (!missing) throw error
    return pinned(event, VERSION, new Response(missing.body, { status: 404, headers: missing.headers }))
  }
}

async function file(event, path) {
  const version = await versionOf(event.clientId)
  if (event.resultingClientId) pin(event, event.resultingClientId, version)
  return (version !== NETWORK && (await fromCache(version, path))) || fetch(event.request)
}

function fromCache(version, path) {
  return caches.match(address(path), { cacheName: PREFIX + version, ignoreVary: true })
}

// The file that an address means, below the scope; queries mean nothing.
function pathOf(url) {
  const path = url.pathname.slice(SCOPE.pathname.length)
  return path.endsWith("/") || !path ? `${path}index.html` : path
}

function address(path) {
  return SCOPE.href + path
}

// Pins: which version a page was opened with

const pins = new Map()

function pinned(event, version, response) {
  pin(event, event.resultingClientId, version)
  event.waitUntil(tidy())
  return response
}

// No other version can take over before this event is done, so a pin is written before anyone else needs it.
function pin(event, client, version) {
  pins.set(client, Promise.resolve(version))
  const written = caches.open(PINS).then((cache) => cache.put(pinAddress(client), new Response(version)))
  event.waitUntil(written.catch(() => {}))
}

function versionOf(client) {
  if (!pins.has(client)) {
    const found = caches.match(pinAddress(client), { cacheName: PINS }).then((response) => response?.text())
    pins.set(client, found.then((version) => version || VERSION).catch(() => VERSION))
  }
  return pins.get(client)
}

function pinAddress(client) {
  return address(`?page=${client}`)
}

// Tidying up: drops the pins of pages that are gone, and the versions that no page uses

async function tidy() {
  const names = await ownCaches()
  if (self.registration.installing || self.registration.waiting) return
  const used = new Set([CACHE, PINS])
  const cache = await caches.open(PINS)
  for (const request of await cache.keys()) {
    const client = new URL(request.url).searchParams.get("page")
    if (await self.clients.get(client)) {
      used.add(PREFIX + (await versionOf(client)))
    } else {
      pins.delete(client)
      await cache.delete(request)
    }
  }
  await Promise.all(names.filter((name) => !used.has(name)).map((name) => caches.delete(name)))
}

async function ownCaches() {
  return (await caches.keys()).filter((name) => name.startsWith(PREFIX))
}
