import type { z } from 'zod'
import type { Blind, Fact } from '../fact.js'
import type { AppHint } from '../inventory/host.js'
import type { Script } from '../shell.js'
import { checkFacts } from './check-facts.js'

/** A piece of a section that the script announced by `part KIND LABEL`: a file, an app, a request. */
export interface Part {
  kind: string
  /** What the piece is about: the rest of the announcing line, often a path. */
  label: string
  text: string
}

/**
 * What came back for one probe: the text before the first part, the parts, and how it ended.
 * The text is decoded, free of terminal controls, and its secrets are masked.
 */
export interface Section {
  probe: string
  text: string
  parts: Part[]
  /** What the script itself said that it could not see, by `cannot REASON WHAT`. */
  blind: Blind[]
  /** null where the end did not arrive. */
  exitCode: number | null
  elapsedMs: number
  /** Why the output is not whole, if it is not. */
  cut?: 'deadline' | 'size-limit' | 'connection-lost'
  /** The user id that it ran as. */
  uid: number
}

/** Facts of the first round that a probe of the second round builds its script from. */
export type Needs = Record<string, AnyProbe>
type FactsOf<N extends Needs> = { [K in keyof N]: Fact<z.infer<N[K]['facts']>> }

/**
 * A probe: one thing to find out on a host. It says what runs there (POSIX sh, read-only), what shape its facts have,
 * and how the output becomes facts. One file a probe; `probes/index.ts` lists them.
 *
 * Its script may use the words of `collect/prelude.ts`: `part`, `cannot`, `has`, `as_user`.
 */
export interface Probe<F extends z.ZodType = z.ZodType, N extends Needs = Needs> {
  /** Also the file's name, the folder of its fixtures, and the key of its facts. */
  name: string
  /** What it looks at, in a few words, for lists and for "could not be seen". */
  title: string
  /** Facts it builds on. With none it runs in the first round, else in the second. */
  needs: N
  /** Whether root sees more than a plain user: such probes run under sudo where that is allowed. */
  elevated: boolean
  /** Whether it waits for all others of its round, so that the time it takes costs nobody else. */
  runsLast?: boolean
  /** Limits that the remote side itself keeps. */
  limits: { seconds: number; bytes: number }
  /** Function definitions that the script gives to `as_user`; their names start with the probe's. */
  library?: Script
  /**
   * What runs on the host; undefined when there is nothing to ask there. `samples` is how often what one answer does not
   * settle is asked: once, when not given.
   */
  script: (facts: FactsOf<N>, apps: readonly AppHint[], samples?: number) => Script | undefined
  /**
   * What a probe of the second round runs in the stand-alone script, where nobody has read the first round: the words of
   * `stand-alone/found.ts` tell what that script itself found. Without it the probe is left out there.
   */
  alone?: Script
  facts: F
  /** Throws ParseError, and nothing else, for text that it cannot read. Never called when nothing arrived. */
  parse: (section: Section) => z.infer<F>
}

// biome-ignore lint/suspicious/noExplicitAny: the one place where probes of all shapes meet; each is checked where it is defined
export type AnyProbe = Probe<any, any>

type ProbeDefinition<F extends z.ZodType, N extends Needs> = Omit<Probe<F, N>, 'elevated' | 'limits'> & {
  elevated?: boolean
  limits?: { seconds?: number; bytes?: number }
}

const defaultLimits = { seconds: 5, bytes: 256 * 1024 }

/** Defines a probe; by default it runs as the plain user, for at most 5 seconds, and may print 256 KiB. */
export function defineProbe<F extends z.ZodType, const N extends Needs>(
  definition: ProbeDefinition<F, N>,
): Probe<F, N> {
  return {
    ...definition,
    elevated: definition.elevated ?? false,
    limits: { ...defaultLimits, ...definition.limits },
    parse: (section) => checkFacts(definition.facts, definition.parse(section)),
  }
}

/** Whether a probe builds on facts of the first round. */
export function isSecondRound(probe: AnyProbe): boolean {
  return Object.keys(probe.needs).length > 0
}
