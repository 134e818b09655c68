import { posix } from 'node:path'
import { knownValue } from '../fact.js'
import { t } from '../language/language.js'
import type { Facts } from '../probes/index.js'
import type { Event } from './event.js'

/** What the times of files tell of apps: builds, deployments, settings. */
export function fileEvents(facts: Facts): Event[] {
  return [...buildEvents(facts), ...changeEvents(facts)]
}

function buildEvents(facts: Facts): Event[] {
  return (knownValue(facts.builds)?.builds ?? []).flatMap(({ cwd, builtMs, distDir }): Event[] =>
    builtMs === null
      ? []
      : [{ atMs: builtMs, kind: 'build', text: t`${nameApp(facts, cwd)} was built`, source: `${distDir}/BUILD_ID` }],
  )
}

/** Signs of a deployment, by the file that shows it. */
const deployments = new Map<string, (app: string) => string>([
  ['.', (app) => t`files came or went in the folder of ${app}`],
  ['package.json', (app) => t`package.json of ${app} was changed`],
  ['.git/logs/HEAD', (app) => t`git took another commit of ${app}`],
])

function changeEvents(facts: Facts): Event[] {
  return (knownValue(facts['app-files'])?.apps ?? []).flatMap(({ cwd, envFiles, changes = [] }) => {
    const app = nameApp(facts, cwd)
    return [...envFiles, ...changes].flatMap(({ name, modifiedMs: atMs }): Event[] => {
      if (atMs === null) return []
      const source = name === '.' ? cwd : `${cwd}/${name}`
      const deployed = deployments.get(name)?.(app)
      if (deployed !== undefined) return [{ atMs, kind: 'deploy', text: deployed, source }]
      return [{ atMs, kind: 'settings', text: t`${name} of ${app} was changed`, source }]
    })
  })
}

/** What pm2 calls the app of a folder, else the folder's own name. */
function nameApp(facts: Facts, cwd: string): string {
  const apps = (knownValue(facts.pm2)?.daemons ?? []).flatMap(({ apps }) => apps ?? [])
  return apps.find((app) => app.cwd === cwd)?.name ?? posix.basename(cwd)
}
