/** Where a value is in the pool. */
export type Ref = number

/** Values of JSON in which each different part is kept once: hosts of a fleet say much the same. */
export interface Pool {
  /** Scalars as they are; of lists and objects, the places of their parts. */
  values: unknown[]
  /** Puts a value in, if it is not there yet, and says where it is. */
  put(value: unknown): Ref
}

/** `browser/unpack.js` reads it. Parts that are undefined are left out. */
export function createPool(): Pool {
  const values: unknown[] = []
  const places = new Map<string, Ref>()
  const keep = (key: string, value: unknown): Ref => {
    const known = places.get(key)
    if (known !== undefined) return known
    places.set(key, values.length)
    return values.push(value) - 1
  }
  const put = (value: unknown): Ref => {
    if (typeof value === 'string') return keep(`"${value}`, value)
    if (typeof value !== 'object' || value === null) return keep(`${value}`, value)
    const parts = Array.isArray(value) ? value.map(put) : mapValues(value, put)
    return keep(JSON.stringify(parts), parts)
  }
  return { values, put }
}

function mapValues(object: object, put: (value: unknown) => Ref): Record<string, Ref> {
  const parts: Record<string, Ref> = {}
  for (const [key, value] of Object.entries(object)) if (value !== undefined) parts[key] = put(value)
  return parts
}
