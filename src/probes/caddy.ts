import { buildSites } from './caddy/build-sites.js'
import { type Caddyfile, parseCaddyfile, type Segment } from './caddy/parse.js'
import { readJsonConfig } from './caddy/read-json-config.js'
import { readDefaults, readSites } from './caddy/read-sites.js'
import { caddyScript } from './caddy/script.js'
import { defineProbe, type Section } from './define.js'
import { type GatewayFacts, gatewayFactsSchema, type Mistake } from './gateway/facts.js'
import { gatewayLibrary } from './gateway/library.js'
import { type Found, readGateway, textsOf, valueAfter } from './gateway/read-output.js'

/** Caddy: its process, and its configuration as its file has it; without a file, as Caddy itself has kept it. */
export default defineProbe({
  name: 'caddy',
  title: 'Caddy',
  needs: {},
  elevated: true,
  limits: { seconds: 10, bytes: 1024 * 1024 },
  library: gatewayLibrary,
  script: () => caddyScript,
  facts: gatewayFactsSchema,
  parse: parseCaddy,
})

function parseCaddy(section: Section): GatewayFacts {
  const found = readGateway(section)
  const { facts } = found
  // sample: v2.8.4 h1:q3pe0wpBj1OcHFZ3n/1nl4V4bxBrYoSoab7rL9BMYNk=, 2.6.2
  const version = /^v?(\d+\.\S+)/m.exec(textsOf(section, 'version')[0] ?? '')?.[1] ?? null
  const user = valueAfter(found.lines, 'user') ?? null
  return { ...facts, workersStartedMs: findLoaded(found), version, user, ...readConfig(found) }
}

function readConfig({ facts: { configFile }, files, absent, isWhole }: Found): Partial<GatewayFacts> {
  const text = files.get(configFile ?? '')?.text
  if (configFile === null || text === undefined) return {}
  if (configFile.endsWith('.json') || /^\s*\{\s*"/.test(text)) {
    if (!isWhole) return {}
    const { served, known } = readJsonConfig(text, configFile)
    return buildSites(served, known)
  }
  const caddyfile = parseCaddyfile(configFile, files, absent)
  const mistakes = [...caddyfile.mistakes, ...findMissingCertificates(caddyfile.sites, absent)]
  const known = readDefaults(caddyfile)
  return { mistakes, ...buildSites(readSites(caddyfile, known), known), errorLogs: findErrorLogs(caddyfile) }
}

/** Caddy takes a changed configuration over without a new process, and writes it down then. */
function findLoaded({ lines, facts: { startedMs } }: Found): number | null {
  const [seconds = ''] = (valueAfter(lines, 'loaded') ?? '').split(' ')
  return startedMs === null || !/^\d+$/.test(seconds) ? startedMs : Math.max(startedMs, Number(seconds) * 1000)
}

function findMissingCertificates(sites: readonly Segment[], absent: ReadonlySet<string>): Mistake[] {
  return sites.flatMap(({ block = [] }) =>
    block.flatMap(({ words: [name, ...files], place }) => {
      const missing = name === 'tls' ? files.find((file) => absent.has(file)) : undefined
      return missing === undefined
        ? []
        : [{ place, message: `loading certificates: open ${missing}: no such file or directory` }]
    }),
  )
}

/** The files of the global `log`; without any, errors go to the journal. */
function findErrorLogs({ options }: Caddyfile): string[] {
  const outputs = options
    .filter(({ words }) => words[0] === 'log')
    .flatMap(({ block = [] }) => block.map(({ words }) => words))
  return [
    ...new Set(
      outputs.flatMap(([name, kind, path]) =>
        name === 'output' && kind === 'file' && path?.startsWith('/') ? [path] : [],
      ),
    ),
  ]
}
