/**
 * fleetdx as a library.
 *
 *     import { check, chooseHosts, loadCredentials } from 'fleetdx'
 *
 *     const { hosts, runMs } = await chooseHosts({ targets: ['web'], overrides: {}, env: process.env, cwd: '.', stdin: process.stdin })
 *     const credentials = await loadCredentials(hosts, { env: process.env })
 *     const record = await check({ hosts, credentials, jobs: 64, runMs, interrupt: new AbortController().signal, onProgress: () => {} })
 */
export { UserError } from './errors.js'
export { exitCodeOf } from './exit-code.js'
export { chooseHosts } from './inventory/choose.js'
export type { AppHint, Endpoint, Host } from './inventory/host.js'
export { type CheckOptions, check } from './pipeline.js'
export type { ProgressEvent } from './progress.js'
export {
  type CauseRecord,
  type HostRecord,
  type RunRecord,
  runRecordSchema,
  type Status,
  schemaVersion,
} from './record.js'
export { renderReport } from './report/text.js'
export { type Credentials, loadCredentials } from './ssh/credentials.js'
