import { defineProbe, type Section } from './define.js'
import { type GatewayFacts, gatewayFactsSchema } from './gateway/facts.js'
import { gatewayLibrary } from './gateway/library.js'
import { readGateway, textsOf, valuesAfter } from './gateway/read-output.js'
import { lastWords } from './haproxy/backends.js'
import { findMistakes } from './haproxy/check.js'
import { interpretConfig } from './haproxy/interpret.js'
import { parseConfig } from './haproxy/parse.js'
import { haproxyScript } from './haproxy/script.js'

/** HAProxy: its processes, and its configuration, read without starting HAProxy. */
export default defineProbe({
  name: 'haproxy',
  title: 'HAProxy',
  needs: {},
  elevated: true,
  limits: { seconds: 8, bytes: 1024 * 1024 },
  library: gatewayLibrary,
  script: () => haproxyScript,
  facts: gatewayFactsSchema,
  parse: parseHaproxy,
})

function parseHaproxy(section: Section): GatewayFacts {
  const { lines, files, absent, isWhole, facts } = readGateway(section)
  const { sections, mistakes } = parseConfig([...files.values()])
  const global = sections.filter(({ kind }) => kind === 'global').flatMap((section) => section.lines)
  const logs = sections.some((each) => each.lines.some(({ words }) => words[0] === 'log'))
  return {
    ...facts,
    // sample: HAProxy version 2.6.12-1+deb12u4 2026/10/17, HA-Proxy version 1.8.27 2020/11/06
    version: /^HA-?Proxy version (\d[\d.]*)/m.exec(textsOf(section, 'version')[0] ?? '')?.[1] ?? null,
    user: lastWords(global, 'user')?.[0] ?? null,
    mistakes: isWhole ? [...mistakes, ...findMistakes(sections, absent)] : mistakes,
    ...interpretConfig(sections),
    errorLogs: logs ? valuesAfter(lines, 'log') : [],
  }
}
