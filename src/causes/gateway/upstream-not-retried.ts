import { knownValue } from '../../fact.js'
import { joinWords } from '../../language/join-words.js'
import { t } from '../../language/language.js'
import { rateOf, requestEvidence } from '../../path/answer.js'
import { sh } from '../../shell.js'
import { defineCause, type Scene } from '../define.js'
import { asRoot, reloadGateway } from '../shared/remedies.js'
import { edgeEvidence, stateOf } from '../shared/scene.js'
import { risks, steps } from '../shared/steps.js'

export default defineCause({
  id: 'upstream-not-retried',
  title: 'the gateway does not try another server when one fails',
  layer: 'gateway',
  // Behind the target: the server that is dead is the cause, and this is what makes visitors notice.
  breaks: 'answer',
  explains: [],
  needs: ['http', 'nginx'],
  runbook: {
    symptom: 'a part of the requests gets 502 or 504, as large as the part of the servers that are dead',
    signs: [
      'the upstream block names several servers, of which some take no connections',
      'of several requests through the gateway some fail, and others succeed',
    ],
    against: [
      'app-fails-sometimes: a request straight to each server fails now and then, too',
      'no-listener alone: the gateway passes on to the next server, and visitors notice nothing',
    ],
    remedy: [
      { step: 'mend the server that is dead, or take it out of the block', risk: risks.edit },
      {
        step: 'let nginx try the next one: `proxy_next_upstream error timeout` (its default) in place of `off`',
        risk: risks.edit,
      },
      steps.reload,
    ],
  },
  source:
    'Reproduced: two servers, one dead, with proxy_next_upstream off; with its default (error timeout) every request succeeds.',
  judge: (scene) => {
    const { throughGateway, location, target, poolSize, gateway } = scene.path
    const rate = throughGateway ? rateOf(throughGateway) : undefined
    if (!throughGateway || !rate || !location?.proxyPass || !target || !gateway || poolSize < 2) return undefined
    // The rate itself shows that another server of the pool answers.
    if (stateOf(scene, 'target') !== 'broken' || !hasGatewayError(throughGateway.samples?.failed ?? []))
      return undefined
    const name = location.proxyPass.upstream ?? target.text
    return {
      holds: true,
      confidence: 'high',
      subject: name,
      summary: t`${gateway.name} passes ${rate.failed} of ${rate.count} requests to ${target.text}, which takes none, and does not try another server of ${name}`,
      evidence: [requestEvidence(throughGateway), ...edgeEvidence(scene, 'target', 'site'), ...blockEvidence(scene)],
      remedy: [
        {
          command: asRoot(
            scene.login,
            sh`nano ${`+${location.proxyPass.place.line}`} ${location.proxyPass.place.file}`,
          ),
          note: t`have it try the next server (nginx: proxy_next_upstream error timeout, in place of off), or take ${target.text} out of the pool`,
          risk: risks.edit,
        },
        reloadGateway(scene),
      ],
    }
  },
})

/** What a gateway says when it reached nobody. */
function hasGatewayError(failed: readonly { status: number | null }[]): boolean {
  return failed.some(({ status }) => status === 502 || status === 503 || status === 504)
}

function blockEvidence({ path, facts }: Scene) {
  const name = path.location?.proxyPass?.upstream
  const block = knownValue(facts.nginx)?.upstreams.find((upstream) => upstream.name === name)
  if (!block) return []
  const servers = joinWords(block.servers.map(({ target }) => target.text))
  return [{ source: `${block.place.file}:${block.place.line}`, text: `upstream ${block.name}: ${servers}` }]
}
