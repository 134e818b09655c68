import { knownValue } from '../fact.js'
import type { HostRecord } from '../record.js'

/**
 * What differs from host to host without making another case of it, and what stands for it. Ports and the addresses of
 * other servers stay: they say which app and which database it is.
 */
const particulars: readonly [RegExp, string][] = [
  // sample: client: 203.0.113.9, server: shop.test, request: "GET /cart HTTP/1.1"
  [/\b(client: [^,]+|(?:request|host|referrer): "[^"]*"),?/g, ''],
  // sample: 2026-11-24T10:26:31.000Z, 2026/11/24 10:26:31 +0000
  [/\b\d{4}[-/]\d\d[-/]\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)?(?:Z| ?[+-]\d\d:?\d\d)?/g, '<time>'],
  // sample: 24/Nov/2026:10:26:31 +0000
  [/\b\d\d\/[A-Z][a-z]{2}\/\d{4}(?::\d\d:\d\d:\d\d)?(?: [+-]\d{4})?/g, '<time>'],
  // sample: Nov 24 10:26:31
  [/\b[A-Z][a-z]{2} [ \d]?\d \d\d:\d\d:\d\d/g, '<time>'],
  [/\b\d\d:\d\d:\d\d\b/g, '<time>'],
  // sample: 1f0c9a7e-6b0d-4a53-9d0b-6f6f2a0c1d2e, 7f6dda8c4b1e
  [/\b[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\b|\b(?=[a-f]*\d)(?=\d*[a-f])[\da-f]{7,}\b/g, '<id>'],
  // sample: kX2v9QhLm3PzRt7WbYc1d
  [/\b(?=[\w-]*\d)(?=[\w-]*[A-Z])(?=[\w-]*[a-z])[\w-]{20,}\b/g, '<id>'],
]

// what stays: 10.0.0.5, :5432, port 3000, HTTP 502, code 1; what does not: any other number that stands alone, and ephemeral ports
const numbers =
  /(\d{1,3}(?:\.\d{1,3}){3}|(?:port |:)(?:[1-9]\d{1,3}|[12]\d{4}|3[01]\d{3})|(?:HTTP|code) \d{1,3})(?![\d.])|(?<![A-Za-z\d])\d+(?:\.\d+)?/g

/** Texts that begin alike for so long are of one shape; some patterns would take long on a text that was made to be long. */
const mostRead = 4096

/**
 * Makes the shapes of what a host says: a text without what is the host's own, its name and addresses, times, process ids,
 * counts, dates in paths, digests.
 */
export function shapeFor(host: HostRecord): (text: string) => string {
  const names = ownNames(host).map(wholeWord)
  return (text) => {
    const nameless = names.reduce((rest, name) => rest.replace(name, '<host>'), text.slice(0, mostRead))
    const timeless = particulars.reduce((rest, [pattern, mark]) => rest.replace(pattern, mark), nameless)
    return timeless.replace(numbers, (_, kept?: string) => kept ?? '#')
  }
}

/** What a host is called, the longest first: `web01.example.com` before `web01`. */
function ownNames({ name, address, facts }: HostRecord): string[] {
  const own = facts ? knownValue(facts.host) : undefined
  const names = [name, address, own?.hostname ?? '', ...(own?.addresses ?? [])]
  return [...new Set(names)]
    .filter((each) => each !== '' && !/^(?:127\.|::1$|localhost$|0\.0\.0\.0$)/.test(each))
    .toSorted((a, b) => b.length - a.length)
}

function wholeWord(name: string): RegExp {
  return new RegExp(`(?<![\\w.-])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w-]|\\.\\w)`, 'g')
}
