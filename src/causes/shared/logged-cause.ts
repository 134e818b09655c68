import { isAnswer } from '../../path/request-path.js'
import type { ErrorKind } from '../../probes/nginx-errors.js'
import { type Cause, defineCause, type RemedyStep, type Scene } from '../define.js'
import { answerEvidence, edgeEvidence, errorEvidence, gatewayName, recentErrors } from './scene.js'

type LoggedCause = Omit<Cause, 'judge'> & {
  kinds: readonly ErrorKind[]
  /** The verdict, with the gateway's newest line of these kinds. */
  summary: (scene: Scene, line: string) => string
  remedy: (scene: Scene) => RemedyStep[]
}

/** A cause that the gateway's own log names, and by which every request fails: where one succeeds now, the line is history. */
export function defineLoggedCause({ kinds, summary, remedy, ...rest }: LoggedCause): Cause {
  return defineCause({
    ...rest,
    judge: (scene) => {
      const { location, throughGateway, target } = scene.path
      const [newest] = recentErrors(scene, ...kinds)
      if (!location || !newest || !throughGateway || isAnswer(throughGateway)) return undefined
      return {
        holds: true,
        confidence: 'high',
        subject: target?.text ?? gatewayName(scene),
        summary: summary(scene, newest.sample),
        evidence: [...edgeEvidence(scene, 'site'), ...errorEvidence(scene, ...kinds), ...answerEvidence(scene)],
        remedy: remedy(scene),
      }
    },
  })
}
