import { t } from '../../language/language.js'
import { type App, portOfArguments } from '../../path/app.js'
import type { RemedyStep, Scene } from '../define.js'
import { restartWith } from './remedies.js'
import { risks } from './steps.js'

/** Has the app listen on another port. An argument wins over PORT: that is changed where it is written. */
export function moveApp(scene: Scene, app: App, port: number): RemedyStep {
  if (app.instances.some(({ args }) => portOfArguments(args) !== null))
    return {
      note: t`write port ${port} where ${app.name} is started with -p (its ecosystem file), and start it from there`,
      risk: risks.restart,
    }
  return {
    command: restartWith(scene, app, { PORT: port }),
    note: t`${app.name} listens on ${port}; set PORT in its ecosystem file too`,
    risk: risks.restart,
  }
}
