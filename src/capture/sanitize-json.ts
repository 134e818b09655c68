import { sanitize } from '../sanitize.js'

/** Data of a file with every string made safe for a screen: whoever wrote the file need not have been fleetdx. */
export function sanitizeJson(data: unknown): unknown {
  if (typeof data === 'string') return sanitize(data)
  if (Array.isArray(data)) return data.map(sanitizeJson)
  if (typeof data !== 'object' || data === null) return data
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [sanitize(key), sanitizeJson(value)]))
}
