import { dirname } from 'node:path'
import { t } from '../../language/language.js'
import { sh } from '../../shell.js'
import { defineCause } from '../define.js'
import { presentErrors } from '../shared/gateway-log.js'
import { asRoot } from '../shared/remedies.js'
import { answerEvidence, errorEvidence, gatewayName } from '../shared/scene.js'
import { risks } from '../shared/steps.js'

export default defineCause({
  id: 'gateway-temp-path-permission',
  title: 'the gateway may not write its temporary files',
  layer: 'gateway',
  breaks: 'answer',
  explains: [],
  needs: ['nginx-errors'],
  runbook: {
    symptom: 'uploads give 500, or large pages end before their end; small pages are well',
    signs: [
      'the log says `open() "/var/lib/nginx/body/0000000001" failed (13: Permission denied)`, or the same of `proxy`',
    ],
    against: ['disk-full: `(28: No space left on device)`', 'app-serves-5xx: the app itself says 500'],
    remedy: [
      { step: 'see who owns the folders on the way: `namei -l /var/lib/nginx/body`', risk: risks.none },
      {
        step: 'give it to the user of the workers: `chown -R www-data: /var/lib/nginx`',
        risk: 'what else is kept there changes its owner, too',
      },
    ],
  },
  source: 'Reproduced: nginx 1.22, a POST larger than client_body_buffer_size (16k), a folder of root.',
  judge: (scene) => {
    const [line] = presentErrors(scene, 'temp-file')
    const { location, gateway } = scene.path
    if (!line || !location || !gateway) return undefined
    const file = /\(\) "([^"]+)"/.exec(line.sample)?.[1] ?? '/var/lib/nginx'
    // sample: /var/lib/nginx/proxy/1/00/0000000001 (the folders of digits are nginx's own)
    const folder = dirname(file).replace(/(?:\/\d+)+$/, '')
    const user = gateway.facts.user ?? 'www-data'
    return {
      holds: true,
      confidence: 'high',
      subject: folder,
      summary: t`${gatewayName(scene)} (${user}) may not write to ${folder}, so large requests or answers fail`,
      evidence: [...errorEvidence(scene, 'temp-file'), ...answerEvidence(scene)],
      remedy: [
        {
          command: asRoot(scene.login, sh`namei -l ${folder}`),
          note: t`shows which folder on the way does not let ${user} in`,
          risk: risks.none,
        },
        {
          command: asRoot(scene.login, sh`chown -R ${`${user}:`} ${folder}`),
          note: t`gives the folder to ${user}; a folder above it that is closed needs \`chmod o+x\``,
          risk: t`what else is kept there changes its owner, too`,
        },
      ],
    }
  },
})
