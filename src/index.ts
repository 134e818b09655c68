/**
 * fleetdx as a library.
 *
 *     import { check, chooseHosts, loadCredentials } from 'fleetdx'
 *
 *     const { hosts, runMs } = await chooseHosts({ targets: ['web'], overrides: {}, env: process.env, cwd: '.', stdin: process.stdin })
 *     const credentials = await loadCredentials(hosts, { env: process.env })
 *     const record = await check({ hosts, credentials, jobs: 64, runMs, interrupt: new AbortController().signal, onProgress: () => {} })
 *
 * Modules in a folder of checks import from here what they are made of:
 *
 *     import { defineCause, defineProbe, factOf, probes, sh } from 'fleetdx'
 */
export type { AnyCause as Cause, Scene } from './causes/define.js'
export { defineOwnCause as defineCause, type Extensions, factOf } from './checks/extensions.js'
export { loadExtensions } from './checks/load.js'
export { ParseError, UserError } from './errors.js'
export { exitCodeOf } from './exit-code.js'
export { type Fact, knownValue } from './fact.js'
export { chooseHosts } from './inventory/choose.js'
export type { AppHint, Endpoint, Host } from './inventory/host.js'
export { type PingedHost, type PingOptions, type PingRecord, ping } from './ping.js'
export { type CheckOptions, check } from './pipeline.js'
export { type AnyProbe, defineProbe, type Probe, type Section } from './probes/define.js'
export { type Facts, probes } from './probes/index.js'
export type { ProgressEvent } from './progress.js'
export {
  type CauseRecord,
  type HostRecord,
  type RunRecord,
  runRecordSchema,
  type Status,
  schemaVersion,
} from './record.js'
export { type FormatName, formats } from './report/formats.js'
export { renderReport } from './report/text.js'
export { type Script, sh } from './shell.js'
export { type CredentialSources, type Credentials, loadCredentials } from './ssh/auth/credentials.js'
export { type AskToGoOn, type Breaker, createBreaker, noBreaker } from './ssh/breaker.js'
