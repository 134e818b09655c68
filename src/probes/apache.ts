import { posix } from 'node:path'
import { findMistakes } from './apache/check.js'
import { interpretConfig, lastArg } from './apache/interpret.js'
import { type Directive, parseConfig } from './apache/parse.js'
import { apacheScript } from './apache/script.js'
import { defineProbe, type Section } from './define.js'
import { type GatewayFacts, gatewayFactsSchema } from './gateway/facts.js'
import { gatewayLibrary } from './gateway/library.js'
import { earliest, readGateway, textsOf, valueAfter, valuesAfter } from './gateway/read-output.js'

/** Apache: its processes, and its configuration read the way Apache reads it, without starting Apache. */
export default defineProbe({
  name: 'apache',
  title: 'Apache',
  needs: {},
  elevated: true,
  limits: { seconds: 15, bytes: 1536 * 1024 },
  library: gatewayLibrary,
  script: () => apacheScript,
  facts: gatewayFactsSchema,
  parse: parseApache,
})

function parseApache(section: Section): GatewayFacts {
  // It starts and ends workers with the load (MinSpareThreads of its mpm): the oldest one tells the last reload.
  const { lines, files, absent, isWhole, facts } = readGateway(section, earliest)
  const version = textsOf(section, 'version')[0] ?? ''
  const root = valueAfter(lines, 'root') ?? '/etc/apache2'
  const configuration = parseConfig({
    configFile: facts.configFile ?? '',
    root,
    files,
    absent,
    isWhole,
    modules: readModules(version),
    variables: readVariables(textsOf(section, 'variables')[0] ?? ''),
    defines: valuesAfter(lines, 'define'),
  })
  const { directives } = configuration
  return {
    ...facts,
    // sample: Server version: Apache/2.4.71 (Debian)
    version: /^Server version: Apache\/(\S+)/m.exec(version)?.[1] ?? null,
    user: lastArg(directives, 'user') ?? null,
    mistakes: isWhole ? findMistakes(configuration, absent) : configuration.mistakes,
    ...interpretConfig(directives),
    errorLogs: facts.configFile === null ? [] : findErrorLogs(directives, root),
  }
}

/** The modules compiled in, `  mod_so.c`. Those of Debian, where the program could not be asked. */
function readModules(said: string): string[] {
  const listed = [...said.matchAll(/^ {2}(\w+\.c)$/gm)].map(([, file = '']) => file)
  return listed.length > 0
    ? listed
    : ['core.c', 'http_core.c', 'mod_so.c', 'mod_log_config.c', 'mod_unixd.c', 'mod_version.c']
}

/** `APACHE_LOG_DIR=/var/log/apache2$SUFFIX`: the suffix is empty but for a second instance. */
function readVariables(text: string): Map<string, string> {
  return new Map(
    text.split('\n').flatMap((line) => {
      const at = line.indexOf('=')
      return at > 0 ? [[line.slice(0, at), line.slice(at + 1).replaceAll('$SUFFIX', '')] as const] : []
    }),
  )
}

/** Logs that are files; without any, Apache has one of its own. */
function findErrorLogs(directives: readonly Directive[], root: string): string[] {
  const scopes = [
    directives,
    ...directives.flatMap(({ name, block }) => (name === 'virtualhost' && block ? [block] : [])),
  ]
  const written = scopes.flatMap((scope) => lastArg(scope, 'errorlog') ?? [])
  const hasOwn = lastArg(directives, 'errorlog') !== undefined
  const files = [...(hasOwn ? [] : ['logs/error_log']), ...written].filter(
    (log) => !/^(?:syslog|\||\/dev\/)|\$\{/.test(log),
  )
  return [...new Set(files.map((log) => posix.resolve(root, log)))]
}
