import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Endpoint } from '../../inventory/host.js'
import type { SshWords } from '../../inventory/ssh-settings.js'
import type { Credentials } from '../auth/credentials.js'
import type { KnownKeys } from '../host-keys/known-hosts.js'
import type { HostKeyVerifier } from '../host-keys/verify-host-key.js'
import type { ConnectFailure } from '../session.js'
import type { Waiting } from '../waiting.js'
import { type AnswerSources, canAnswer, createAnswers } from './answers.js'
import { explainEnd } from './explain-end.js'
import { explainRefusal } from './explain-refusal.js'
import { createForwardLog, type ForwardLog } from './forward-log.js'
import { type Guarded, runGuarded } from './guard.js'
import { readNewKey, writeHostKeyOptions, writeKnownKeys } from './known-keys.js'
import type { Mux } from './mux.js'
import { openQuestionDesk } from './questions.js'
import { readLines } from './read-lines.js'
import { createTrace, readProgress, type SshTrace } from './read-progress.js'
import { nameFor, ssh, writeDisarmed, writeEndpoint, writeSentEnvironment } from './ssh-options.js'

/** What a control master is made from. */
export interface MasterPlan {
  endpoint: Endpoint
  folder: string
  known: KnownKeys
  configuration: SshWords
  waiting: Waiting
  credentials: Pick<Credentials, 'passwords' | 'asks'>
  notify?: AnswerSources['notify']
  hostKeyVerifier: HostKeyVerifier
  connectMs: number
  keepaliveMs: number
  /** The options that say the way there. */
  proxyOptions: readonly string[]
}

/** Where the files of one master are, in its private folder. */
interface MasterFiles {
  /** The control socket. */
  socket: string
  /** The host keys that are known, and then the one that is taken. */
  keys: string
}

/** What one login comes to. */
interface MasterLogin {
  trace: SshTrace
  /** Rejects when nothing is left to say to the server. */
  givenUp: Promise<never>
  giveUp(): void
  /** Why `ssh` has ended. */
  explainEnd(): ConnectFailure
}

/** Connects and logs in by an `ssh` that then serves others. Rejects with `ConnectFailure`; nothing is left then. */
export async function openOwnMaster(plan: MasterPlan): Promise<Mux> {
  const { endpoint, folder, known, waiting } = plan
  const files = { socket: join(folder, 'master'), keys: join(folder, 'known_hosts') }
  await writeKnownKeys(files.keys, known, endpoint)
  const login = startLogin(plan)
  const desk = await openQuestionDesk(folder, createAnswers({ ...plan, ...login, deadline: waiting }))
  const master = runGuarded([ssh, ...writeMaster(plan, files)], folder, { ...process.env, ...desk.env })
  // Not before: an unanswered question that failed would be an empty answer.
  void master.ended.then(desk.close)
  const forwards = createForwardLog()
  try {
    await Promise.race([follow(master, plan, files, login, forwards), login.givenUp, waiting.passed])
  } catch (failure) {
    master.end()
    throw failure
  }
  return toMux(plan, master, files.socket, forwards.failure)
}

function startLogin({ endpoint, known, waiting, credentials }: MasterPlan): MasterLogin {
  const trace = createTrace()
  const hasPassword = credentials.passwords.sourceOf('login', endpoint) !== undefined
  const login = { endpoint, trace, hasPassword, canAsk: credentials.asks.askPassphrase !== undefined }
  let giveUp = () => {}
  const givenUp = new Promise<never>((_, reject) => {
    giveUp = () => reject(explainRefusal({ ...login, isCut: false }))
  })
  givenUp.catch(() => {})
  return { trace, givenUp, giveUp, explainEnd: () => explainEnd({ ...login, attempt: waiting.attempt, known }) }
}

/** Reads what `ssh` says. Resolves when it serves, and rejects when it has ended before, or its host key cannot be kept. */
function follow(
  master: Guarded,
  plan: MasterPlan,
  files: MasterFiles,
  login: MasterLogin,
  forwards: ForwardLog,
): Promise<void> {
  const keepKey = keepNewKey(plan, files)
  let isServing = false
  return new Promise((resolve, reject) => {
    let kept = Promise.resolve()
    readLines(master.stderr, (line) => {
      if (isServing) return forwards.read(line)
      readProgress(line, login.trace, plan.waiting.attempt, {
        onKeysExchanged() {
          kept = kept.then(keepKey)
          kept.catch(reject)
        },
        onServing() {
          // The line alone could be a server's banner; the socket is made by `ssh`.
          if (!existsSync(files.socket)) return
          isServing = true
          kept.then(resolve, reject)
        },
      })
    })
    master.ended.then(() => reject(login.explainEnd())).catch(reject)
  })
}

/** Takes the host key of a new host as fleetdx's own SSH does: once, and where the run can tell of it. */
function keepNewKey({ hostKeyVerifier, known, endpoint }: MasterPlan, { keys }: MasterFiles): () => Promise<void> {
  const check = hostKeyVerifier.begin(known, endpoint)
  return async () => {
    const blob = await readNewKey(keys, known, endpoint)
    const failure = blob && (check.judge(blob) ?? check.keep())
    if (failure) throw failure
  }
}

function toMux(
  { endpoint, folder, configuration }: MasterPlan,
  master: Guarded,
  socket: string,
  forwardFailure: Mux['forwardFailure'],
): Mux {
  return {
    socket,
    folder,
    name: nameFor(endpoint),
    sentEnvironment: writeSentEnvironment(configuration),
    isOver: master.isOver,
    forwardFailure,
    onLost: (callBack) => void master.ended.then(callBack),
    close: master.end,
  }
}

function writeMaster(plan: MasterPlan, { socket, keys }: MasterFiles): string[] {
  const { endpoint, configuration, known, connectMs, keepaliveMs, proxyOptions, credentials } = plan
  const hasPassword = credentials.passwords.sourceOf('login', endpoint) !== undefined
  const options = [
    `BatchMode=${canAnswer(plan) ? 'no' : 'yes'}`,
    'NumberOfPasswordPrompts=3',
    ...(hasPassword ? [] : ['PasswordAuthentication=no']),
    ...(hasPassword || credentials.asks.askPrompt ? [] : ['KbdInteractiveAuthentication=no']),
    // The deadline of fleetdx comes first, and says more.
    `ConnectTimeout=${Math.ceil(connectMs / 1000) + 1}`,
    'ConnectionAttempts=1',
    `ServerAliveInterval=${Math.ceil(keepaliveMs / 1000)}`,
    'ServerAliveCountMax=2',
    ...proxyOptions,
  ]
  return [
    ...['-M', '-N', '-T', '-v', '-S', socket],
    ...options.flatMap((option) => ['-o', option]),
    ...writeHostKeyOptions(keys, known, endpoint),
    ...writeDisarmed(configuration),
    ...writeEndpoint(endpoint),
    ...['--', nameFor(endpoint)],
  ]
}
