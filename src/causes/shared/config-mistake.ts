import { knownValue } from '../../fact.js'
import type { NginxFacts } from '../../probes/nginx.js'
import { sh } from '../../shell.js'
import type { Holds, RemedyStep, Scene } from '../define.js'
import { asRoot } from './remedies.js'
import { answerEvidence, isRefused, stateOf } from './scene.js'

interface Mistake {
  file: string | null
  line: number | null
  text: string
  source: string
}

/** Mistakes with a cause of their own; the others are the configuration's in general. */
const special = {
  'gateway-cert-unreadable': /^cannot load certificate/,
  'host-not-found-in-upstream': /^host not found in/,
}

/**
 * Judges a configuration that nginx would not take: by reading it, or by nginx's own last word about it. An nginx that
 * runs, runs on the former one; where even the right one would lead to nobody, that is not what fails requests.
 */
export function configMistake(
  scene: Scene,
  kind: keyof typeof special | undefined,
  before: (text: string) => RemedyStep[] = () => [],
): Holds | undefined {
  const mistake = readMistake(scene) ?? loggedMistake(scene)
  if (!mistake || kindOf(mistake) !== kind) return undefined
  const isRunning = stateOf(scene, 'gateway') === 'proven'
  const [attempt, effect] = isRunning ? (['reload', 'loads it'] as const) : (['start', 'starts nginx'] as const)
  const place = formatPlace(mistake)
  return {
    holds: true,
    isLatent: isRunning && isRefused(scene),
    confidence: 'high',
    subject: mistake.file ?? 'nginx',
    summary: `nginx cannot ${attempt}: ${mistake.text}${place}`,
    evidence: [{ source: mistake.source, text: `${mistake.text}${place}` }, ...answerEvidence(scene)],
    remedy: [
      ...before(mistake.text),
      ...edit(scene, mistake),
      {
        command: asRoot(scene.login, sh`nginx -t`, sh`systemctl ${attempt} nginx`),
        note: `tests the configuration and, only if it is good, ${effect}`,
      },
    ],
  }
}

function kindOf({ text }: Mistake): keyof typeof special | undefined {
  const kinds = ['gateway-cert-unreadable', 'host-not-found-in-upstream'] as const
  return kinds.find((kind) => special[kind].test(text))
}

function formatPlace({ file, line }: Mistake): string {
  return file === null ? '' : ` in ${file}${line === null ? '' : `:${line}`}`
}

function edit({ login }: Scene, { file, line }: Mistake): RemedyStep[] {
  if (file === null) return []
  const command = line === null ? sh`nano ${file}` : sh`nano +${line} ${file}`
  return [{ command: asRoot(login, command), note: 'correct this line' }]
}

function readMistake({ facts }: Scene): Mistake | undefined {
  const mistake = knownValue(facts.nginx)?.mistakes[0]
  return mistake && { ...mistake.place, text: mistake.message, source: `${mistake.place.file}:${mistake.place.line}` }
}

/** The last [emerg] that nginx wrote, as long as it is of its last attempt: nothing started since, no file changed since. */
function loggedMistake({ facts }: Scene): Mistake | undefined {
  const nginx = knownValue(facts.nginx)
  const errors = knownValue(facts['nginx-errors'])
  const last = errors?.emergencies.at(-1)
  const since = Math.max(nginx?.workersStartedMs ?? 0, nginx?.configModifiedMs ?? 0)
  // Logs count whole seconds.
  if (!last || last.atMs === null || last.file === null || last.atMs + 1000 < since) return journalMistake(nginx)
  return {
    file: last.file,
    line: last.line,
    text: last.text.replace(/ in \S+:\d+$/, ''),
    source: errors?.files[0]?.path ?? 'error.log',
  }
}

/** What `nginx -t` says before a start that systemd asks for goes to the journal only. */
function journalMistake(nginx: NginxFacts | undefined): Mistake | undefined {
  if (nginx?.unit?.activeState !== 'failed') return undefined
  const lines = nginx.unit.lastMessages
  const attempt = lines.slice(lines.findLastIndex((line) => line.startsWith('Starting ')) + 1)
  // sample: 2026/11/24 09:58:01 [emerg] 35333#35333: host not found in upstream "app" in /etc/nginx/sites-enabled/app:6
  const [, text, file = null, line] =
    attempt
      .map((said) => /\[emerg\] (?:\d+#\d+: )?(.*) in (\/\S*):(\d+)$/.exec(said))
      .findLast((match) => match !== null) ?? []
  return text === undefined ? undefined : { text, file, line: Number(line), source: 'journalctl -u nginx' }
}
