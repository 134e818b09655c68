import { t } from '../../language/language.js'
import { requestEvidence } from '../../path/answer.js'
import { signatures } from '../../path/crash-signatures.js'
import { defineCause } from '../define.js'
import { readLog } from '../shared/remedies.js'
import { managerEvidence } from '../shared/service.js'
import { risks, steps } from '../shared/steps.js'

/** An error may be told over as many lines: its first has its name, and a later one what is amiss. */
const nearLines = 8

export default defineCause({
  id: 'app-serves-5xx',
  title: 'the app itself answers with an error',
  layer: 'app',
  breaks: 'answer',
  explains: [],
  needs: ['http'],
  runbook: {
    symptom: '500, 502 or 503 with a page that is not of the gateway',
    signs: ['a request straight to the app gets the same status', 'no request straight to it got less than 500'],
    against: [
      'any cause of the gateway: the app itself answers well',
      'next-build-incomplete, disk-full: why the app fails, where it is seen',
    ],
    remedy: [steps.readLog, { step: 'mend what its log names; the gateway is not at fault', risk: risks.none }],
  },
  source: 'A request straight to the app gives the same status: the gateway only passes it on.',
  judge: (scene) => {
    const { direct, app, target } = scene.path
    const bad = direct.find(({ status }) => status !== null && status >= 500)
    if (!bad || direct.some(({ status }) => status !== null && status < 500)) return undefined
    const lines = app?.logs.find(({ stream }) => stream === 'error')
    const last = lines && findError(lines.lines)
    return {
      holds: true,
      confidence: 'high',
      subject: app?.name ?? target?.text ?? bad.url,
      summary: t`${app?.name ?? target?.text} itself answers HTTP ${bad.status}`,
      evidence: [
        requestEvidence(bad),
        ...(lines && last ? [{ source: lines.path, text: last.text }] : []),
        ...(app ? managerEvidence(app) : []),
      ],
      remedy: app
        ? [readLog(scene, app), { note: t`mend what its log names; the gateway is not at fault`, risk: risks.none }]
        : [{ note: t`read the log of the program behind it`, risk: risks.none }],
    }
  },
})

/** The last error of a log: of the lines around it the one that tells why, if any does. */
function findError<Line extends { text: string }>(lines: readonly Line[]): Line | undefined {
  const at = lines.findLastIndex(({ text }) => /error/i.test(text))
  const around = at < 0 ? [] : lines.slice(Math.max(0, at - nearLines), at + nearLines + 1)
  const tells = ({ text }: Line) => signatures.some(({ pattern, near }) => near === undefined && pattern.test(text))
  return around.findLast(tells) ?? lines[at]
}
