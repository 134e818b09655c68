import type { Status } from './record.js'

/** A step of one host, told as it happens: what live progress is drawn from. */
export type ProgressEvent =
  | { host: string; phase: 'connecting' | 'collecting' }
  | { host: string; phase: 'done'; status: Status }

/** Takes a step of a host, as it happens. */
export type ReportProgress = (event: ProgressEvent) => void
