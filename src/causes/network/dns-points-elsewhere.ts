import { isIP } from 'node:net'
import { knownValue } from '../../fact.js'
import { joinWords } from '../../language/join-words.js'
import { t } from '../../language/language.js'
import { requestEvidence } from '../../path/answer.js'
import { type HttpAnswer, isAnswer } from '../../path/request-path.js'
import { sh } from '../../shell.js'
import { defineCause, type Scene } from '../define.js'
import { nameEvidence, publicAnswer } from '../shared/public-name.js'

export default defineCause({
  id: 'dns-points-elsewhere',
  title: 'the public name does not lead to this host',
  layer: 'network',
  breaks: 'entrance',
  explains: ['public-port-blocked'],
  needs: ['host'],
  runbook: {
    symptom:
      'visitors get no answer, or one of another machine, while the host answers for the name when it is asked itself',
    signs: [
      '`dig +short <name>` gives none of the addresses of the host (`ip -br address`)',
      'the same request to the address of the host is answered',
    ],
    against: [
      'a load balancer, a NAT or a CDN before the host: its address is another one, and right',
      'public-port-blocked: the name leads here, and a firewall keeps visitors out',
    ],
    remedy: [
      {
        step: 'see what the name is, and is told by its own servers: `dig +short <name>`, `dig +trace <name>`',
        risk: 'none',
      },
      { step: 'correct the record where the domain is managed', risk: 'takes as long as its TTL to reach everybody' },
    ],
  },
  source: 'RFC 1034; told by comparison only: what stands at the other address is not known.',
  judge: (scene) => {
    const asked = publicAnswer(scene)
    const own = knownValue(scene.facts.host)?.addresses
    if (!asked || !own || isAnswer(asked)) return undefined
    const name = new URL(asked.url).hostname
    const resolved = asked.resolved ?? []
    const isUnresolved = asked.failure === 'dns'
    if (isIP(name.replace(/^\[|\]$/g, '')) !== 0 || (!isUnresolved && resolved.length === 0)) return undefined
    const here = answerHere(scene, asked)
    if (resolved.some((address) => own.includes(address) || address === here?.address)) return undefined
    const answersInside = scene.path.throughGateway !== null && isAnswer(scene.path.throughGateway)
    const addresses = joinWords(resolved)
    if (!here)
      return answersInside
        ? {
            holds: null,
            because: isUnresolved
              ? t`${name} has no address as seen from here; visitors' name servers may know one`
              : t`${name} leads to ${addresses}, which is none of this host's own addresses; that may be a NAT or a load balancer before it`,
            decide: `dig +short ${name}`,
          }
        : undefined
    // An error from over there comes from something that works, and may well be a load balancer.
    const isSilent = isUnresolved || asked.status === null
    return {
      holds: true,
      confidence: isSilent ? 'medium' : 'low',
      subject: name,
      summary: isUnresolved
        ? t`${name} has no address; this host answers for it at ${here.address}`
        : t`${name} leads to ${addresses}, where requests fail (${asked.status ?? asked.failure}); this host answers for it at ${here.address}`,
      evidence: [...(isUnresolved ? [] : [nameEvidence(asked)]), requestEvidence(asked), requestEvidence(here)],
      remedy: [
        { command: sh`dig +short ${name}`, note: t`shows what others are told`, risk: 'none' },
        {
          note: isUnresolved
            ? t`add a record of ${name} with the public address of this host`
            : t`let the record of ${name} be the address of this host, or mend what stands at ${resolved[0]} if that is a load balancer or NAT before it`,
          risk: t`a changed record takes as long as its TTL to reach everybody`,
        },
      ],
    }
  },
})

/** A good answer for the same name and port that this host gave when it was asked at its own address. */
function answerHere({ fromHere = [] }: Scene, asked: HttpAnswer): HttpAnswer | undefined {
  return fromHere.find(
    (other) =>
      other !== asked &&
      isIP(other.address) !== 0 &&
      other.port === asked.port &&
      other.hostHeader === asked.hostHeader &&
      isAnswer(other),
  )
}
