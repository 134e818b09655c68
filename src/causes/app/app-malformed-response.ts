import { t } from '../../language/language.js'
import { defineCause } from '../define.js'
import { readLog } from '../shared/remedies.js'
import { answerEvidence, errorEvidence, recentErrors } from '../shared/scene.js'
import { risks, steps } from '../shared/steps.js'

export default defineCause({
  id: 'app-malformed-response',
  title: 'the app answers with headers that the gateway refuses',
  layer: 'app',
  breaks: 'answer',
  explains: [],
  needs: ['http', 'nginx-errors'],
  runbook: {
    symptom: '502 although the app answers when it is asked itself',
    signs: ['nginx: `upstream sent invalid header`, or `sent duplicate header line`'],
    against: [
      'header-too-big: `upstream sent too big header`',
      'plain-to-tls-upstream, eaddrinuse-other-app: `no valid HTTP/1.0 header`: what answers does not speak HTTP',
    ],
    remedy: [
      { step: 'see the headers: `curl -sv -o /dev/null http://127.0.0.1:<port>/`', risk: risks.none },
      { step: 'mend the code or the library that writes the header which the log names', risk: risks.none },
      steps.restart,
    ],
  },
  source: 'nginx: ngx_http_proxy_module.c, ngx_http_upstream.c (1.21 and newer refuse more); reproduced.',
  judge: (scene) => {
    const { path } = scene
    if (path.serves !== false || path.throughGateway?.status !== 502) return undefined
    const [newest] = recentErrors(scene, 'invalid-response')
    const said = newest && sayHeader(newest.sample)
    if (said === undefined) return undefined
    const name = path.app?.name ?? path.target?.text ?? t`the app`
    return {
      holds: true,
      confidence: path.direct.some(({ status, failure }) => status !== null || failure === 'other') ? 'high' : 'medium',
      subject: name,
      summary: t`${name} answers, and the gateway refuses its headers: ${said}`,
      evidence: [...errorEvidence(scene, 'invalid-response'), ...answerEvidence(scene)],
      remedy: [
        ...(path.app ? [readLog(scene, path.app)] : []),
        { note: t`mend what writes this header: the app, or a library in it`, risk: risks.none },
      ],
    }
  },
})

/** The words about a header; none where the other side does not speak HTTP at all. */
function sayHeader(line: string): string | undefined {
  // sample: … upstream sent duplicate header line: "Content-Length: 3", previous value: "Content-Length: 2" while …
  return /upstream sent ((?:invalid|duplicate|unsupported|"Content-Length" and).*?)(?: while reading|, client: |$)/.exec(
    line,
  )?.[1]
}
