import { isIPv6 } from 'node:net'
import { knownValue } from '../../fact.js'
import { joinWords } from '../../language/join-words.js'
import { t } from '../../language/language.js'
import type { Evidence, HttpAnswer } from '../../path/request-path.js'
import type { Scene } from '../define.js'

/** The answer that the public address of the path's app gave, as the inventory names it. */
export function publicAnswer({ path, fromHere = [] }: Scene): HttpAnswer | undefined {
  const url = path.app?.hint?.url
  return url === undefined ? undefined : fromHere.find((answer) => answer.url === url)
}

/** What the name of an answer was resolved to, quoted. */
export function nameEvidence({ url, resolved = [] }: HttpAnswer): Evidence {
  return { source: `getent ahosts ${new URL(url).hostname}`, text: t`${joinWords(resolved)} (asked from here)` }
}

/** The public name of the path's app with an IPv6 address of its own that is this host's; undefined where it has none. */
export function ownIpv6(scene: Scene): { text: string; address: string; port: number; evidence: Evidence } | undefined {
  const asked = publicAnswer(scene)
  const own = knownValue(scene.facts.host)?.addresses ?? []
  const address = asked?.resolved?.find((each) => isIPv6(each) && own.includes(each))
  if (!asked || address === undefined) return undefined
  return { text: new URL(asked.url).hostname, address, port: asked.port, evidence: nameEvidence(asked) }
}
