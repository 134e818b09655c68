import { readFileSync } from 'node:fs'

/** A line of ssh_config: its keyword in lower case, and what stands behind it. */
export interface SshLine {
  keyword: string
  text: string
}

/** The lines between two `Host` or `Match` lines; all of `conditions` must hold, those of including files, too. */
export interface SshBlock {
  conditions: SshLine[]
  lines: SshLine[]
}

/** Every file that `ssh -vvv` says it has read: those that it begins with, and those that each `Include` line stands for. */
interface ReadFiles {
  outermost: string[]
  included: Map<string, Set<string>>
}

/** ssh reads no deeper itself. */
const DEEPEST = 16

/** ssh cuts the names of files in its messages here. */
const LONGEST_NAME = 199

/**
 * The blocks of the files that `ssh -vvv` told that it read, in its own order: what `Include` stands for is thereby
 * decided by ssh itself. Undefined where that cannot be followed.
 */
export function readSshBlocks(messages: string): SshBlock[] | undefined {
  const files = listReadFiles(messages)
  if (files.outermost.length === 0) return undefined
  try {
    return files.outermost.flatMap((file) => readFile(file, files, [], 0))
  } catch {
    return undefined
  }
}

function listReadFiles(messages: string): ReadFiles {
  const files: ReadFiles = { outermost: [], included: new Map() }
  let expected: string | undefined
  for (const message of messages.split(/\r?\n/)) {
    // `Match final` has all files read again.
    if (/^debug\d: re-parsing configuration/.test(message)) break
    // sample: debug3: /etc/ssh/ssh_config line 19: Including file /etc/ssh/ssh_config.d/a.conf depth 0 (parse only)
    const [, file = '', line = '', child] =
      /^debug\d: (.*) line (\d+): Including file (.*) depth \d+(?: \(parse only\))?$/.exec(message) ?? []
    // sample: debug1: Reading configuration data /etc/ssh/ssh_config
    const read = /^debug\d: Reading configuration data (.*)$/.exec(message)?.[1]
    if (child !== undefined) {
      const place = toPlace(file, Number(line))
      files.included.set(place, (files.included.get(place) ?? new Set()).add(child))
      expected = child
    } else if (read !== undefined) {
      if (read !== expected) files.outermost.push(read)
      expected = undefined
    }
  }
  return files
}

function toPlace(file: string, line: number): string {
  return `${line} ${file}`
}

/** Throws what the file system says. */
function readFile(file: string, files: ReadFiles, outer: SshLine[], depth: number): SshBlock[] {
  if (depth > DEEPEST || file.length > LONGEST_NAME) throw new Error('it cannot be followed')
  let block: SshBlock = { conditions: outer, lines: [] }
  const blocks = [block]
  const open = (conditions: SshLine[]) => {
    block = { conditions, lines: [] }
    blocks.push(block)
  }
  for (const [index, text] of readFileSync(file, 'utf8').split('\n').entries()) {
    const line = parseLine(text)
    if (line?.keyword === 'host' || line?.keyword === 'match') open([...outer, line])
    else if (line?.keyword === 'include') {
      const { conditions } = block
      const children = files.included.get(toPlace(file, index + 1)) ?? []
      blocks.push(...[...children].flatMap((child) => readFile(child, files, conditions, depth + 1)))
      open(conditions)
    } else if (line) block.lines.push(line)
  }
  return blocks
}

function parseLine(text: string): SshLine | undefined {
  // sample: "  HostName = web1.example.com", "User deploy"
  const [, keyword, value] = /^\s*([A-Za-z][A-Za-z0-9]*)(?:\s*=\s*|\s+)(.*?)\s*$/.exec(text) ?? []
  return keyword === undefined || value === undefined ? undefined : { keyword: keyword.toLowerCase(), text: value }
}

/** The words of a line; quotes keep what is between them together, as in ssh. */
export function splitWords(text: string): string[] {
  // sample: "/a b/c" /d 'e f' -> three words
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, one, other, bare]) => one ?? other ?? bare ?? '')
}
