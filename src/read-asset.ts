import { readFileSync } from 'node:fs'

/** A text that ships beside the compiled code, by its path from the root of the sources: `report/html/style/grid.css`. */
export function readAsset(path: string): string {
  return readFileSync(new URL(path, import.meta.url), 'utf8')
}
