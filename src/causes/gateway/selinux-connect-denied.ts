import { t } from '../../language/language.js'
import { requestEvidence } from '../../path/answer.js'
import { isAnswer } from '../../path/request-path.js'
import { sh } from '../../shell.js'
import { defineCause } from '../define.js'
import { failsNow, presentErrors } from '../shared/gateway-log.js'
import { asRoot } from '../shared/remedies.js'
import { answerEvidence, errorEvidence, gatewayName } from '../shared/scene.js'
import { risks } from '../shared/steps.js'

export default defineCause({
  id: 'selinux-connect-denied',
  title: 'the gateway may not connect to the app: SELinux forbids it',
  layer: 'gateway',
  breaks: 'site',
  explains: ['no-listener', 'app-serves-5xx', 'upstream-pool-tripped'],
  needs: ['http', 'nginx-errors'],
  runbook: {
    symptom:
      'every page gives 502 (503 of Apache), and `curl http://127.0.0.1:<port>/` on the host gives the page; Red Hat and its kin',
    signs: [
      'the log says `connect() to 127.0.0.1:<port> failed (13: Permission denied) while connecting to upstream`',
      '`getenforce` says Enforcing, `getsebool httpd_can_network_connect` says off',
      '`ausearch -m avc -ts recent` has `denied { name_connect } … comm="nginx"`',
    ],
    against: ['unix-socket-permission: it is a Unix socket that may not be opened'],
    remedy: [
      {
        step: '`setsebool -P httpd_can_network_connect 1`',
        risk: 'every web server of the host may then connect to every port',
      },
      { step: 'or for this port only: `semanage port -a -t http_port_t -p tcp <port>`', risk: risks.none },
    ],
  },
  source:
    'nexus-cookbook#115, linshare#46; a TCP connect() gives EACCES for SELinux, or for a route that is prohibited.',
  judge: (scene) => {
    const { gateway, target, direct, location, serves } = scene.path
    const [line] = presentErrors(scene, 'connect-denied')
    const good = direct.find(isAnswer)
    if (!gateway || !location || target?.port == null || target.unixPath !== null) return undefined
    if (!line || line.errno === 1 || !good || serves === true || !failsNow(scene)) return undefined
    const selinux = gateway.errors?.selinux
    // Without its files there is no SELinux; and where connecting is let, it is not that.
    if (!selinux?.isEnforcing || selinux.mayConnect === true) return undefined
    if (selinux.mayConnect === null)
      return {
        holds: null,
        because: t`whether SELinux lets web servers connect could not be seen`,
        decide: 'getsebool httpd_can_network_connect',
      }
    return {
      holds: true,
      confidence: 'high',
      subject: gateway.name,
      summary: t`SELinux does not let ${gatewayName(scene)} connect to ${target.text}`,
      evidence: [
        ...errorEvidence(scene, 'connect-denied'),
        { source: 'getenforce', text: 'Enforcing' },
        { source: 'getsebool httpd_can_network_connect', text: 'off' },
        requestEvidence(good),
        ...answerEvidence(scene),
      ],
      remedy: [
        {
          command: asRoot(scene.login, sh`setsebool -P httpd_can_network_connect 1`),
          note: t`lets web servers connect, for good`,
          risk: t`every web server of the host may then connect to every port`,
        },
        {
          command: asRoot(scene.login, sh`semanage port -a -t http_port_t -p tcp ${target.port}`),
          note: t`or lets them connect to this port only (-m in place of -a where it has a type already)`,
          risk: risks.none,
        },
      ],
    }
  },
})
