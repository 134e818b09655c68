import type { Fault } from './fault.js'

/** The process manager does not run the app. */
export const pm2Faults: Fault[] = [
  {
    name: 'pm2-app-stopped',
    about: 'someone ran `pm2 stop`',
    cause: 'pm2-app-stopped',
    answer: 502,
    breakWith: `
      pm2 stop classrooom
      until_true 30 app_is stopped`,
  },
  {
    name: 'pm2-app-deleted',
    about: 'someone ran `pm2 delete` and `pm2 save`: the daemon runs and knows no app',
    cause: 'pm2-dump-missing-or-empty',
    answer: 502,
    breakWith: `
      pm2 delete classrooom
      pm2 save --force`,
  },
  {
    name: 'pm2-daemon-not-running',
    about: 'the daemon and the app were killed, and the unit that would start them is disabled',
    cause: 'pm2-daemon-not-running',
    answer: 502,
    breakWith: `
      sed -i 's/^Restart=.*/Restart=no/' /etc/systemd/system/pm2-deploy.service
      systemctl --quiet disable pm2-deploy
      systemctl kill --signal KILL pm2-deploy
      until_true 10 systemctl --quiet is-failed pm2-deploy`,
  },
  {
    name: 'pm2-online-no-pid',
    about: 'PM2 says online, but the node that the app was started with has been uninstalled',
    cause: 'pm2-online-no-pid',
    answer: 502,
    breakWith: `
      interpreter=/home/deploy/.nvm/versions/node/v20.9.0/bin/node
      as_deploy mkdir -p "$(dirname "$interpreter")"
      as_deploy cp /usr/bin/node "$interpreter"
      sed -i "s|script: |interpreter: '$interpreter', script: |" ecosystem.config.js
      start_app
      rm -r /home/deploy/.nvm/versions/node/v20.9.0
      pm2 restart classrooom || true
      until_true 10 grep -q "spawn $interpreter ENOENT" /home/deploy/.pm2/pm2.log`,
  },
]
