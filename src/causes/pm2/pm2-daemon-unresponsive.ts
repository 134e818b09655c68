import { knownValue } from '../../fact.js'
import { t } from '../../language/language.js'
import { sh } from '../../shell.js'
import { defineCause } from '../define.js'
import { runAs } from '../shared/remedies.js'
import { risks } from '../shared/steps.js'

export default defineCause({
  id: 'pm2-daemon-unresponsive',
  title: 'the pm2 daemon does not answer',
  layer: 'pm2',
  breaks: 'manager',
  explains: ['no-listener'],
  needs: ['pm2'],
  runbook: {
    symptom: '`pm2 list` hangs; the apps may well answer, and nothing restarts one that dies',
    signs: ['rpc.sock takes the connection and sends nothing', 'state T in `ps` (stopped), or a CPU that is used up'],
    against: [
      'pm2-daemon-not-running: there is no such process',
      'disk-full, readonly-fs: the daemon waits for a write',
    ],
    remedy: [
      { step: 'where its state is T, let it go on: `kill -CONT <pid>`', risk: risks.none },
      {
        step: 'else find out what blocks it (strace, a full disk), then `pm2 update`',
        risk: 'all its apps are started anew',
      },
    ],
  },
  source: 'Reproduced: a stopped (SIGSTOP) or blocked God Daemon; its apps run on, but nothing restarts them.',
  judge: ({ path, facts, login }) => {
    const daemon = knownValue(facts.pm2)?.daemons.find(({ answer }) => answer === 'silent')
    const isOthers = path.app?.daemon != null && path.app.daemon.home !== daemon?.home
    if (!daemon?.pid || isOthers) return undefined
    const process = knownValue(facts.processes)?.processes.find(({ pid }) => pid === daemon.pid)
    const isStopped = process?.state === 'T'
    return {
      holds: true,
      confidence: path.serves === false ? 'medium' : 'high',
      subject: daemon.home,
      summary: isStopped
        ? t`the pm2 daemon of ${daemon.user} (pid ${daemon.pid}) does not answer: it is stopped (SIGSTOP)`
        : t`the pm2 daemon of ${daemon.user} (pid ${daemon.pid}) does not answer`,
      evidence: [
        { source: `${daemon.home}/rpc.sock`, text: t`connected, but no answer in 2.5 seconds` },
        ...(process ? [{ source: 'ps', text: t`${process.name} pid ${process.pid}, state ${process.state}` }] : []),
      ],
      remedy: isStopped
        ? [
            {
              command: runAs(daemon.user, login, sh`kill -CONT ${daemon.pid}`),
              note: t`lets it go on; its apps are not touched`,
              risk: risks.none,
            },
          ]
        : [
            {
              note: t`find out what blocks process ${daemon.pid} (strace, a full disk)`,
              risk: t`ending it ends all its apps`,
            },
          ],
    }
  },
})
