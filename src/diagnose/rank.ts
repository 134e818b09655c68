import type { AnyCause, AnyHolds, Confidence, Layer } from '../causes/define.js'
import { type EdgeId, edgeIds } from '../path/request-path.js'

/** A cause that holds on one path, and whether requests fail by it. */
export interface Match {
  cause: AnyCause
  judgement: AnyHolds
  pathId: string
  effect: 'outage' | 'risk'
}

/** A root cause with what follows from it. */
export interface Root {
  root: Match
  consequences: Match[]
}

const confidences: readonly Confidence[] = ['high', 'medium', 'low']
const layers: readonly Layer[] = ['resources', 'build', 'environment', 'app', 'pm2', 'listener', 'gateway', 'network']

/**
 * Orders what holds on one path. A match that another one explains is its consequence; of those that nothing explains,
 * the one that breaks the earliest link comes first, because nothing behind it is reached before it is mended.
 */
export function rankPath(matches: readonly Match[]): Root[] {
  const explainers = (match: Match) =>
    matches.filter(
      (other) => other !== match && explains(other.cause, match.cause) && !explains(match.cause, other.cause),
    )
  const roots = matches.filter((match) => explainers(match).length === 0).toSorted(compareRoots)
  return roots.map((root) => ({
    root,
    consequences: matches.filter((match) => !roots.includes(match) && firstRootOf(match, roots, explainers) === root),
  }))
}

function explains(cause: AnyCause, consequence: AnyCause): boolean {
  return cause.explains.includes(consequence.id)
}

/** The first root that a consequence leads back to, over as many steps as it takes. */
function firstRootOf(match: Match, roots: readonly Match[], explainers: (match: Match) => Match[]): Match | undefined {
  const seen = new Set([match])
  for (const step of seen) for (const explainer of explainers(step)) seen.add(explainer)
  return roots.find((root) => seen.has(root))
}

export function compareRoots(a: Match, b: Match): number {
  return (
    Number(a.effect === 'risk') - Number(b.effect === 'risk') ||
    edgeOrder(a.cause.breaks) - edgeOrder(b.cause.breaks) ||
    confidences.indexOf(a.judgement.confidence) - confidences.indexOf(b.judgement.confidence) ||
    layers.indexOf(a.cause.layer) - layers.indexOf(b.cause.layer)
  )
}

function edgeOrder(edge: EdgeId): number {
  return edgeIds.indexOf(edge)
}
