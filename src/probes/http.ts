import { ParseError } from '../errors.js'
import { knownValue } from '../fact.js'
import { joinScripts, sh } from '../shell.js'
import { defineProbe } from './define.js'
import host from './host.js'
import { askAll, askFound, httpWords } from './http/ask.js'
import { type HttpAnswer, httpFactsSchema } from './http/facts.js'
import { planRequests } from './http/plan-requests.js'
import { readAnswer } from './http/read-answer.js'
import { KeyLines } from './key-lines.js'
import listeners from './listeners.js'
import nginx from './nginx.js'
import pm2 from './pm2.js'
import processes from './processes.js'

export type { HttpAnswer, HttpFacts, HttpRequest } from './http/facts.js'

const mostRequests = 40

export default defineProbe({
  name: 'http',
  title: 'HTTP answers seen from the host',
  needs: { host, listeners, nginx, pm2, processes },
  limits: { seconds: 18 },
  library: httpWords,
  script: (facts, apps) => {
    const requests = planRequests({
      host: knownValue(facts.host),
      listeners: knownValue(facts.listeners),
      nginx: knownValue(facts.nginx),
      pm2: knownValue(facts.pm2),
      processes: knownValue(facts.processes),
      apps,
    })
    if (requests.length === 0) return undefined
    const surplus = requests.length - mostRequests
    const nodePaths = (knownValue(facts.pm2)?.daemons ?? []).flatMap(({ nodePath }) => nodePath ?? [])
    return joinScripts([
      ...(surplus > 0
        ? [sh`cannot size-limit ${`${surplus} more HTTP answers: at most ${mostRequests} requests are made`}`]
        : []),
      askAll(requests.slice(0, mostRequests), nodePaths),
    ])
  },
  alone: askFound,
  facts: httpFactsSchema,
  parse: ({ text, parts, blind }) => {
    const tool = new KeyLines(text).first('tool')
    if (tool === null) throw new ParseError(blind[0]?.what ?? 'no client told what it is')
    return { tool, answers: parts.map(readAnswer).toSorted(inOrder) }
  },
})

/** Answers arrive in whatever order they are ready. */
function inOrder(one: HttpAnswer, other: HttpAnswer): number {
  const key = ({ vantage, url, address, unixPath }: HttpAnswer) => `${vantage} ${url} ${address} ${unixPath}`
  return key(one) < key(other) ? -1 : 1
}
