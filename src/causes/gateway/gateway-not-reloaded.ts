import { t } from '../../language/language.js'
import { defineCause, type Scene } from '../define.js'
import { reloadGateway } from '../shared/remedies.js'
import { isRefused, logOf, stateOf } from '../shared/scene.js'
import { risks, steps } from '../shared/steps.js'

export default defineCause({
  id: 'gateway-not-reloaded',
  title: 'the gateway has not read its changed configuration',
  layer: 'gateway',
  breaks: 'site',
  explains: ['no-listener'],
  needs: ['nginx'],
  runbook: {
    symptom: 'a change of the configuration has no effect',
    signs: ['a file of the configuration is newer than the workers', 'its log names an upstream that the files do not'],
    against: [
      'gateway-config-invalid-old-running: it was reloaded, and refused the files',
      'site-not-enabled: the file is not one that it reads',
    ],
    remedy: [{ step: 'see what would change: look at the files that are newer', risk: risks.none }, steps.reload],
  },
  source: 'nginx reads its files at start and reload only; the age of its workers tells when that was.',
  judge: (scene) => {
    const { gateway } = scene.path
    if (!gateway || stateOf(scene, 'gateway') !== 'proven' || gateway.facts.mistakes.length > 0) return undefined
    const { workersStartedMs, configModifiedMs, files } = gateway.facts
    if (workersStartedMs === null || configModifiedMs === null || configModifiedMs <= workersStartedMs + 1000)
      return undefined
    const newest = files.find(({ modifiedMs }) => modifiedMs === configModifiedMs)
    const changed = new Date(configModifiedMs).toISOString()
    const loaded = new Date(workersStartedMs).toISOString()
    const elsewhere = otherUpstream(scene)
    return {
      holds: true,
      // Where nobody answers at what the files name either, a reload changes nothing.
      isLatent: isRefused(scene),
      confidence: elsewhere === undefined ? 'medium' : 'high',
      subject: gateway.name,
      summary: newest
        ? t`${newest.path} was changed after ${gateway.name} loaded it`
        : t`the configuration was changed after ${gateway.name} loaded it`,
      evidence: [
        { source: newest?.path ?? gateway.name, text: t`changed ${changed}, loaded ${loaded}` },
        ...(elsewhere === undefined ? [] : [{ source: logOf(scene), text: elsewhere }]),
      ],
      remedy: [reloadGateway(scene)],
    }
  },
})

/** A logged upstream that is not the one in the files: what nginx dials is not what the files say. */
function otherUpstream(scene: Scene): string | undefined {
  const port = scene.path.target?.port
  const all = scene.path.gateway?.errors?.kinds ?? []
  return all.find(
    ({ upstream, countLastHour }) => countLastHour > 0 && upstream !== null && !upstream.endsWith(`:${port}`),
  )?.sample
}
