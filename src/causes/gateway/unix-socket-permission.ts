import { dirname } from 'node:path'
import { t } from '../../language/language.js'
import { isAnswer } from '../../path/request-path.js'
import { sh } from '../../shell.js'
import { defineCause } from '../define.js'
import { asRoot } from '../shared/remedies.js'
import { answerEvidence, errorEvidence, gatewayName, isRefused, recentErrors } from '../shared/scene.js'
import { risks } from '../shared/steps.js'

export default defineCause({
  id: 'unix-socket-permission',
  title: "the gateway may not open the app's Unix socket",
  layer: 'gateway',
  breaks: 'target',
  explains: [],
  needs: ['nginx', 'nginx-errors'],
  runbook: {
    symptom: '502 on every request; the app runs',
    signs: ['the log says `connect() to unix:<file> failed (13: Permission denied)`'],
    against: [
      'unix-socket-missing: 2 or 111, the socket is not there or nobody has it',
      'selinux-connect-denied: 13 for a TCP port',
    ],
    remedy: [
      { step: 'see what denies it: `namei -l <file>`', risk: risks.none },
      {
        step: 'let the user of the gateway through, best by a folder in /run of its group',
        risk: 'chmod o+rw lets every local user talk to the app',
      },
    ],
  },
  source:
    'Reproduced: connect() to unix:… failed (13: Permission denied): the socket’s mode, or a home folder of 0750.',
  judge: (scene) => {
    const { target, throughGateway } = scene.path
    const isServed = throughGateway !== null && isAnswer(throughGateway)
    // A socket that is not there has no mode.
    if (!target?.unixPath || isServed || isRefused(scene) || recentErrors(scene, 'connect-denied').length === 0)
      return undefined
    const user = scene.path.gateway?.facts.user ?? 'www-data'
    return {
      holds: true,
      confidence: 'high',
      subject: target.unixPath,
      summary: t`${gatewayName(scene)} (${user}) may not open ${target.unixPath}`,
      evidence: [...errorEvidence(scene, 'connect-denied'), ...answerEvidence(scene)],
      remedy: [
        {
          command: asRoot(scene.login, sh`namei -l ${target.unixPath}`),
          note: t`shows which folder or the socket itself denies ${user}`,
          risk: risks.none,
        },
        {
          command: asRoot(scene.login, sh`chmod o+x ${dirname(target.unixPath)}`, sh`chmod o+rw ${target.unixPath}`),
          note: t`lets ${user} through until the app makes its socket anew; better: a folder in /run of the group of ${user}`,
          risk: t`every local user may talk to the app`,
        },
      ],
    }
  },
})
