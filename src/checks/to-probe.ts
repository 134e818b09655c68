import { z } from 'zod'
import { ParseError } from '../errors.js'
import type { Check } from '../inventory/check-schema.js'
import { t } from '../language/language.js'
import { defineProbe, type Probe, type Section } from '../probes/define.js'
import { joinScripts, type Script, sh } from '../shell.js'
import { checkWords } from './words.js'

const defaultTimeoutMs = 10_000

/** What a check saw: how its command ended and what it wrote, or what a URL answered. */
const seenSchema = z.object({
  exitCode: z.number(),
  /** What it printed, or the body of the answer; not `isWhole` = its beginning. */
  output: z.string(),
  isWhole: z.boolean(),
  /** What it wrote to standard error. */
  errors: z.string(),
  /** The HTTP status; null where nothing answered, or nothing was asked. */
  status: z.number().nullable(),
})
export type Seen = z.infer<typeof seenSchema>

/** A check as a probe: its command travels, runs and is limited like all others. */
export function toProbe(check: Check): Probe<typeof seenSchema> {
  const isPage = check.url !== undefined
  const seconds = Math.ceil((check.timeout ?? defaultTimeoutMs) / 1000)
  return defineProbe({
    // No built-in probe has a name like it.
    name: `check-${check.name}`,
    title: t`the check ${check.name}`,
    needs: {},
    elevated: check.sudo,
    runsLast: true,
    // A client that gives up by itself can still say why.
    limits: { seconds: isPage ? seconds + 1 : seconds },
    library: checkWords,
    script: () => scriptOf(check, seconds),
    facts: seenSchema,
    parse: (section) => readSeen(section, isPage),
  })
}

function scriptOf({ name, command, url, nagios, sudo }: Check, seconds: number): Script {
  const run =
    url === undefined
      ? sh`check_run /bin/sh -c ${command ?? nagios ?? ':'}`
      : sh`http_choose && check_run check_page ${url} ${seconds}`
  if (!sudo) return run
  // Without the right it would tell of something else.
  return joinScripts([sh`[ "$fx_uid" = 0 ] || { cannot permission ${`the check ${name}`}; return; }`, run])
}

/** Throws ParseError for a section without its end. */
function readSeen({ text, parts, exitCode, cut }: Section, isPage: boolean): Seen {
  if (cut !== undefined || exitCode === null) throw new ParseError('it did not come to its end')
  const errors = parts.find(({ kind }) => kind === 'errors')?.text ?? ''
  const isWhole = !parts.some(({ kind }) => kind === 'more')
  const page = isPage ? readPage(text, errors) : { status: null, output: text }
  return { exitCode, ...page, isWhole, errors: errors.trim() }
}

function readPage(text: string, errors: string): Pick<Seen, 'status' | 'output'> {
  // sample: tool curl\nHTTP/1.1 200 OK\nServer: nginx\n\n{"state":"up"}
  const [, status, output = ''] = /^HTTP\/[0-9.]+ (\d{3})\b[^\n]*\n(?:[^\n]+\n)*(?:\n([\s\S]*))?/m.exec(text) ?? []
  // Of a redirect that it does not follow, wget tells on standard error only: `  HTTP/1.1 301 Moved Permanently`.
  const code = status ?? /^ *HTTP\/[0-9.]+ (\d{3})\b/m.exec(errors)?.[1]
  return { status: code === undefined ? null : Number(code), output }
}
