import type { Status } from './record.js'

/** How a host that is done with is; `reached` is all that a ping finds out. */
export type DoneStatus = Status | 'reached'

/** A step of one host, told as it happens: what live progress is drawn from. */
export type ProgressEvent =
  | { host: string; phase: 'connecting' | 'collecting' }
  | { host: string; phase: 'done'; status: DoneStatus; verdict?: string }

/** Takes a step of a host, as it happens. */
export type ReportProgress = (event: ProgressEvent) => void
