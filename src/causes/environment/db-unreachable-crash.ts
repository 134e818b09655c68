import { knownValue } from '../../fact.js'
import { t } from '../../language/language.js'
import type { Evidence } from '../../path/request-path.js'
import { isLocal } from '../../path/target.js'
import type { Facts } from '../../probes/index.js'
import { sh } from '../../shell.js'
import type { RemedyStep, Scene } from '../define.js'
import { defineCrashCause } from '../shared/crash-cause.js'
import { asRoot, restart } from '../shared/remedies.js'
import { risks, steps } from '../shared/steps.js'

export default defineCrashCause({
  id: 'db-unreachable-crash',
  title: 'the app dies because its database does not answer',
  layer: 'environment',
  runbook: {
    symptom: '502 on every request since the database, or the way to it, went',
    signs: [
      'the last life of the app ended with a refused or late connection, or a login that the database refused',
      'the error names the address that was dialled',
    ],
    against: [
      'app-serves-5xx: the app survives and answers 500',
      'env-missing: the address of the database is not set at all',
      'disk-full: the database itself may have ended by it',
    ],
    remedy: [
      { step: 'on the host of the database, see whether it listens: `ss -ltnp "sport = :<port>"`', risk: risks.none },
      { step: 'start the database, or open the way to it', risk: risks.none },
      steps.restart,
    ],
  },
  source: 'Reproduced: connect ECONNREFUSED right before the exit; an app that survives answers 500 instead.',
  summary: (app, { name }) =>
    name === '' ? t`${app.name} cannot reach its database` : t`${app.name} cannot reach its database at ${name}`,
  doubts: ({ facts }, { name }) => listensNow(facts, name),
  remedy: (scene, app, { name }) => [
    ...askDatabase(scene, name),
    { note: t`start the database (or mend what stopped it)`, risk: risks.none },
    restart(scene, app),
  ],
})

/** A database of this host that is back by now: a restart of the app may be all that is missing. */
function listensNow(facts: Facts, name: string): Evidence[] {
  const { port, isHere } = readAddress(facts, name)
  const listener = knownValue(facts.listeners)?.listeners.find((each) => each.port === Number(port))
  return isHere && listener ? [{ source: 'ss -ltnp', text: `${listener.address}:${port} listens now` }] : []
}

function readAddress(facts: Facts, name: string): { host: string; port: string | undefined; isHere: boolean } {
  // sample: 127.0.0.1:5432, ::1:5432, db.internal:5432
  const [, host = '', port] = /^(.*):(\d+)$/.exec(name) ?? []
  return { host, port, isHere: host === 'localhost' || isLocal([host], facts) === true }
}

/** Here its socket can be looked at; elsewhere it can be dialled only. */
function askDatabase({ facts, login }: Scene, name: string): RemedyStep[] {
  const { host, port, isHere } = readAddress(facts, name)
  if (port === undefined) return []
  const look = sh`ss -ltnp ${`sport = :${port}`}`
  return isHere
    ? [{ command: asRoot(login, look), note: t`shows whether anything listens there`, risk: risks.none }]
    : [
        {
          command: sh`nc -zvw 3 ${host} ${port}`,
          note: t`shows whether ${host} can be reached from here; if not, look at it and at the firewalls between`,
          risk: risks.none,
        },
      ]
}
