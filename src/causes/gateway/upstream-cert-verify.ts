import { t } from '../../language/language.js'
import { sh } from '../../shell.js'
import { defineCause } from '../define.js'
import { failsNow, presentErrors } from '../shared/gateway-log.js'
import { editTarget } from '../shared/gateway-remedies.js'
import { reloadGateway } from '../shared/remedies.js'
import { answerEvidence, edgeEvidence, errorEvidence, gatewayName } from '../shared/scene.js'
import { risks, steps } from '../shared/steps.js'

/**
 * What the gateways say of a certificate that they do not trust. sample: upstream SSL certificate verify error: (18:self-signed
 * certificate), upstream SSL certificate does not match "app.internal" (nginx); tls: failed to verify certificate: x509: …
 * (Caddy); AH02039: Certificate Verification: Error (18): … (Apache)
 */
const distrust =
  /SSL certificate verify error: \([^)]*\)|SSL certificate does not match "[^"]*"|x509: [^"]*|Certificate Verification: Error \(\d+\): [^"[]*/

export default defineCause({
  id: 'upstream-cert-verify',
  title: "the gateway does not trust the app's certificate",
  layer: 'gateway',
  breaks: 'site',
  explains: ['tls-to-plain-upstream', 'upstream-pool-tripped', 'app-serves-5xx'],
  needs: ['nginx-errors'],
  runbook: {
    symptom: 'every page gives 502, and the app answers over https when it is asked itself with `curl -k`',
    signs: [
      'the log says `upstream SSL certificate verify error: (<n>:<why>)` or `does not match`',
      'the configuration has `proxy_ssl_verify on` (nginx; Caddy and HAProxy verify by default, with `ssl verify required`)',
    ],
    against: [
      'tls-to-plain-upstream: `wrong version number`, no TLS is spoken at all',
      "cert-expired: the visitors' side",
    ],
    remedy: [
      {
        step: "see the app's certificate: `openssl s_client -connect 127.0.0.1:<port> -servername <name> </dev/null`",
        risk: risks.none,
      },
      {
        step: 'name the authority that signed it (`proxy_ssl_trusted_certificate`), the name in it (`proxy_ssl_name`), or renew it',
        risk: risks.edit,
      },
      steps.reload,
    ],
  },
  source: 'Reproduced with a self-signed certificate and proxy_ssl_verify on; ngx_http_upstream.c has both messages.',
  judge: (scene) => {
    const { location, target, serves } = scene.path
    const line = presentErrors(scene, 'tls', 'other').find(({ sample }) => distrust.test(sample))
    if (!location || !target || !line || serves === true || !failsNow(scene)) return undefined
    const why = distrust.exec(line.sample)?.[0] ?? ''
    return {
      holds: true,
      confidence: 'high',
      subject: target.text,
      summary: t`${gatewayName(scene)} does not trust the certificate of ${target.text}: ${why.trim()}`,
      evidence: [...edgeEvidence(scene, 'site'), ...errorEvidence(scene, line.kind), ...answerEvidence(scene)],
      remedy: [
        {
          command: sh`openssl s_client -connect ${target.text} </dev/null`,
          note: t`shows the certificate and who signed it`,
          risk: risks.none,
        },
        ...editTarget(
          scene,
          t`name the authority that signed it and the name in it (nginx: proxy_ssl_trusted_certificate, proxy_ssl_name)`,
        ),
        reloadGateway(scene),
      ],
    }
  },
})
