import { isIPv4, isIPv6 } from 'node:net'
import { joinBoth } from '../../language/join-words.js'
import { t } from '../../language/language.js'
import { requestEvidence } from '../../path/answer.js'
import { defineCause } from '../define.js'
import { replaceInTarget } from '../shared/gateway-remedies.js'
import { reloadGateway } from '../shared/remedies.js'
import { edgeEvidence, errorEvidence } from '../shared/scene.js'
import { risks, steps } from '../shared/steps.js'

export default defineCause({
  id: 'localhost-ipv6-mismatch',
  title: '`localhost` is an address that the app does not listen on',
  layer: 'listener',
  breaks: 'site',
  explains: ['no-listener', 'upstream-pool-tripped'],
  needs: ['nginx', 'http', 'host'],
  runbook: {
    symptom:
      '502 on every request, or on every second one; or only errors in the log, where the gateway tries the next address',
    signs: [
      'proxy_pass says localhost, which is 127.0.0.1 and ::1',
      'the app listens on one of the two',
      'the log names the other one, with 111',
    ],
    against: ['no-listener: neither of them answers', 'next-hostname-bind: an address is dialled, not localhost'],
    remedy: [
      { step: 'name the address that answers in proxy_pass: 127.0.0.1 or [::1]', risk: risks.none },
      steps.reload,
    ],
  },
  source: 'nextcloud/notify_push#47; nginx takes every address of a name as a server of its own.',
  judge: (scene) => {
    const { target, direct, location, appListeners, gateway } = scene.path
    if (!target?.text.startsWith('localhost:') || !location || !gateway) return undefined
    // These try one address after the other until one answers.
    if (gateway.kind === 'caddy' || gateway.kind === 'apache') return undefined
    const bad = direct.find(({ failure }) => failure === 'refused')
    const good = direct.find(({ failure }) => failure === null)
    const own = appListeners.find(({ port }) => port === target.port)
    const answering = good?.address ?? own?.address
    if (!bad || answering === undefined) return undefined
    const addresses = joinBoth(target.addresses)
    const literal = isIPv6(answering) ? `[${answering}]` : answering
    return {
      holds: true,
      confidence: isIPv4(bad.address) === isIPv4(answering) ? 'medium' : 'high',
      subject: target.text,
      summary: t`${gateway.name} dials ${addresses} for localhost; the app listens on ${answering} only`,
      evidence: [
        ...edgeEvidence(scene, 'site'),
        requestEvidence(bad),
        ...(good ? [requestEvidence(good)] : []),
        ...(own ? [{ source: 'ss -ltnp', text: `${own.address}:${own.port} ${own.processName ?? ''}` }] : []),
        ...errorEvidence(scene, 'connect-refused'),
      ],
      remedy: [
        ...replaceInTarget(scene, 'localhost', literal, t`names the address that answers`),
        reloadGateway(scene),
      ],
    }
  },
})
