import type { Mistake } from '../gateway/facts.js'
import { predefinedAcls } from './conditions.js'
import type { Line, Section } from './parse.js'

const proxyKinds = ['frontend', 'backend', 'listen']

/** What `haproxy -c` would refuse, as far as reading is certain of it. */
export function findMistakes(sections: readonly Section[], absent: ReadonlySet<string>): Mistake[] {
  const proxies = sections.filter(({ kind }) => proxyKinds.includes(kind))
  const backends = new Set(proxies.filter(({ kind }) => kind !== 'frontend').map(({ name }) => name))
  return [
    ...findTwins(proxies),
    ...proxies.flatMap((section) => {
      const acls = new Set(section.lines.flatMap(({ words: [word, name = ''] }) => (word === 'acl' ? [name] : [])))
      return section.lines.flatMap((line) => [
        ...checkBackend(line, section, backends),
        ...checkAcls(line, acls),
        ...checkCertificate(line, section, absent),
      ])
    }),
  ]
}

/** A frontend and a backend may bear one name; two that take requests, or two that have servers, may not. */
function findTwins(proxies: readonly Section[]): Mistake[] {
  const known = new Map<string, Section>()
  return proxies.flatMap((section) => {
    const { kind, name, place } = section
    const twin = known.get(`${kind} ${name}`)
    if (!twin) {
      known.set(`${kind} ${name}`, section)
      return []
    }
    const where = `${twin.place.file}:${twin.place.line}`
    return [{ place, message: `${kind} '${name}' has the same name as ${kind} '${name}' declared at ${where}.` }]
  })
}

function checkBackend(
  { words: [word = '', name = ''], place }: Line,
  section: Section,
  backends: ReadonlySet<string>,
): Mistake[] {
  const isUse = word === 'use_backend' || word === 'default_backend'
  if (!isUse || name === '' || backends.has(name) || /[%$]/.test(name) || section.kind === 'backend') return []
  return [{ place, message: `Proxy '${section.name}': unable to find required ${word}: '${name}'.` }]
}

function checkAcls({ words, place }: Line, acls: ReadonlySet<string>): Mistake[] {
  const at = words.findIndex((word) => word === 'if' || word === 'unless')
  if (words[0] !== 'use_backend' || at < 0 || words.some((word) => word.includes('{'))) return []
  const names = words
    .slice(at + 1)
    .map((word) => word.replace(/^!/, ''))
    .filter((word) => !['or', '||', ''].includes(word))
  const missing = names.find((name) => !acls.has(name) && !predefinedAcls.has(name))
  return missing === undefined
    ? []
    : [{ place, message: `error detected while parsing switching rule : no such ACL : '${missing}'.` }]
}

function checkCertificate({ words, place }: Line, { kind }: Section, absent: ReadonlySet<string>): Mistake[] {
  const path = words[words.indexOf('crt') + 1] ?? ''
  if (words[0] !== 'bind' || !words.includes('crt') || !absent.has(path)) return []
  const where = `'bind ${words[1]}' in section '${kind}'`
  return [
    { place, message: `${where} : unable to stat SSL certificate from file '${path}' : No such file or directory.` },
  ]
}
