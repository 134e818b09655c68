import { t } from '../../language/language.js'
import type { Gateway } from '../../path/gateways.js'
import { sh } from '../../shell.js'
import type { Holds, RemedyStep, Scene } from '../define.js'
import { asRoot } from './remedies.js'
import { answerEvidence, isRefused, stateOf } from './scene.js'
import { risks } from './steps.js'

/** That a port is held by another program is no mistake of the configuration. */
const cannotBind = /address already in use|cannot bind socket/i

interface Mistake {
  file: string | null
  line: number | null
  text: string
  source: string
}

/** Mistakes with a cause of their own; the others are the configuration's in general. */
const special = {
  // sample: cannot load certificate "/etc/…"; SSLCertificateFile: file '/etc/…' does not exist or is empty (Apache);
  // unable to load certificate from file '/etc/…' (HAProxy); loading certificates: open /etc/… (Caddy)
  'gateway-cert-unreadable':
    /^cannot load certificate|SSLCertificate\w*File: file|unable to (?:load|stat).*certificate|loading certificates/,
  // sample: host not found in upstream "app.internal:3000"; could not resolve address 'app.internal' (HAProxy)
  'host-not-found-in-upstream': /^host not found in|could not resolve address/,
}

/**
 * Judges a configuration that the gateway would not take: by reading it, or by the gateway's own last word about it. One
 * that runs, runs on the former one; where even the right one would lead to nobody, that is not what fails requests.
 */
export function configMistake(
  scene: Scene,
  kind: keyof typeof special | undefined,
  before: (text: string) => RemedyStep[] = () => [],
): Holds | undefined {
  const { gateway } = scene.path
  const mistake = gateway && (readMistake(gateway) ?? loggedMistake(gateway))
  if (!gateway || !mistake || kindOf(mistake) !== kind) return undefined
  const isRunning = stateOf(scene, 'gateway') === 'proven'
  const what = describe(mistake)
  return {
    holds: true,
    isLatent: isRunning && isRefused(scene),
    confidence: 'high',
    subject: mistake.file ?? gateway.name,
    summary: isRunning ? t`${gateway.name} cannot reload: ${what}` : t`${gateway.name} cannot start: ${what}`,
    evidence: [{ source: mistake.source, text: what }, ...answerEvidence(scene)],
    remedy: [
      ...before(mistake.text),
      ...edit(scene, mistake),
      {
        command: asRoot(scene.login, gateway.test, sh`systemctl ${isRunning ? 'reload' : 'start'} ${gateway.unit}`),
        note: isRunning
          ? t`tests the configuration and, only if it is good, loads it`
          : t`tests the configuration and, only if it is good, starts ${gateway.name}`,
        risk: isRunning ? risks.reload : risks.none,
      },
    ],
  }
}

function kindOf({ text }: Mistake): keyof typeof special | undefined {
  const kinds = ['gateway-cert-unreadable', 'host-not-found-in-upstream'] as const
  return kinds.find((kind) => special[kind].test(text))
}

function describe({ text, file, line }: Mistake): string {
  if (file === null) return text
  return t`${text} in ${line === null ? file : `${file}:${line}`}`
}

function edit({ login }: Scene, { file, line }: Mistake): RemedyStep[] {
  if (file === null) return []
  const command = line === null ? sh`nano ${file}` : sh`nano +${line} ${file}`
  return [{ command: asRoot(login, command), note: t`correct this line`, risk: risks.none }]
}

function readMistake({ facts }: Gateway): Mistake | undefined {
  const [mistake] = facts.mistakes
  return mistake && { ...mistake.place, text: mistake.message, source: `${mistake.place.file}:${mistake.place.line}` }
}

/** The last thing that kept it from starting or reloading, as long as it is of its last attempt: nothing started since, no file changed since. */
function loggedMistake(gateway: Gateway): Mistake | undefined {
  const { facts, errors } = gateway
  const last = errors?.emergencies.filter(({ text }) => !cannotBind.test(text)).at(-1)
  const since = Math.max(facts.workersStartedMs ?? 0, facts.configModifiedMs ?? 0)
  // Logs count whole seconds.
  if (!last || last.atMs === null || last.file === null || last.atMs + 1000 < since) return journalMistake(gateway)
  return {
    file: last.file,
    line: last.line,
    text: last.text.replace(/ in \S+:\d+$/, ''),
    source: errors?.files[0]?.path ?? 'error.log',
  }
}

/** What `nginx -t` says before a start that systemd asks for goes to the journal only. */
function journalMistake({ facts: { unit }, unit: name }: Gateway): Mistake | undefined {
  if (unit?.activeState !== 'failed') return undefined
  const lines = unit.lastMessages
  const attempt = lines.slice(lines.findLastIndex((line) => line.startsWith('Starting ')) + 1)
  // sample: 2026/11/24 09:58:01 [emerg] 35333#35333: host not found in upstream "app" in /etc/nginx/sites-enabled/app:6
  const [, text, file = null, line] =
    attempt
      .map((said) => /\[emerg\] (?:\d+#\d+: )?(.*) in (\/\S*):(\d+)$/.exec(said))
      .findLast((match) => match !== null) ?? []
  return text === undefined ? undefined : { text, file, line: Number(line), source: `journalctl -u ${name}` }
}
