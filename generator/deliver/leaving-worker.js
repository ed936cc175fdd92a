// Stands where a service worker of a built site may be left over, as under `mkdocs serve`: the browser fetches it as
// that worker's next version, and it clears everything away.

self.addEventListener("install", () => self.skipWaiting())

self.addEventListener("activate", (event) => event.waitUntil(leave()))

async function leave() {
  const prefix = `signpost ${new URL(self.registration.scope).pathname} `
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name.startsWith(prefix)).map((name) => caches.delete(name)))
  // A page that was still loading when the worker before this one left belongs to no worker yet.
  await self.clients.claim()
  const pages = await self.clients.matchAll({ type: "window" })
  await self.registration.unregister()
  await Promise.all(pages.map((page) => page.navigate(page.url)))
}
