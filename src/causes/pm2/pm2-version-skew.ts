import { dirname } from 'node:path'
import { t } from '../../language/language.js'
import type { App } from '../../path/app.js'
import { defineCause } from '../define.js'
import { pm2 } from '../shared/remedies.js'
import { risks } from '../shared/steps.js'

export default defineCause({
  id: 'pm2-version-skew',
  title: 'the pm2 in memory is of another major version than its command',
  layer: 'pm2',
  breaks: 'manager',
  explains: [],
  needs: ['pm2'],
  runbook: {
    symptom: 'every pm2 command says `In-memory PM2 is out-of-date`; requests succeed',
    signs: ['the version of `God Daemon` and that of the pm2 command differ in their first number'],
    against: ['it is a risk, no reason for a 502: commands may fail, and the next boot runs the other version'],
    remedy: [
      { step: 'store the list: `pm2 save`', risk: risks.save },
      { step: 'have the daemon run the new version: `pm2 update`', risk: 'restarts every app' },
    ],
  },
  source: 'Unitech/pm2 lib/Client.js; reproduced with a 6.0 daemon and the command of 7.0.',
  judge: (scene) => {
    const { app } = scene.path
    const { version, commandVersion, home, pid, user } = app?.daemon ?? {}
    if (!app || pid == null || version == null || commandVersion == null) return undefined
    if (majorOf(version) === majorOf(commandVersion) || !isOwnCommand(app)) return undefined
    return {
      holds: true,
      isNote: true,
      confidence: 'high',
      subject: home ?? app.name,
      summary: t`pm2 ${version} of ${user} is in memory, and its command is ${commandVersion}: the next boot runs that one`,
      evidence: [
        { source: 'ps', text: `PM2 v${version}: God Daemon (${home})` },
        { source: `${app.daemon?.pm2Path ?? 'pm2'} --version`, text: commandVersion },
      ],
      remedy: [
        { command: pm2(scene, app, 'save'), note: t`stores the list`, risk: risks.save },
        {
          command: pm2(scene, app, 'update'),
          note: t`has the daemon run the new version`,
          risk: t`restarts every app`,
        },
      ],
    }
  },
})

/** Whether the command is the one that started the daemon: of several that are installed, it has the daemon's node beside it. */
function isOwnCommand({ daemon }: App): boolean {
  const folder = dirname(daemon?.nodePath ?? '')
  return daemon?.pm2Path === 'pm2' ? usualFolders.includes(folder) : dirname(daemon?.pm2Path ?? '/') === folder
}

const usualFolders = ['/usr/local/bin', '/usr/bin', '/bin']

function majorOf(version: string): string {
  return version.split('.')[0] ?? ''
}
