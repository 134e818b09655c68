import { isIPv4, isIPv6 } from 'node:net'
import { requestEvidence } from '../path/edges.js'
import { sh } from '../shell.js'
import { defineCause } from './define.js'
import { asRoot, reloadNginx } from './shared/remedies.js'
import { edgeEvidence, errorEvidence } from './shared/scene.js'

export default defineCause({
  id: 'localhost-ipv6-mismatch',
  title: '`localhost` is an address that the app does not listen on',
  layer: 'listener',
  breaks: 'site',
  explains: [],
  source: 'nextcloud/notify_push#47; nginx takes every address of a name as a server of its own.',
  judge: (scene) => {
    const { target, direct, location } = scene.path
    if (!target || target.addresses.length < 2) return undefined
    const refused = direct.filter(({ failure }) => failure === 'refused')
    const answered = direct.filter(({ failure }) => failure === null)
    const [bad, good] = [refused[0], answered[0]]
    if (!bad || !good || !location) return undefined
    const { file, line } = location.proxyPass?.place ?? location.place
    const literal = isIPv6(good.address) ? `[${good.address}]` : good.address
    return {
      holds: true,
      confidence: isIPv4(bad.address) === isIPv4(good.address) ? 'medium' : 'high',
      subject: target.text,
      summary: `nginx dials ${target.addresses.join(' and ')} for localhost; the app answers on ${good.address} only`,
      evidence: [
        ...edgeEvidence(scene, 'site'),
        requestEvidence(bad),
        requestEvidence(good),
        ...errorEvidence(scene, 'connect-refused'),
      ],
      remedy: [
        {
          command: asRoot(scene.login, sh`sed -i ${`${line}s/localhost/${literal}/`} ${file}`),
          note: `names the address that answers (changes line ${line} of ${file})`,
        },
        reloadNginx(scene.login),
      ],
    }
  },
})
