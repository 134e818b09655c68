import { knownValue } from '../../fact.js'
import { t } from '../../language/language.js'
import type { Gateway } from '../../path/gateways.js'
import { sh } from '../../shell.js'
import { defineCause, type RemedyStep, type Scene } from '../define.js'
import { asRoot, reloadGateway } from '../shared/remedies.js'
import { answerEvidence, isRefused, stateOf } from '../shared/scene.js'
import { risks, steps } from '../shared/steps.js'

export default defineCause({
  id: 'gateway-reload-silently-failed',
  title: 'the gateway could not take its new configuration over',
  layer: 'gateway',
  breaks: 'site',
  explains: ['gateway-not-reloaded', 'proxy-port-mismatch', 'no-listener'],
  needs: ['listeners'],
  runbook: {
    symptom: 'the files are right and tested, the reload was without an error, and the gateway behaves as before',
    signs: [
      'the error log has an [emerg] since the workers were started that is about no line of the configuration: `bind() to … failed (98: Address already in use)`, `(24: Too many open files)`',
      'the workers are older than the newest file of the configuration',
    ],
    against: [
      'gateway-config-invalid-old-running: `nginx -t` names a file and a line',
      'gateway-not-reloaded: nobody has tried to reload it; the log has no [emerg]',
    ],
    remedy: [
      { step: 'remove what the [emerg] names: free the port, or raise the limit of open files', risk: risks.edit },
      steps.reload,
      { step: 'see that the workers are new: `ps -o lstart,args -C nginx`', risk: risks.none },
    ],
  },
  source:
    'Reproduced: `nginx -s reload` only signals and ends with 0; the master then meets the [emerg] and keeps its old cycle (ngx_cycle.c).',
  judge: (scene) => {
    const { gateway } = scene.path
    if (!gateway || stateOf(scene, 'gateway') !== 'proven' || gateway.facts.mistakes.length > 0) return undefined
    const refusal = findRefusal(gateway)
    if (!refusal) return undefined
    const port = portIn(refusal.text)
    const holder = port === undefined ? undefined : holderOf(scene, port)
    if (port !== undefined && !scene.facts.listeners.known)
      return {
        holds: null,
        because: t`who holds port ${port} could not be seen`,
        decide: `ss -ltnp 'sport = :${port}'`,
      }
    // One that was started a second time by hand meets its own port, and says so in the same log.
    if (port !== undefined && (!holder || isOwn(holder, gateway))) return undefined
    return {
      holds: true,
      isLatent: isRefused(scene),
      confidence: 'high',
      subject: gateway.name,
      summary: t`${gateway.name} could not take its new configuration over and runs on the old one: ${refusal.text}`,
      evidence: [
        refusal,
        ...(holder
          ? [
              {
                source: 'ss -ltnp',
                text: `${holder.address}:${holder.port} ${holder.processName ?? t`an unseen process`}`,
              },
            ]
          : []),
        ...answerEvidence(scene),
      ],
      remedy: [...removeObstacle(scene, refusal.text, port), reloadGateway(scene)],
    }
  },
})

interface Refusal {
  source: string
  text: string
}

/** What only follows, and what one hears who tests the configuration without being root. */
const notTelling = /still could not bind|\(13: /

/** The last that it said against a configuration as it is now, without a place in a file: those that have one are mistakes in it. */
function findRefusal({ facts, errors, unit }: Gateway): Refusal | undefined {
  const { workersStartedMs, startedMs, configModifiedMs } = facts
  const sinceMs = Math.max(workersStartedMs ?? 0, startedMs ?? 0, configModifiedMs ?? 0)
  const last = errors?.emergencies.findLast(({ text }) => !notTelling.test(text))
  if (last && last.file === null && last.atMs !== null && last.atMs + 1000 >= sinceMs)
    return { source: errors?.files[0]?.path ?? `journalctl -u ${unit}`, text: last.text }
  return undefined
}

function portIn(text: string): number | undefined {
  // sample: bind() to 0.0.0.0:8080 failed (98: Address already in use); cannot bind socket (Address already in use) [0.0.0.0:8080]
  const [, port] = /ddress already in use/.test(text) ? (/:(\d+)(?:\D|$)(?!.*:\d+\])/.exec(text) ?? []) : []
  return port === undefined ? undefined : Number(port)
}

type Listener = NonNullable<ReturnType<typeof holderOf>>

function holderOf({ facts }: Scene, port: number) {
  return knownValue(facts.listeners)?.listeners.find((listener) => listener.port === port)
}

function isOwn({ pids, processName }: Listener, { kind, facts }: Gateway): boolean {
  const names = kind === 'apache' ? /^(?:apache2|httpd)/ : new RegExp(`^${kind}`)
  return names.test(processName ?? '') || (facts.masterPid !== null && pids.includes(facts.masterPid))
}

function removeObstacle({ login }: Scene, text: string, port: number | undefined): RemedyStep[] {
  if (port !== undefined)
    return [
      {
        command: asRoot(login, sh`ss -ltnp ${`sport = :${port}`}`),
        note: t`shows who holds port ${port}`,
        risk: risks.none,
      },
      { note: t`stop that program, or take \`listen ${port}\` out of the configuration`, risk: risks.edit },
    ]
  return [{ note: t`remove what it names: ${text}`, risk: risks.edit }]
}
