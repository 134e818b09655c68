import type { CustomFacts } from '../fact.js'
import type { UpstreamHost } from '../path/follow-upstream.js'
import type { EdgeId, Evidence, HttpAnswer, RequestPath } from '../path/request-path.js'
import type { Facts } from '../probes/index.js'
import type { Script } from '../shell.js'

/** How sure a cause is, when it holds. */
export type Confidence = 'high' | 'medium' | 'low'

/** One step of a remedy. The tool names it; it never runs it. */
export interface RemedyStep {
  /** The exact command for this host; absent where only a person can act. */
  command?: Script
  /** What the step does. */
  note: string
  /** What it costs or can break, in a few words; `none` where it only shows something. */
  risk: string
}

/** What a cause is judged on: one request path of one host, and all facts of that host. */
export interface Scene {
  path: RequestPath
  facts: Facts
  /** Facts of probes that are not built in: `factOf` reads them. */
  custom?: CustomFacts
  /** Every answer that its public addresses gave from here; the one of this path is `path.fromHere`. */
  fromHere?: readonly HttpAnswer[]
  /** What the host's clock is ahead of the one of the machine that ran the check; absent where that is not known. */
  clockSkewMs?: number
  /** The host of the same run that the path leads to, where it is one: with its own facts and causes. */
  upstreamHost?: UpstreamHost
  /** The user that the check logged in as: remedies say `sudo` where another user or root is needed. */
  login: string
}

/** A cause that holds on a path. */
export interface Holds {
  holds: true
  confidence: Confidence
  /** It is not what fails requests now, but will be later: once another cause is mended, or at the next restart. */
  isLatent?: boolean
  /** It is no problem, now or later, but worth knowing: it changes neither the verdict nor the status. */
  isNote?: boolean
  /** What it is about: the app, a file, a mount. The same cause with the same subject on two paths is one cause. */
  subject: string
  /** The verdict in one line, with the names and numbers of this host. */
  summary: string
  evidence: Evidence[]
  /** What speaks against it, where something does. */
  against?: Evidence[]
  remedy: RemedyStep[]
}

/** A cause that could be the one, but what decides it could not be seen. */
export interface Undecided {
  holds: null
  /** What is missing. */
  because: string
  /** The one command that would decide it, as it is to be typed, or the permission, in a few words. */
  decide?: string
}

type Judgement = Holds | Undecided | undefined

/** The part of the chain that a cause belongs to, deepest last. */
export type Layer = 'network' | 'gateway' | 'listener' | 'pm2' | 'app' | 'environment' | 'build' | 'resources'

/**
 * What is true of a cause on every host, as `fleetdx explain` tells it. `<app>`, `<port>`, `<user>`, `<file>` stand for
 * what a host has there. Each text is a sentence or a clause, without a full stop.
 */
export interface Runbook {
  /** What visitors and operators notice. */
  symptom: string
  /** What is seen wherever it is named. */
  signs: readonly string[]
  /** What speaks against it, and what looks like it: how to tell them apart. */
  against: readonly string[]
  /** The steps in their order. */
  remedy: readonly { step: string; risk: string }[]
}

/**
 * A root cause: one way in which a path breaks. One file a cause, named as its id, in the folder
 * of its layer, whose `index.ts` lists it.
 * `judge` is pure: undefined = it does not hold here.
 */
export interface Cause {
  id: string
  /** What is wrong, in a few words that fit a table. */
  title: string
  layer: Layer
  /** The link of the path that it breaks: of two causes that do not explain each other, the one met first is the root. */
  breaks: EdgeId
  /** Ids of causes that follow from this one, and so are its consequences where both hold. */
  explains: readonly string[]
  /** The facts that it is judged by: where one of them could not be seen, it is not named for certain. */
  needs: readonly (keyof Facts)[]
  runbook: Runbook
  /** Where the rule comes from: a program's source or manual, or how it was reproduced. */
  source: string
  judge: (scene: Scene) => Judgement
}

/** A cause of fleetdx or of a module of the user's own, where what only a runbook tells may be left out. */
export type AnyCause = Omit<Cause, 'needs' | 'runbook' | 'judge'> &
  Partial<Pick<Cause, 'needs' | 'runbook'>> & { judge: (scene: Scene) => AnyHolds | Undecided | undefined }

/** What such a cause says where it holds. */
export type AnyHolds = Omit<Holds, 'remedy'> & {
  remedy: (Omit<RemedyStep, 'risk'> & Partial<Pick<RemedyStep, 'risk'>>)[]
}

/** Defines a cause. */
export function defineCause(cause: Cause): Cause {
  return cause
}
