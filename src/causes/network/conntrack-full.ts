import { knownValue } from '../../fact.js'
import { t } from '../../language/language.js'
import { sh } from '../../shell.js'
import { defineCause, type Scene } from '../define.js'
import { asRoot } from '../shared/remedies.js'
import { answerEvidence, errorEvidence } from '../shared/scene.js'

/** The kernel drops from the first connection above the limit on; it counts those that end a little late. */
const fullShare = 0.98
/** A line of the kernel's log from longer ago than this is of the past. */
const recentMs = 10 * 60_000

export default defineCause({
  id: 'conntrack-full',
  title: "the kernel's table of connections is full",
  layer: 'network',
  breaks: 'entrance',
  explains: ['firewall-drop-gateway-app', 'listen-backlog-overflow'],
  needs: ['limits'],
  runbook: {
    symptom: 'new connections time out at random, from outside and on the host itself; those that stand go on',
    signs: [
      '`cat /proc/sys/net/netfilter/nf_conntrack_count` is at `nf_conntrack_max`',
      'the kernel log says `nf_conntrack: table full, dropping packet`',
    ],
    against: [
      'public-port-blocked: a firewall drops every connection to a port, not some to any port',
      'a line in the kernel log from before the count fell again: then it is over',
    ],
    remedy: [
      {
        step: "see who fills it: `conntrack -L | awk '{ print $3, $6 }' | sort | uniq -c | sort -n | tail`",
        risk: 'none',
      },
      {
        step: 'raise the limit: `sysctl -w net.netfilter.nf_conntrack_max=<number>`',
        risk: 'each entry takes about 320 bytes of memory',
      },
      { step: 'keep it over the next boot: a file in /etc/sysctl.d', risk: 'none' },
    ],
  },
  source:
    'Linux net/netfilter/nf_conntrack_core.c: "nf_conntrack: table full, dropping packet"; kubernetes/kubernetes#71261.',
  judge: (scene) => {
    const { path, facts, login } = scene
    const table = knownValue(facts.limits)?.conntrack
    const said = saidLately(scene)
    const isFull = table != null && table.max > 0 && table.count >= table.max * fullShare
    if (!isFull && !said) return undefined
    if (!isFull && table) return undefined
    if (!table)
      return isFailing(scene)
        ? {
            holds: null,
            because: t`the kernel said that its table of connections was full; whether it still is could not be seen`,
            decide: 'cat /proc/sys/net/netfilter/nf_conntrack_count /proc/sys/net/netfilter/nf_conntrack_max',
          }
        : undefined
    const wanted = 2 ** Math.ceil(Math.log2(table.max * 2))
    return {
      holds: true,
      confidence: said || isFailing(scene) ? 'high' : 'medium',
      isLatent: path.serves === true || !isFailing(scene),
      subject: 'nf_conntrack',
      summary: t`the kernel's table of connections is full (${table.count} of ${table.max}): new ones are dropped`,
      evidence: [
        { source: '/proc/sys/net/netfilter', text: `nf_conntrack_count ${table.count}, nf_conntrack_max ${table.max}` },
        ...(said ? [{ source: t`kernel log`, text: `${said.count}× ${said.text}` }] : []),
        ...answerEvidence(scene),
        ...errorEvidence(scene, 'connect-timeout'),
      ],
      remedy: [
        {
          command: asRoot(login, sh`sysctl -w net.netfilter.nf_conntrack_max=${wanted}`),
          note: t`makes room at once, until the next boot`,
          risk: t`up to ${Math.round((wanted * 320) / 2 ** 20)} MB of the kernel's memory`,
        },
        {
          command: asRoot(
            login,
            sh`sh -c ${`echo net.netfilter.nf_conntrack_max=${wanted} > /etc/sysctl.d/90-conntrack.conf`}`,
          ),
          note: t`keeps it over the next boot`,
          risk: 'none',
        },
        {
          command: asRoot(
            login,
            sh`sh -c ${"conntrack -L | awk '{ print $5, $6 }' | sort | uniq -c | sort -n | tail"}`,
          ),
          note: t`shows who fills it: an attack or a leak fills any table`,
          risk: 'none',
        },
      ],
    }
  },
})

function saidLately({ facts }: Scene) {
  const nowMs = knownValue(facts.host)?.nowMs ?? 0
  return knownValue(facts['kernel-log'])?.reachedLimits?.find(
    ({ limit, atMs }) => limit === 'conntrack' && atMs !== null && nowMs - atMs < recentMs,
  )
}

/** Whether some connection of this path was not answered, as it is when its first packet is dropped. */
function isFailing({ path }: Scene): boolean {
  const asked = [...path.direct, path.throughGateway, path.fromHere].filter((answer) => answer !== null)
  // Where a server does not take the connection in time, nginx says 504, HAProxy and Apache 503.
  const late = path.gateway?.kind === 'nginx' ? [504] : [503, 504]
  return asked.some(({ failure, status }) => failure === 'connect-timeout' || late.includes(status ?? 0))
}
