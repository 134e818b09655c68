import { t } from '../../language/language.js'
import { sh } from '../../shell.js'
import { defineCause } from '../define.js'
import { asRoot, reloadGateway } from '../shared/remedies.js'
import { answerEvidence, errorEvidence, gatewayName } from '../shared/scene.js'
import { risks, steps } from '../shared/steps.js'

export default defineCause({
  id: 'upstream-all-marked-down',
  title: 'every server of the upstream block is marked down',
  layer: 'gateway',
  breaks: 'site',
  explains: ['no-listener'],
  needs: ['nginx'],
  runbook: {
    symptom: '502 on every request of one upstream, at once',
    signs: [
      'every server of the block says `down`',
      'the log says `no live upstreams`, with no failed connect() before it',
    ],
    against: [
      'upstream-pool-tripped: the servers failed first, and are left alone for a while',
      'no-listener: connections are tried and refused',
    ],
    remedy: [
      { step: 'find out who marked them, and why', risk: risks.none },
      { step: 'take the word `down` off those that are to serve', risk: risks.none },
      steps.reload,
    ],
  },
  source: 'Reproduced: nginx then asks nobody and says "no live upstreams", without a failed connect() before it.',
  judge: (scene) => {
    const name = scene.path.location?.proxyPass?.upstream
    const block = scene.path.gateway?.facts.upstreams.find((upstream) => upstream.name === name)
    if (!block || block.servers.length === 0 || block.servers.some(({ isDown }) => !isDown)) return undefined
    const { file, line } = block.place
    const word = scene.path.gateway?.kind === 'haproxy' ? 'disabled' : 'down'
    return {
      holds: true,
      confidence: 'high',
      subject: block.name,
      summary: t`every server of upstream ${block.name} is marked down, so ${gatewayName(scene)} asks none`,
      evidence: [
        {
          source: `${file}:${line}`,
          text: block.servers.map(({ target }) => `server ${target.text} ${word}`).join('; '),
        },
        ...answerEvidence(scene),
        ...errorEvidence(scene, 'no-live-upstreams'),
      ],
      remedy: [
        {
          command: asRoot(scene.login, sh`nano ${`+${line}`} ${file}`),
          note: t`take the word \`${word}\` off the servers that are to serve again`,
          risk: t`somebody may have had a reason to mark them`,
        },
        reloadGateway(scene),
      ],
    }
  },
})
