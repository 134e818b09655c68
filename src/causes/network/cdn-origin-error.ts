import { knownValue } from '../../fact.js'
import { t } from '../../language/language.js'
import { requestEvidence } from '../../path/answer.js'
import { decidePort } from '../../path/firewall-decision.js'
import { sh } from '../../shell.js'
import { defineCause, type RemedyStep, type Scene } from '../define.js'
import { asRoot } from '../shared/remedies.js'
import { answerEvidence, stateOf } from '../shared/scene.js'

/** What Cloudflare means by its own statuses, and what to look at for each. */
function meaningOf(status: number): { said: string; next: string } | undefined {
  const meanings: Readonly<Record<number, { said: string; next: string }>> = {
    520: {
      said: t`the origin sent nothing, or nothing that is HTTP`,
      next: t`look for resets and oversized headers in the gateway log`,
    },
    521: {
      said: t`the origin refuses the connection`,
      next: t`let the gateway listen on the origin's port, and let Cloudflare's addresses in`,
    },
    522: {
      said: t`the origin does not take the connection in time`,
      next: t`let Cloudflare's addresses through every firewall before the gateway (https://www.cloudflare.com/ips/)`,
    },
    523: {
      said: t`the origin cannot be reached`,
      next: t`correct the address of the origin in the DNS records at Cloudflare`,
    },
    524: { said: t`the origin took the connection and gave no answer in 100 s`, next: t`find why the app is slow` },
    525: {
      said: t`the TLS handshake with the origin failed`,
      next: t`let the gateway serve TLS on 443 for this name, or change the SSL mode at Cloudflare`,
    },
    526: { said: t`the origin's certificate is not valid`, next: t`renew the certificate, and reload the gateway` },
    530: {
      said: t`the origin's name cannot be resolved, or Cloudflare has an error of its own (its page says which)`,
      next: t`correct the name of the origin at Cloudflare`,
    },
  }
  return meanings[status]
}

export default defineCause({
  id: 'cdn-origin-error',
  title: 'the CDN does not get an answer from the origin',
  layer: 'network',
  breaks: 'entrance',
  explains: [],
  needs: ['firewall'],
  runbook: {
    symptom:
      "visitors get a page of the CDN with 520 to 526 or 530; the host's own logs show nothing of these requests",
    signs: ['the answer to the public URL has such a status, `Server: cloudflare` and a `CF-RAY`'],
    against: [
      '502 and 504 behind a CDN mostly are those of the origin, passed on',
      'gateway-down, public-port-blocked, app-hung: named instead where this host shows why',
    ],
    remedy: [
      {
        step: 'see that the origin answers without the CDN: `curl -sko /dev/null -w "%{http_code}" --resolve <name>:443:<address> https://<name>/`',
        risk: 'none',
      },
      {
        step: "let the CDN's addresses through the firewall: `ufw allow from <block> to any port 443 proto tcp`",
        risk: 'opens the port to the CDN',
      },
      { step: 'compare the address of the origin at the CDN with that of the host', risk: 'none' },
    ],
  },
  source: 'developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors.',
  judge: (scene) => {
    const { fromHere, serves } = scene.path
    const status = fromHere?.status ?? 0
    const meaning = meaningOf(status)
    if (!fromHere || !meaning || serves === true || !/^cloudflare/i.test(fromHere.server ?? '')) return undefined
    // Where this host itself shows what is wrong, that is the cause.
    if (stateOf(scene, 'gateway') === 'broken') return undefined
    const closed = closedPort(scene)
    const ray = fromHere.cdnRay === undefined ? '' : `, CF-RAY ${fromHere.cdnRay}`
    return {
      holds: true,
      confidence: closed ? 'high' : 'medium',
      subject: fromHere.url,
      summary: closed
        ? t`Cloudflare answers ${status} for ${fromHere.url}: ${meaning.said} (${closed.text})`
        : t`Cloudflare answers ${status} for ${fromHere.url}: ${meaning.said}`,
      evidence: [
        { ...requestEvidence(fromHere), text: `HTTP ${status}, Server: ${fromHere.server}${ray}` },
        ...(closed ? [{ source: closed.tool, text: closed.text }] : []),
        ...answerEvidence(scene).filter(({ source }) => source !== requestEvidence(fromHere).source),
      ],
      remedy: [
        ...askOrigin(scene),
        ...openFor(scene, closed?.tool),
        { note: meaning.next, risk: t`a change at the CDN shows at once for every visitor` },
      ],
    }
  },
})

/** What the host's own firewall does with new connections to the site's ports, if it keeps them out. */
function closedPort({ path, facts }: Scene): { tool: string; text: string; port: number } | undefined {
  const port = path.site?.listens.find(({ isTls }) => isTls === path.fromHere?.url.startsWith('https:'))?.port ?? null
  const firewalls = knownValue(facts.firewall)?.firewalls
  if (port === null || !firewalls || ![521, 522].includes(path.fromHere?.status ?? 0)) return undefined
  const { outcome, firewall } = decidePort(firewalls, port)
  if ((outcome !== 'drop' && outcome !== 'reject') || firewall === null) return undefined
  const { tool } = firewall
  const text =
    outcome === 'drop' ? t`${tool} drops connections to port ${port}` : t`${tool} rejects connections to port ${port}`
  return { tool, text, port }
}

function askOrigin({ path: { fromHere, site }, facts }: Scene): RemedyStep[] {
  const address = knownValue(facts.host)?.addresses.find((each) => !/^(?:127\.|::1$|fe80:)/.test(each))
  if (!fromHere || !site || address === undefined) return []
  const { hostname, port, protocol } = new URL(fromHere.url)
  const place = `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}:${address}`
  return [
    {
      command: sh`curl -sko /dev/null -w ${'%{http_code}\n'} --resolve ${place} ${fromHere.url}`,
      note: t`on the host: shows what the origin says without Cloudflare`,
      risk: 'none',
    },
  ]
}

function openFor({ login, path }: Scene, tool: string | undefined): RemedyStep[] {
  const port = path.site?.listens.find(({ isTls }) => isTls === path.fromHere?.url.startsWith('https:'))?.port
  if (tool !== 'ufw' || port == null) return []
  return [
    {
      command: asRoot(login, sh`ufw allow ${port}/tcp`),
      note: t`opens port ${port}`,
      risk: t`opens it to everybody, past the CDN too`,
    },
  ]
}
