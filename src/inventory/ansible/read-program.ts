import { availableParallelism } from 'node:os'
import pLimit from 'p-limit'
import { UserError } from '../../errors.js'
import { t } from '../../language/language.js'
import type { Environment } from '../account.js'
import { parseJson } from '../formats.js'
import { isMapping } from './ansible-yaml.js'
import { readList } from './read-list.js'
import { runProgram } from './run-program.js'
import type { HostTree } from './tree.js'

/** Where programs are run. */
export interface RunContext {
  cwd: string
  env: Environment
}

/** For everything that one program is asked. */
const DEADLINE_MS = 60_000

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Runs an inventory program with `--list`, and adds the groups that it prints to the tree; with `--host NAME` for every host, where it
 * prints no `_meta`. What `takes` accepts is no such list, and is returned as it was printed. Throws UserError.
 */
export async function readProgram(
  file: string,
  tree: HostTree,
  { cwd, env }: RunContext,
  takes: (data: Record<string, unknown>) => boolean = () => false,
): Promise<string | undefined> {
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(), DEADLINE_MS)
  // In a group of its own a program does not hear Ctrl-C.
  const stop = (signal: NodeJS.Signals) => {
    controller.abort()
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal)
  }
  for (const signal of SIGNALS) process.once(signal, stop)
  const limit = pLimit(Math.max(4, availableParallelism()))
  const run = (...words: string[]) =>
    runProgram(file, words, { cwd, env, signal: controller.signal, deadline: `${DEADLINE_MS / 1000} s` })
  try {
    const printed = await run('--list')
    const data = parsePrinted(printed, file, '--list')
    if (takes(data)) return printed
    await readList(data, file, tree, (host) => limit(() => askHost(host, file, run)))
    return undefined
  } finally {
    clearTimeout(timer)
    for (const signal of SIGNALS) process.off(signal, stop)
    controller.abort()
  }
}

async function askHost(host: string, file: string, run: (...words: string[]) => Promise<string>): Promise<unknown> {
  const printed = await run('--host', host)
  return printed.trim() === '' ? {} : parsePrinted(printed, file, `--host ${host}`)
}

function parsePrinted(printed: string, file: string, words: string): Record<string, unknown> {
  const data = parseJson(printed)
  if (isMapping(data)) return data
  const shown = printed.trim() === '' ? t`nothing` : JSON.stringify(printed.trim().slice(0, 60))
  const mend = t`see what it prints: ${file} ${words}`
  throw new UserError(t`'${file} ${words}' must print a JSON object, and printed ${shown}`, { place: { file }, mend })
}
