import { knownValue } from '../fact.js'
import { defineCause } from './define.js'
import { reloadNginx } from './shared/remedies.js'
import { isRefused, type recentErrors, stateOf } from './shared/scene.js'

export default defineCause({
  id: 'gateway-not-reloaded',
  title: 'nginx has not read its changed configuration',
  layer: 'gateway',
  breaks: 'site',
  explains: ['no-listener'],
  source: 'nginx reads its files at start and reload only; the age of its workers tells when that was.',
  judge: (scene) => {
    const nginx = knownValue(scene.facts.nginx)
    if (!nginx || stateOf(scene, 'gateway') !== 'proven' || nginx.mistakes.length > 0) return undefined
    const { workersStartedMs, configModifiedMs } = nginx
    if (workersStartedMs === null || configModifiedMs === null || configModifiedMs <= workersStartedMs + 1000)
      return undefined
    const newest = nginx.files.find(({ modifiedMs }) => modifiedMs === configModifiedMs)
    const changed = new Date(configModifiedMs).toISOString()
    const loaded = new Date(workersStartedMs).toISOString()
    const elsewhere = otherUpstream(scene)
    return {
      holds: true,
      // Where nobody answers at what the files name either, a reload changes nothing.
      isLatent: isRefused(scene),
      confidence: elsewhere === undefined ? 'medium' : 'high',
      subject: 'nginx',
      summary: `${newest?.path ?? 'the configuration'} was changed after nginx loaded it`,
      evidence: [
        { source: newest?.path ?? 'nginx', text: `changed ${changed}, loaded ${loaded}` },
        ...(elsewhere === undefined ? [] : [{ source: 'nginx error log', text: elsewhere }]),
      ],
      remedy: [reloadNginx(scene.login)],
    }
  },
})

/** A logged upstream that is not the one in the files: what nginx dials is not what the files say. */
function otherUpstream(scene: Parameters<typeof recentErrors>[0]): string | undefined {
  const port = scene.path.target?.port
  const all = knownValue(scene.facts['nginx-errors'])?.kinds ?? []
  return all.find(
    ({ upstream, countLastHour }) => countLastHour > 0 && upstream !== null && !upstream.endsWith(`:${port}`),
  )?.sample
}
