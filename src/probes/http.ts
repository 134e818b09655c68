import { ParseError } from '../errors.js'
import { knownValue } from '../fact.js'
import { joinScripts, sh } from '../shell.js'
import apache from './apache.js'
import caddy from './caddy.js'
import { defineProbe } from './define.js'
import haproxy from './haproxy.js'
import host from './host.js'
import { askAll, askFound, httpWords, mostRepeated } from './http/ask.js'
import { type HttpAnswer, type HttpRequest, httpFactsSchema } from './http/facts.js'
import { joinSamples } from './http/join-samples.js'
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
  needs: { apache, caddy, haproxy, host, listeners, nginx, pm2, processes },
  // Fifty answers to each of the requests that are made again are some 350 KiB.
  limits: { seconds: 18, bytes: 512 * 1024 },
  library: httpWords,
  script: (facts, apps, samples = 1) => {
    const requests = planRequests({
      host: knownValue(facts.host),
      listeners: knownValue(facts.listeners),
      nginx: knownValue(facts.nginx),
      apache: knownValue(facts.apache),
      caddy: knownValue(facts.caddy),
      haproxy: knownValue(facts.haproxy),
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
      askAll(requests.slice(0, mostRequests), nodePaths, { samples, again: chooseRepeated(requests) }),
    ])
  },
  alone: askFound,
  facts: httpFactsSchema,
  parse: ({ text, parts, blind }) => {
    const tool = new KeyLines(text).first('tool')
    if (tool === null) throw new ParseError(blind[0]?.what ?? 'no client told what it is')
    return { tool, answers: joinSamples(parts.map(readAnswer)).toSorted(inOrder) }
  },
})

/** Of what visitors ask for first; the order that requests are planned in tells which of the others matters most. */
function chooseRepeated(requests: readonly HttpRequest[]): HttpRequest[] {
  const isEntry = ({ vantage }: HttpRequest) => vantage === 'gateway'
  return [...requests.filter(isEntry), ...requests.filter((request) => !isEntry(request))].slice(0, mostRepeated)
}

/** Answers arrive in whatever order they are ready. */
function inOrder(one: HttpAnswer, other: HttpAnswer): number {
  const key = ({ vantage, url, address, unixPath }: HttpAnswer) => `${vantage} ${url} ${address} ${unixPath}`
  return key(one) < key(other) ? -1 : 1
}
