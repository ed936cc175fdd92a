// Where the site is, and its data files.

/** The address of the site's root. */
export const root = new URL("../../", import.meta.url)

const loaded = new Map()

/** A JSON file of the site, by its path below the root; fetched once per page view. Rejects where it cannot be had. */
export function load(path) {
  if (!loaded.has(path)) {
    const file = fetch(new URL(path, root)).then((response) => {
      if (!response.ok) throw new Error(`${path}: ${response.status}`)
      return response.json()
    })
    file.catch(() => loaded.delete(path))
    loaded.set(path, file)
  }
  return loaded.get(path)
}
