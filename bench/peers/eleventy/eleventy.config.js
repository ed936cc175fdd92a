import fs from "node:fs"
import yaml from "js-yaml"
import markdownIt from "markdown-it"
import anchor from "markdown-it-anchor"
import deflist from "markdown-it-deflist"
import footnote from "markdown-it-footnote"

const LINK = /\[\[(?:(service|decision):)?([a-z][a-z0-9-]*)(?:\|([^[\]|]+))?\]\]/g

/** Id → record of one kind. */
const read = (kind) => Object.fromEntries(fs.readdirSync(`records/${kind}s`).sort().map((file) =>
  [file.replace(/\.yml$/, ""), yaml.load(fs.readFileSync(`records/${kind}s/${file}`, "utf8"), { schema: yaml.CORE_SCHEMA })]))

export default function (config) {
  const markdown = markdownIt().use(anchor).use(deflist).use(footnote)
  config.addWatchTarget("records")
  config.addGlobalData("records", () => {
    const records = Object.fromEntries(["concept", "decision", "service", "source"].map((kind) => [kind, read(kind)]))
    const all = Object.entries(records.concept).map(([id, record]) => ({ id, record }))
    return {
      ...records,
      all,
      pages: Object.assign({}, ...Object.values(records.source).map((source) => source.pages)),
      menu: byKind(all),
    }
  })
  config.addFilter("markdown", (text, records) => markdown.render(text.replace(LINK, (_, kind = "concept", id, label) => {
    const target = records[kind][id]
    const address = { concept: `/concepts/${id}/`, service: target.url }[kind]
    const name = label || target.short_name || target.name
    return address ? `[${name}](${address})` : name
  })))
  config.addFilter("contents", (html) => [...html.matchAll(/<h2 id="([^"]+)"[^>]*>(.*?)<\/h2>/g)])
  config.addFilter("entries", (pages) => JSON.stringify(pages.map(({ url, data, templateContent }) =>
    ({ location: url, title: data.concept.record.name, text: plain(templateContent.split("</aside>")[1]) }))))
}

/** The words of a page. */
const plain = (html) => html.replace(/<[^>]+>/g, " ")

/** Kind → pages. */
function byKind(all) {
  const groups = new Map()
  for (const page of all) groups.set(page.record.kind, [...(groups.get(page.record.kind) ?? []), page])
  return groups
}
