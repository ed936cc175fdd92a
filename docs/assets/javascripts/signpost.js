// Starts the tools that a page asks for with data-tool. Each is a module that exports start(element).

const tools = {
  map: () => import("./map.js"),
  offline: () => import("./offline.js"),
  practice: () => import("./practice/page.js"),
  read: () => import("./read.js"),
  reader: () => import("./reader/page.js"),
}

async function start(element) {
  element.dataset.started = ""
  const tool = await tools[element.dataset.tool]()
  await tool.start(element)
}

// Material announces every page view, the first included.
window.document$.subscribe(() => document.querySelectorAll("[data-tool]:not([data-started])").forEach(start))

// Popups on links, and saving the site for reading offline, wait until the page is done.
const whenIdle = window.requestIdleCallback ?? ((work) => setTimeout(work, 2000))
window.addEventListener("load", () => whenIdle(() => import("./terms.js").then((terms) => terms.start())))
window.addEventListener("load", () => whenIdle(() => import("./offline.js").then(({ keep }) => keep())))
