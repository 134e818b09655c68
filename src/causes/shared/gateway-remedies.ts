import { t } from '../../language/language.js'
import { sh } from '../../shell.js'
import type { RemedyStep, Scene } from '../define.js'
import { asRoot } from './remedies.js'
import { risks } from './steps.js'

/**
 * Replaces a piece of what the path's location dials, where it is written: in its own line, or in the upstream block
 * that it names. `from` is a basic regular expression. What a variable holds is found by a person only.
 */
export function replaceInTarget(scene: Scene, from: string, to: string, note: string): RemedyStep[] {
  const pass = scene.path.location?.proxyPass
  if (!pass) return []
  const { gateway } = scene.path
  const block = gateway?.facts.upstreams.find(({ name }) => name === pass.upstream)
  // Only of nginx it is known where a block ends.
  if (pass.target.hasVariables || pass.place.file.endsWith('.json') || (block && gateway?.kind !== 'nginx'))
    return editTarget(scene, note)
  const { file, line } = block?.place ?? pass.place
  const mark = `${from}${to}`.includes('/') ? '|' : '/'
  const change = `s${[mark, from, mark, to, mark].join('')}`
  // From the first line of a block to the one that closes it, which may be the same.
  const edit = block ? `${line}{:a;${change};/}/b;n;ba}` : `${line}${change}`
  return [
    {
      command: asRoot(scene.login, sh`sed -i --follow-symlinks ${edit} ${file}`),
      note: block
        ? t`${note} (changes upstream ${block.name} in ${file})`
        : t`${note} (changes line ${line} of ${file})`,
      risk: risks.none,
    },
  ]
}

/** Opens the line that says what the path dials; of a gateway other than nginx, that of the block that it names. */
export function editTarget({ path: { location, gateway }, login }: Scene, note: string): RemedyStep[] {
  const pass = location?.proxyPass
  const block = gateway?.kind !== 'nginx' && gateway?.facts.upstreams.find(({ name }) => name === pass?.upstream)
  const place = (block || pass)?.place
  return place ? [{ command: asRoot(login, sh`nano ${`+${place.line}`} ${place.file}`), note, risk: risks.none }] : []
}
