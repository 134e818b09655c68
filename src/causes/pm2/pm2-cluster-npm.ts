import { basename } from 'node:path'
import { t } from '../../language/language.js'
import type { App } from '../../path/app.js'
import { findCrash } from '../../path/crash.js'
import { pm2Evidence } from '../../path/pm2-state.js'
import { defineCause, type Holds, type Scene } from '../define.js'
import { failedStart } from '../shared/consequences.js'
import { logEvidence } from '../shared/pm2-log.js'
import { inFolder, pm2, pm2Words } from '../shared/remedies.js'
import { answerEvidence, isCrashing } from '../shared/scene.js'
import { risks, steps } from '../shared/steps.js'

export default defineCause({
  id: 'pm2-cluster-npm',
  title: 'npm or a shell runs in cluster mode, which is for scripts of Node.js',
  layer: 'pm2',
  breaks: 'process',
  explains: [
    ...failedStart,
    'eaddrinuse-orphan',
    'eaddrinuse-other-app',
    'app-crash-uncaught',
    'pm2-home-mismatch',
    'pm2-restart-window',
  ],
  needs: ['pm2'],
  runbook: {
    symptom: 'one instance answers at best, the others crash again and again; each restart costs some seconds of 502',
    signs: [
      'exec mode cluster, two instances or more, and a script that is npm, yarn or pnpm',
      'the app dies of EADDRINUSE on a port that an instance of itself holds',
      'or the script is `bash -c <command>`, as pm2 takes one with blanks: each life ends at once with 0, and no log says why',
    ],
    against: [
      'eaddrinuse-other-app: the script is JavaScript that listens itself, which shares the port in cluster mode',
      'next-build-missing and the like: the log names another reason',
    ],
    remedy: [
      steps.remove,
      {
        step: 'start Next.js itself: `pm2 start node_modules/next/dist/bin/next --name <app> -i 2 -- start -p <port>`',
        risk: risks.restart,
      },
      steps.save,
    ],
  },
  source:
    'vercel/next.js#9136, Unitech/pm2#5771. Reproduced with pm2 7.0: npm starts a child, which no cluster knows of.',
  judge: (scene) => {
    const app = isCrashing(scene)
    const shell = app?.instances.find(isShellCommand)
    if (app && shell) return judgeShell(scene, app, shell)
    const npm = app?.instances.find(({ execMode, script }) => execMode === 'cluster' && isPackageManager(script))
    if (!app || !npm || app.instances.length < 2) return undefined
    const crash = findCrash(app, scene.facts)
    if (crash && !['eaddrinuse', 'app-crash-uncaught'].includes(crash.cause)) return undefined
    // The child has the daemon's own output, not that of the app.
    const said = app.daemon?.log.findLast(({ text }) => text.includes('listen EADDRINUSE: address already in use'))
    return {
      holds: true,
      confidence: said || crash?.cause === 'eaddrinuse' ? 'high' : 'medium',
      subject: app.name,
      summary: t`${app.name} is ${basename(npm.script)} in cluster mode: its ${app.instances.length} instances fight for one port`,
      evidence: [
        { source: `pm2 (${app.daemon?.user})`, text: t`${npm.script} ${npm.args.join(' ')}, cluster mode` },
        ...pm2Evidence(app),
        ...(crash?.evidence ?? logEvidence(app, said)),
        ...answerEvidence(scene),
      ],
      remedy: startWithoutNpm(scene, app),
    }
  },
})

type Instance = App['instances'][number]

/** What pm2 makes of a `script` with blanks in it. */
function isShellCommand({ execMode, script, args }: Instance): boolean {
  return execMode === 'cluster' && /^(?:ba|da)?sh$/.test(basename(script)) && args[0] === '-c'
}

/** Reproduced with pm2 5.4 and 7.0: a worker of Node.js is to run the shell itself, and ends with 0. */
function judgeShell(scene: Scene, app: App, { script, args }: Instance): Holds | undefined {
  if (findCrash(app, scene.facts)) return undefined
  const command = args.slice(1).join(' ')
  return {
    holds: true,
    confidence: 'high',
    subject: app.name,
    summary: t`${app.name} is a command, \`${command}\`, in cluster mode, which runs scripts of Node.js only`,
    evidence: [
      { source: `pm2 (${app.daemon?.user})`, text: t`${script} ${args.join(' ')}, cluster mode` },
      ...pm2Evidence(app),
      ...answerEvidence(scene),
    ],
    remedy: [
      { command: pm2(scene, app, 'delete', app.name), note: t`takes it off the list`, risk: risks.remove },
      {
        note: t`in its ecosystem file, let \`script\` name the file that the command runs in the end, or set exec_mode to 'fork', and start it`,
        risk: t`in fork mode it is one instance, as several would fight for the port`,
      },
      { command: pm2(scene, app, 'save'), note: t`stores the list`, risk: risks.save },
    ],
  }
}

function isPackageManager(script: string): boolean {
  // sample: /usr/bin/npm, /usr/lib/node_modules/npm/bin/npm-cli.js
  return /^(?:npm|npx|yarn|pnpm)(?:-cli)?(?:\.c?js)?$/.test(basename(script))
}

function startWithoutNpm(scene: Parameters<typeof inFolder>[0], app: App) {
  const port = app.port === null ? [] : ['-p', app.port]
  const next = 'node_modules/next/dist/bin/next'
  return [
    { command: pm2(scene, app, 'delete', app.name), note: t`takes it off the list`, risk: risks.remove },
    app.build?.isNext === false
      ? {
          note: t`start the script that \`npm start\` runs itself, or npm in fork mode with one instance`,
          risk: risks.restart,
        }
      : {
          command: inFolder(
            scene,
            app,
            pm2Words(app, 'start', next, '--name', app.name, '-i', app.instances.length, '--', 'start', ...port),
          ),
          note: t`starts Next.js itself, whose instances share the port`,
          risk: risks.restart,
        },
    { command: pm2(scene, app, 'save'), note: t`stores the list`, risk: risks.save },
  ]
}
