import { t } from '../../language/language.js'
import { sh } from '../../shell.js'
import { defineCause } from '../define.js'
import { certificatesOf, fileFor, formatDate } from '../shared/certificates.js'
import { asRoot, reloadGateway } from '../shared/remedies.js'
import { gatewayName } from '../shared/scene.js'
import { risks, steps } from '../shared/steps.js'

export default defineCause({
  id: 'cert-renewed-not-reloaded',
  title: 'the certificate was renewed, and the gateway still shows the old one',
  layer: 'gateway',
  breaks: 'entrance',
  explains: ['cert-expired'],
  needs: ['certificates', 'host'],
  runbook: {
    symptom: 'browsers say that the certificate has expired, or will soon, though it was renewed',
    signs: [
      'the file has a later notAfter and another serial number than what `openssl s_client -connect 127.0.0.1:443 -servername <name>` shows',
      'the file is newer than the last reload',
    ],
    against: ['cert-expired: the file is as old as what is shown'],
    remedy: [
      steps.reload,
      {
        step: 'for good: a deploy hook, `certbot reconfigure --cert-name <name> --deploy-hook "systemctl reload nginx"`',
        risk: risks.none,
      },
    ],
  },
  source: 'Reproduced: nginx, Apache and HAProxy read certificates when they start or reload; righttoknow#827.',
  judge: (scene) => {
    const { site, gateway, location } = scene.path
    if (!site || !location || !gateway?.facts.running || !scene.facts.host.known) return undefined
    const { nowMs } = scene.facts.host.value
    const stale = certificatesOf(scene).find((shown) => shown.path === null && fileFor(scene, shown) !== undefined)
    const file = stale && fileFor(scene, stale)
    if (!stale || !file) return undefined
    const { subject, notAfterMs, serial } = stale.certificate
    const shownEnd = formatDate(notAfterMs)
    const newEnd = formatDate(file.certificate.notAfterMs)
    return {
      holds: true,
      isLatent: notAfterMs > nowMs,
      confidence: 'high',
      subject: subject === '' ? file.path : subject,
      summary:
        notAfterMs > nowMs
          ? t`${gatewayName(scene)} shows the certificate of ${subject} that ends ${shownEnd}; ${file.path} has one until ${newEnd}`
          : t`${gatewayName(scene)} shows the certificate of ${subject} that ended ${shownEnd}; ${file.path} has one until ${newEnd}`,
      evidence: [
        {
          source: stale.source,
          text: serial === null ? `notAfter ${shownEnd}` : t`notAfter ${shownEnd}, serial ${serial}`,
        },
        {
          source: file.path,
          text: t`notAfter ${newEnd}, serial ${file.certificate.serial}`,
        },
        ...(file.modifiedMs === null
          ? []
          : [{ source: `stat ${file.path}`, text: t`changed ${new Date(file.modifiedMs).toISOString()}` }]),
      ],
      remedy: [
        { ...reloadGateway(scene), note: t`tests the configuration and loads it, with the new certificate` },
        ...(file.path.includes('/letsencrypt/')
          ? [
              {
                command: asRoot(
                  scene.login,
                  sh`certbot reconfigure --cert-name ${file.path.split('/').at(-2) ?? ''} --deploy-hook ${`systemctl reload ${gateway.unit}`}`,
                ),
                note: t`reloads it by itself after each renewal`,
                risk: risks.none,
              },
            ]
          : []),
      ],
    }
  },
})
