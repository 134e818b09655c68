import { t } from '../../language/language.js'
import { sh } from '../../shell.js'
import { defineCause } from '../define.js'
import { isSince } from '../shared/gateway-log.js'
import { asRoot } from '../shared/remedies.js'
import { answerEvidence, errorEvidence, gatewayName, recentErrors } from '../shared/scene.js'
import { risks } from '../shared/steps.js'

export default defineCause({
  id: 'nginx-worker-crash',
  title: 'workers of the gateway crash',
  layer: 'gateway',
  breaks: 'gateway',
  explains: [],
  needs: ['nginx-errors'],
  runbook: {
    symptom: 'visitors see connections that are reset now and then, or for one kind of request always',
    signs: [
      'the log says `worker process <pid> exited on signal 11` again and again; the kernel log has `nginx[…]: segfault`',
      'the master starts a new worker each time',
    ],
    against: ['oom-killed-app: signal 9, and a line of the kernel about memory'],
    remedy: [
      { step: 'see which modules of others it loads: `grep -rn load_module /etc/nginx`', risk: risks.none },
      {
        step: 'take the suspect out, or upgrade nginx and its modules together',
        risk: 'what the module did is missing',
      },
    ],
  },
  source: 'Reproduced with kill -SEGV: src/os/unix/ngx_process.c; seldom without a module of others.',
  judge: (scene) => {
    const { gateway, location } = scene.path
    // The workers are newer than the crash that they follow.
    const lines = recentErrors(scene, 'worker-crash').filter((line) => isSince(line, gateway?.facts.startedMs))
    const count = lines.reduce((sum, { countLastHour }) => sum + countLastHour, 0)
    if (!gateway || !location || count < 2) return undefined
    return {
      holds: true,
      confidence: 'high',
      subject: gateway.name,
      summary: t`workers of ${gatewayName(scene)} crashed ${count} times in the last hour`,
      evidence: [...errorEvidence(scene, 'worker-crash'), ...answerEvidence(scene)],
      remedy: [
        {
          command: asRoot(scene.login, sh`grep -rn load_module /etc/nginx`),
          note: t`shows the modules that are loaded: those of others come first as suspects`,
          risk: risks.none,
        },
        {
          command: asRoot(scene.login, sh`journalctl -k -g ${'nginx.*(segfault|trap)'} --no-pager`),
          note: t`shows in which library it crashed`,
          risk: risks.none,
        },
        {
          note: t`upgrade nginx and these modules together, or take the suspect out`,
          risk: t`what the module did is missing`,
        },
      ],
    }
  },
})
