import { t } from '../../language/language.js'
import { sh } from '../../shell.js'
import { defineCause, type RemedyStep, type Scene } from '../define.js'
import { certificatesOf, formatDate, isRenewed, type Shown } from '../shared/certificates.js'
import { asRoot, reloadGateway } from '../shared/remedies.js'
import { gatewayName } from '../shared/scene.js'
import { risks } from '../shared/steps.js'

const dayMs = 86_400_000
/** What renews itself does so a month ahead: when it comes to this, nothing does. */
const soonMs = 14 * dayMs

export default defineCause({
  id: 'cert-expired',
  title: 'the certificate has expired, or is about to',
  layer: 'gateway',
  breaks: 'entrance',
  explains: [],
  needs: ['certificates', 'host'],
  runbook: {
    symptom:
      'browsers warn (NET::ERR_CERT_DATE_INVALID), apps and webhooks refuse to connect, Cloudflare gives 526; plain http is well',
    signs: [
      '`openssl s_client -connect <name>:443 -servername <name> </dev/null | openssl x509 -noout -enddate` is past, or less than 14 days ahead',
      'certbot renews 30 days ahead: less than that means that its renewal fails',
    ],
    against: ['cert-renewed-not-reloaded: the file holds a newer one already', 'a clock that is wrong: `timedatectl`'],
    remedy: [
      { step: 'see why it was not renewed: `certbot renew --dry-run`, `systemctl list-timers`', risk: risks.none },
      {
        step: '`certbot renew && systemctl reload nginx`',
        risk: "Let's Encrypt counts failed attempts: five an hour for a name",
      },
    ],
  },
  source: 'RFC 5280 4.1.2.5: a certificate is not to be trusted after notAfter; certbot renews 30 days before.',
  judge: (scene) => {
    const { site, gateway, location } = scene.path
    if (!site || !location || !gateway?.facts.running || !scene.facts.host.known) return undefined
    const { nowMs } = scene.facts.host.value
    const worst = certificatesOf(scene)
      .toSorted((a, b) => a.certificate.notAfterMs - b.certificate.notAfterMs)
      .at(0)
    if (!worst) return undefined
    const leftMs = worst.certificate.notAfterMs - nowMs
    const isRenewedSoon = leftMs > 0 && isRenewed(scene, worst)
    if (leftMs > soonMs || isShortLived(worst, leftMs) || isRenewedSoon) return undefined
    const { subject, issuer, notAfterMs } = worst.certificate
    return {
      holds: true,
      isLatent: leftMs > 0,
      confidence: 'high',
      subject: subject === '' ? worst.source : subject,
      summary: summarize(subject === '' ? worst.source : subject, leftMs),
      evidence: [{ source: worst.source, text: t`notAfter ${formatDate(notAfterMs)}, issued by ${issuer}` }],
      remedy: [...renew(scene), reloadGateway(scene)],
    }
  },
})

function summarize(name: string, leftMs: number): string {
  const days = Math.max(1, Math.round(Math.abs(leftMs) / dayMs))
  if (leftMs <= 0)
    return days === 1
      ? t`the certificate of ${name} expired 1 day ago`
      : t`the certificate of ${name} expired ${days} days ago`
  return days === 1
    ? t`the certificate of ${name} expires in 1 day`
    : t`the certificate of ${name} expires in ${days} days`
}

/** One that lives for days only, as of Caddy's own authority or an ACME of short profile, is renewed later in proportion. */
function isShortLived({ certificate: { notBeforeMs, notAfterMs } }: Shown, leftMs: number): boolean {
  const lifeMs = notAfterMs - notBeforeMs
  return leftMs > 0 && lifeMs < 4 * soonMs && leftMs > lifeMs / 4
}

function renew(scene: Scene): RemedyStep[] {
  const path = scene.path.site?.certificates?.[0] ?? null
  if (scene.path.gateway?.kind === 'caddy' && path === null)
    return [
      {
        command: asRoot(scene.login, sh`journalctl -u caddy -g ${'obtain|renew'} -n 20 --no-pager`),
        note: t`${gatewayName(scene)} renews by itself: shows what it says of it`,
        risk: risks.none,
      },
    ]
  if (path !== null && !path.includes('/letsencrypt/'))
    return [{ note: t`renew the certificate in ${path} where it comes from`, risk: risks.none }]
  return [
    {
      command: asRoot(scene.login, sh`certbot renew`),
      note: t`renews what is due, and says what keeps it from doing so`,
      risk: t`Let's Encrypt counts failed attempts: five an hour for a name`,
    },
  ]
}
