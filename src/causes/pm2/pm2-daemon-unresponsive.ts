import { knownValue } from '../../fact.js'
import { sh } from '../../shell.js'
import { defineCause } from '../define.js'
import { runAs } from '../shared/remedies.js'

export default defineCause({
  id: 'pm2-daemon-unresponsive',
  title: 'the pm2 daemon does not answer',
  layer: 'pm2',
  breaks: 'manager',
  explains: ['no-listener'],
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
      summary: `the pm2 daemon of ${daemon.user} (pid ${daemon.pid}) does not answer${isStopped ? ': it is stopped (SIGSTOP)' : ''}`,
      evidence: [
        { source: `${daemon.home}/rpc.sock`, text: 'connected, but no answer in 2.5 seconds' },
        ...(process ? [{ source: 'ps', text: `${process.name} pid ${process.pid}, state ${process.state}` }] : []),
      ],
      remedy: isStopped
        ? [
            {
              command: runAs(daemon.user, login, sh`kill -CONT ${daemon.pid}`),
              note: 'lets it go on; its apps are not touched',
            },
          ]
        : [{ note: `find out what blocks process ${daemon.pid} (strace, a full disk); ending it ends its apps` }],
    }
  },
})
