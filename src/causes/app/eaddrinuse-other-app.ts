import { t } from '../../language/language.js'
import { sh } from '../../shell.js'
import { defineCause } from '../define.js'
import { deadApp } from '../shared/consequences.js'
import { isGateway, isOrphanOf, type PortHolder, portHolder } from '../shared/port-holder.js'
import { asRoot, restart, restartWith } from '../shared/remedies.js'
import { risks } from '../shared/steps.js'

export default defineCause({
  id: 'eaddrinuse-other-app',
  title: "another program holds the app's port",
  layer: 'app',
  breaks: 'process',
  explains: [...deadApp, 'app-serves-5xx'],
  needs: ['pm2', 'app-logs', 'listeners', 'processes'],
  runbook: {
    symptom: 'visitors get the pages of another app, or 502, while this one crashes again and again',
    signs: ['the app dies of EADDRINUSE', 'another program holds <port>'],
    against: [
      'eaddrinuse-orphan: the holder is a former process of this app',
      'app-on-gateway-port: the holder is the gateway',
    ],
    remedy: [
      { step: 'see who holds the port: `ss -ltnp "sport = :<port>"`', risk: risks.none },
      { step: 'either: stop that one for good, then restart this one', risk: 'whoever uses that program loses it' },
      { step: 'or: give this one a port of its own, in its ecosystem file and in proxy_pass', risk: risks.restart },
    ],
  },
  source: 'Reproduced: the second to listen gets EADDRINUSE and exits; the first answers in its place.',
  judge: (scene) => {
    const found = portHolder(scene)
    if (!found || isOrphanOf(found, scene.facts) || isGateway(found.holder)) return undefined
    const { app, holder, evidence, port } = found
    const name = nameOf(found)
    const unit = app.instances.length === 0 ? app.service?.unit : undefined
    const isTwice = holder.cwd !== null && holder.cwd === app.cwd
    return {
      holds: true,
      confidence: holder.pid === 0 ? 'medium' : 'high',
      subject: app.name,
      summary:
        holder.pid === 0
          ? t`another program holds port ${port}, so ${app.name} cannot start`
          : scene.path.serves
            ? t`${name} (pid ${holder.pid}, ${holder.user}) holds port ${port} and answers there, so ${app.name} cannot start`
            : t`${name} (pid ${holder.pid}, ${holder.user}) holds port ${port}, so ${app.name} cannot start`,
      evidence,
      remedy: [
        {
          command: asRoot(scene.login, sh`ss -ltnp ${`sport = :${port}`}`),
          note: t`shows who holds the port`,
          risk: risks.none,
        },
        { note: t`either: stop ${name} for good, then restart ${app.name}`, risk: t`whoever uses ${name} loses it` },
        restart(scene, app),
        unit && isTwice
          ? {
              command: asRoot(scene.login, sh`systemctl disable --now ${unit.name}`),
              note: t`or: leave the app to ${name}, and keep the service off`,
              risk: t`only what starts ${name} will start it at the next boot`,
            }
          : {
              command: restartWith(scene, app, { PORT: port + 1 }),
              note: unit
                ? t`or: give ${app.name} a port of its own, in its unit and in proxy_pass`
                : t`or: give ${app.name} a port of its own, in its ecosystem file and in proxy_pass`,
              risk: risks.restart,
            },
      ],
    }
  },
})

/** What a person calls the holder: of an app that no pm2 runs, it is said that the other one is pm2's. */
function nameOf({ app, holder }: PortHolder): string {
  if (holder.pm2App === null) return holder.name
  return app.daemon ? holder.pm2App : t`pm2's ${holder.pm2App}`
}
