import { isIPv4, isIPv6 } from 'node:net'
import { requestEvidence } from '../../path/edges.js'
import { defineCause } from '../define.js'
import { replaceInTarget } from '../shared/gateway-remedies.js'
import { reloadGateway } from '../shared/remedies.js'
import { edgeEvidence, errorEvidence } from '../shared/scene.js'

export default defineCause({
  id: 'localhost-ipv6-mismatch',
  title: '`localhost` is an address that the app does not listen on',
  layer: 'listener',
  breaks: 'site',
  explains: ['no-listener'],
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
    const literal = isIPv6(answering) ? `[${answering}]` : answering
    return {
      holds: true,
      confidence: isIPv4(bad.address) === isIPv4(answering) ? 'medium' : 'high',
      subject: target.text,
      summary: `${gateway.name} dials ${target.addresses.join(' and ')} for localhost; the app listens on ${answering} only`,
      evidence: [
        ...edgeEvidence(scene, 'site'),
        requestEvidence(bad),
        ...(good ? [requestEvidence(good)] : []),
        ...(own ? [{ source: 'ss -ltnp', text: `${own.address}:${own.port} ${own.processName ?? ''}` }] : []),
        ...errorEvidence(scene, 'connect-refused'),
      ],
      remedy: [...replaceInTarget(scene, 'localhost', literal, 'names the address that answers'), reloadGateway(scene)],
    }
  },
})
