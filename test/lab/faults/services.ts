import type { Fault } from './fault.js'

/** Words for a host whose app is a service of systemd, and no longer of pm2. */
const asService = `
      write_unit() {
        printf '[Service]\\nUser=deploy\\nWorkingDirectory=/home/deploy/classrooom\\nEnvironment=PORT=3000\\nExecStart=%s\\n[Install]\\nWantedBy=multi-user.target\\n' "$1" \\
          >/etc/systemd/system/classrooom.service
        systemctl daemon-reload
        systemctl --quiet enable classrooom
      }
      next='/usr/bin/node node_modules/next/dist/bin/next start'`

/** As after a boot: everything that pm2 has said is a day old, and it does not run. */
const asBooted = `
      systemctl kill --signal KILL pm2-deploy
      until_true 10 systemctl --quiet is-failed pm2-deploy
      day=$(date --utc --date yesterday +%F)
      sed -Ei "s/^[0-9]{4}-[0-9]{2}-[0-9]{2}T/\${day}T/" /home/deploy/.pm2/pm2.log
      touch --date yesterday /home/deploy/.pm2/pm2.log`

const withoutRestart = `
      sed -i 's/^Restart=.*/Restart=no/' /etc/systemd/system/pm2-deploy.service
      systemctl daemon-reload`

/** Services of systemd: the app's own, and those that start pm2 and the gateway. */
export const serviceFaults: Fault[] = [
  {
    name: 'app-service-healthy',
    about: 'the app is a service of systemd and well; pm2 runs without it',
    cause: null,
    answer: 200,
    breakWith: `${asService}
      pm2 delete classrooom
      pm2 save --force
      write_unit "$next"
      systemctl start classrooom
      until_true 30 listens 3000`,
  },
  {
    name: 'app-service-stopped',
    about: 'the app is a service of systemd, and someone stopped it',
    cause: 'app-service-stopped',
    answer: 502,
    breakWith: `${asService}
      pm2 delete classrooom
      pm2 save --force
      write_unit "$next"
      systemctl start classrooom
      until_true 30 listens 3000
      systemctl stop classrooom`,
  },
  {
    name: 'app-service-failed',
    about: 'the app is a service of systemd, and the node that its unit names is gone',
    cause: 'app-service-failed',
    answer: 502,
    breakWith: `${asService}
      pm2 delete classrooom
      pm2 save --force
      write_unit "/opt/node-18/bin/node node_modules/next/dist/bin/next start"
      systemctl start classrooom || true
      until_true 10 systemctl --quiet is-failed classrooom`,
  },
  {
    name: 'app-managed-elsewhere',
    about: 'the app has become a service of systemd, and pm2 still has it saved for the next boot',
    cause: 'app-managed-elsewhere',
    answer: 200,
    breakWith: `${asService}
      pm2 delete classrooom
      write_unit "$next"
      systemctl start classrooom
      until_true 30 listens 3000`,
  },
  {
    name: 'pm2-startup-missing',
    about: 'the host was booted, and nothing starts pm2 at boot',
    cause: 'pm2-startup-missing',
    answer: 502,
    breakWith: `${withoutRestart}${asBooted}
      systemctl --quiet disable pm2-deploy
      rm /etc/systemd/system/pm2-deploy.service
      systemctl daemon-reload
      systemctl reset-failed`,
  },
  {
    name: 'pm2-startup-stale-path',
    about: 'the host was booted, and the unit of pm2 names a version of node that has been uninstalled',
    cause: 'pm2-startup-stale-path',
    answer: 502,
    breakWith: `${withoutRestart}${asBooted}
      sed -i 's|^ExecStart=.*|ExecStart=/home/deploy/.nvm/versions/node/v16.20.0/lib/node_modules/pm2/bin/pm2 resurrect|' /etc/systemd/system/pm2-deploy.service
      systemctl daemon-reload
      systemctl reset-failed
      systemctl start pm2-deploy || true
      until_true 10 systemctl --quiet is-failed pm2-deploy`,
  },
  {
    name: 'pm2-unit-failed',
    about: 'the host was booted, and the unit of pm2 is for a user that is no more',
    cause: 'pm2-unit-failed',
    answer: 502,
    breakWith: `${withoutRestart}${asBooted}
      sed -i 's|^User=.*|User=deployer|' /etc/systemd/system/pm2-deploy.service
      systemctl daemon-reload
      systemctl reset-failed
      systemctl start pm2-deploy || true
      until_true 10 systemctl --quiet is-failed pm2-deploy`,
  },
  {
    name: 'gateway-boot-dns-race',
    about: 'nginx was started at boot before the name of its upstream could be resolved',
    cause: 'gateway-boot-dns-race',
    answer: 'refused',
    breakWith: `
      sed -i 's|http://127.0.0.1:3000|http://app.internal:3000|' "$site"
      systemctl restart nginx || true
      until_true 10 systemctl --quiet is-failed nginx
      echo '127.0.0.1 app.internal' >>/etc/hosts`,
  },
]
