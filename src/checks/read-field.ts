/** A field of a JSON text by its path, `items.0.state`, if it is there. */
export function readField(text: string, path: string): { value: unknown } | 'missing' | 'not-json' {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return 'not-json'
  }
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return 'missing'
    value = Reflect.get(value, key)
  }
  return { value }
}
