import { knownValue } from '../../fact.js'
import { sh } from '../../shell.js'
import type { Holds, Scene } from '../define.js'
import { asRoot } from './remedies.js'
import { answerEvidence } from './scene.js'

interface Mistake {
  file: string | null
  line: number | null
  text: string
  source: string
}

/** Judges a configuration that nginx would not take: by reading it, or by nginx's own last word about it. */
export function configMistake(scene: Scene, attempt: 'start' | 'reload'): Holds | undefined {
  const mistake = readMistake(scene) ?? loggedMistake(scene)
  if (!mistake) return undefined
  const place = mistake.file === null ? '' : ` in ${mistake.file}${mistake.line === null ? '' : `:${mistake.line}`}`
  const edit =
    mistake.file === null
      ? []
      : [mistake.line === null ? sh`nano ${mistake.file}` : sh`nano +${mistake.line} ${mistake.file}`]
  return {
    holds: true,
    confidence: 'high',
    subject: mistake.file ?? 'nginx',
    summary: `nginx cannot ${attempt}: ${mistake.text}${place}`,
    evidence: [{ source: mistake.source, text: `${mistake.text}${place}` }, ...answerEvidence(scene)],
    remedy: [
      ...edit.map((command) => ({ command: asRoot(scene.login, command), note: 'correct this line' })),
      {
        command: asRoot(
          scene.login,
          sh`nginx -t`,
          attempt === 'start' ? sh`systemctl start nginx` : sh`systemctl reload nginx`,
        ),
        note: `tests the configuration and, only if it is good, ${attempt === 'start' ? 'starts nginx' : 'loads it'}`,
      },
    ],
  }
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
  if (!last || last.atMs === null || last.file === null) return undefined
  const since = Math.max(nginx?.workersStartedMs ?? 0, nginx?.configModifiedMs ?? 0)
  // Logs count whole seconds.
  if (last.atMs + 1000 < since) return undefined
  return {
    file: last.file,
    line: last.line,
    text: last.text.replace(/ in \S+:\d+$/, ''),
    source: errors?.files[0]?.path ?? 'error.log',
  }
}
