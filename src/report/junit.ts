import XmlBuilder from 'fast-xml-builder'
import { joinClauses } from '../language/join-words.js'
import { t } from '../language/language.js'
import type { HostRecord, RunRecord } from '../record.js'
import { sanitize, sanitizeLine } from '../sanitize.js'
import { quoteEvidence, scriptRemedy } from './problems.js'

const attribute = '@'
const textNode = '#text'

type Outcome = Partial<Record<'failure' | 'error' | 'skipped', object>>

/**
 * JUnit's XML, as Jenkins, GitLab and their like read it: the run is a suite, a host a test case, its first group the class
 * that it is listed under. Valid by the schema of Jenkins, and made to that of Ant. Degraded and broken is a failure;
 * unreachable an error: the test could not be made; unknown is skipped, for a test that saw neither good nor bad has no
 * result, and so is what is waived.
 */
export function renderJunit(record: RunRecord): string {
  const builder = new XmlBuilder({
    ...{ attributeNamePrefix: attribute, ignoreAttributes: false, textNodeName: textNode },
    ...{ format: true, suppressEmptyNode: true },
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build({ testsuites: { testsuite: toSuite(record) } })}`
}

function toSuite({ hosts, startedAt, elapsedMs, fleetdxVersion }: RunRecord) {
  const cases = hosts.map((host) => ({ host, outcome: judge(host) }))
  const count = (kind: keyof Outcome) => cases.filter(({ outcome }) => outcome[kind] !== undefined).length
  const counts = { failures: count('failure'), errors: count('error'), skipped: count('skipped') }
  return {
    ...attributes({ name: 'fleetdx', package: 'fleetdx', id: 0, hostname: 'localhost' }),
    ...attributes({ tests: hosts.length, ...counts, time: elapsedMs / 1000 }),
    // Ant's schema allows no time zone: this is UTC.
    ...attributes({ timestamp: startedAt.slice(0, 19) }),
    properties: { property: attributes({ name: 'fleetdx.version', value: fleetdxVersion }) },
    testcase: cases.map(({ host, outcome }) => ({ ...identify(host), ...outcome })),
    'system-out': '',
    'system-err': '',
  }
}

function identify({ name, groups: [group], elapsedMs }: HostRecord) {
  return attributes({ name, classname: group === undefined ? 'fleetdx' : `fleetdx.${group}`, time: elapsedMs / 1000 })
}

function judge(host: HostRecord): Outcome {
  const { status, verdict, causes, reason, isWaived, waivers } = host
  if (status === 'healthy') return {}
  if (isWaived) {
    const why = waivers.map(({ reason, owner, until }) => t`waived until ${until} by ${owner}: ${reason}`)
    return { skipped: attributes({ message: joinClauses(why) }) }
  }
  if (status === 'unknown') return { skipped: attributes({ message: verdict }) }
  const type = causes[0]?.id ?? reason?.reason ?? status
  const told = { ...attributes({ message: verdict, type }), [textNode]: toXmlText(describe(host)) }
  return status === 'unreachable' ? { error: told } : { failure: told }
}

/** What stands within a failure: each cause with its evidence and its remedy, or why there was no session. */
function describe({ causes, reason, trouble }: HostRecord): string {
  const found = causes.flatMap(({ summary, id, evidence, remedy }) => [
    t`${sanitizeLine(summary)} (${id})`,
    ...quoteEvidence(evidence),
    ...scriptRemedy(remedy),
    '',
  ])
  const reach = reason ? [reason.message, ...(reason.mend === null ? [] : [reason.mend]), ''] : []
  return ['', ...reach, ...found, ...trouble.map(sanitizeLine)].join('\n')
}

/** Attributes as the builder wants them, their text in one line. */
function attributes(values: Readonly<Record<string, string | number>>) {
  const write = (value: string | number) => (typeof value === 'string' ? toXmlText(sanitizeLine(value)).trim() : value)
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [attribute + name, write(value)]))
}

/** Without what XML 1.0 has no place for, escaped or not: controls, halves of surrogates, U+FFFE and U+FFFF. */
function toXmlText(text: string): string {
  return Buffer.from(sanitize(text))
    .toString()
    .replaceAll(/[\ufffe\uffff]/g, '')
}
