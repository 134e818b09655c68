import { t } from '../../language/language.js'
import type { Unit } from '../../probes/services.js'
import { defineCause } from '../define.js'
import { answerEvidence, errorEvidence } from '../shared/scene.js'
import { hasFailedToStart, journalEvidence, unitEvidence } from '../shared/service.js'
import { findPm2Start, renewUnit } from '../shared/startup.js'
import { risks } from '../shared/steps.js'

export default defineCause({
  id: 'pm2-startup-stale-path',
  title: "pm2's service names a node or pm2 that is gone",
  layer: 'environment',
  breaks: 'target',
  explains: ['pm2-unit-failed', 'pm2-daemon-not-running', 'no-listener', 'pm2-app-missing', 'pm2-startup-missing'],
  needs: ['services'],
  runbook: {
    symptom: '502 since the first reboot after node was upgraded (by nvm, mostly), or at the next one',
    signs: ["ExecStart or PATH of pm2's unit names a file that is gone", 'systemd says 203/EXEC'],
    against: [
      'pm2-unit-failed: the paths are there, and it fails for another reason',
      'pm2-startup-missing: there is no enabled unit',
    ],
    remedy: [
      {
        step: 'write the unit anew for the pm2 and node of today: `pm2 unstartup` and `pm2 startup`, as root',
        risk: 'changes made in the unit by hand are lost; running apps go on',
      },
      { step: 'where pm2 is down: `systemctl restart <unit>`', risk: risks.none },
    ],
  },
  source:
    'Unitech/pm2#1413: `pm2 startup` writes absolute paths, which an upgrade of node by nvm takes away. Reproduced: 203/EXEC.',
  judge: (scene) => {
    const start = findPm2Start(scene, (unit) => goneOf(unit) !== undefined)
    if (!start || 'holds' in start) return start
    const { unit, isOutage, isCertain } = start
    const gone = goneOf(unit)
    const isSeen = unit.gone.some((path) => path === gone)
    return {
      holds: true,
      // What starts it is gone, but whether that is why it is down shows only in a start that failed.
      confidence: isCertain && isSeen && (!isOutage || hasFailedToStart(unit)) ? 'high' : 'medium',
      subject: unit.name,
      summary: isOutage ? sayNow(unit.name, gone, isSeen) : sayNextBoot(unit.name, gone, isSeen),
      evidence: [
        { source: unit.path ?? unit.name, text: `ExecStart=${unit.command}` },
        ...(isSeen ? [{ source: `ls ${gone}`, text: 'No such file or directory' }] : []),
        unitEvidence(unit),
        ...journalEvidence(unit, scene, 'systemd', 1),
        ...(isOutage ? [...answerEvidence(scene), ...errorEvidence(scene, 'connect-refused')] : []),
      ],
      remedy: renewUnit(scene, start),
    }
  },
})

function sayNow(unit: string, gone: string | undefined, isSeen: boolean): string {
  return isSeen ? t`${unit} cannot start pm2: ${gone} is gone` : t`${unit} cannot start pm2: ${gone} cannot be executed`
}

function sayNextBoot(unit: string, gone: string | undefined, isSeen: boolean): string {
  return isSeen
    ? t`${unit} will not start pm2 at the next boot: ${gone} is gone`
    : t`${unit} will not start pm2 at the next boot: ${gone} cannot be executed`
}

/**
 * What the unit cannot start without: its program, or any node in its PATH. Whoever may not look into the folders of the
 * version manager still knows by 203/EXEC that the program there cannot be run.
 */
function goneOf({ program, gone, hasNode, exit }: Unit): string | undefined {
  const isRefused = exit?.how === 'exited' && exit.status === 203
  if (program !== null && (gone.includes(program) || (isRefused && isVersioned.test(program)))) return program
  return hasNode === false ? gone.find((path) => isVersioned.test(path)) : undefined
}

// sample: /home/deploy/.nvm/versions/node/v16.20.0/bin, /opt/node-18/bin
const isVersioned = /\/(?:\.?nvm|\.?fnm|\.volta|\.asdf|\.n|versions)\/|\/node-?v?\d/
