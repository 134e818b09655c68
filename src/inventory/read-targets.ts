import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { UserError } from '../errors.js'
import { t } from '../language/language.js'

/** The words that say which hosts: `-` stands for the lines of standard input, without blank ones and `#` comments. */
export async function readTargets(targets: readonly string[], stdin: Readable): Promise<string[]> {
  if (!targets.includes('-')) return [...targets]
  const lines = await readLines(stdin)
  if (lines.length === 0) {
    // Falling back to every host here would turn an empty list into the whole fleet.
    throw new UserError(t`standard input names no host`, {
      mend: t`give one target a line, or leave '-' out for all hosts`,
    })
  }
  return [...targets.filter((target) => target !== '-'), ...lines]
}

async function readLines(stdin: Readable): Promise<string[]> {
  const lines: string[] = []
  for await (const line of createInterface({ input: stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    const target = line.trim()
    if (target !== '' && !target.startsWith('#')) lines.push(target)
  }
  return lines
}
