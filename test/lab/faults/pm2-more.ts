import type { Fault } from './fault.js'

/** Words for an app that is a server.js of its own, described in ecosystem.config.js with more settings. */
const asServer = `
      describe() { sed -i "s|script: .*|script: 'server.js', $1|; /args: /d" ecosystem.config.js; }
      answering="require('node:http').createServer((_, response) => response.end('ok')).listen(3000)"`

/** The app in /srv/web/releases/1, started there, and a link \`current\` that leads to release 2, since an hour. */
const asReleases = `
      for release in /srv/web/releases/1 /srv/web/releases/2; do
        mkdir -p "$release"
        tar -c --exclude ./node_modules . | tar -x -C "$release"
        ln -s /home/deploy/classrooom/node_modules "$release/node_modules"
      done
      chown deploy: /srv/web /srv/web/releases
      as_deploy ln -s /srv/web/releases/2 /srv/web/current
      touch --no-dereference --date '1 hour ago' /srv/web/current
      pm2 delete classrooom
      sed -i "s|cwd: .*|cwd: '/srv/web/releases/1',|" /srv/web/releases/*/ecosystem.config.js
      cd /srv/web/releases/1
      pm2 start ecosystem.config.js --env production
      pm2 save
      until_true 30 listens 3000`

/** What pm2 is told, and how it takes it. */
export const morePm2Faults: Fault[] = [
  {
    name: 'pm2-autorestart-off',
    about: 'the app ended by itself, and pm2 was told not to start it again',
    cause: 'pm2-autorestart-off-exited',
    answer: 502,
    breakWith: `${asServer}
      describe ''
      sed -i 's|autorestart: true|autorestart: false|' ecosystem.config.js
      start_script 'setTimeout(() => process.exit(0), 500)'
      until_true 30 app_is stopped`,
  },
  {
    name: 'pm2-waiting-forever',
    about: 'the app crashed too often, and pm2 says waiting restart ever since',
    cause: 'pm2-waiting-restart',
    answer: 502,
    breakWith: `${asServer}
      sed -i "s|autorestart: true,|autorestart: true, exp_backoff_restart_delay: 100,|; s|max_restarts: 5|max_restarts: 2|" ecosystem.config.js
      start_script 'setTimeout(() => process.exit(3), 300)'
      until_true 30 grep -q 'too many unstable restarts' /home/deploy/.pm2/pm2.log`,
  },
  {
    name: 'pm2-launching',
    about: 'the app waits for something before it listens and says that it is ready',
    cause: 'pm2-launching-stuck',
    answer: 502,
    breakWith: `
      sed -i "s|autorestart: true,|autorestart: true, wait_ready: true, listen_timeout: 3600000,|" ecosystem.config.js
      printf '%s\\n' 'setInterval(() => {}, 1000)' >server.js
      chown deploy: server.js
      sed -i "s|script: .*|script: 'server.js',|; /args: /d" ecosystem.config.js
      pm2 delete classrooom
      as_deploy timeout 5 pm2 --silent start ecosystem.config.js --env production || true
      until_true 30 app_is launching
      until_true 60 app_lived 32`,
  },
  {
    name: 'pm2-two-daemons',
    about:
      'the socket of pm2 was removed, and the next pm2 command started a second daemon, which cannot have the port',
    cause: 'pm2-two-daemons',
    answer: 504,
    breakWith: `
      shorten_timeouts
      kill -STOP "$(app_field pid)"
      rm /home/deploy/.pm2/rpc.sock /home/deploy/.pm2/pub.sock
      pm2 resurrect
      until_true 60 app_restarted 3
      until_true 30 site_gives 504`,
  },
  {
    name: 'pm2-release-removed',
    about: 'pm2 was started in a release, which a later deployment removed',
    cause: 'pm2-stale-release-path',
    answer: 502,
    breakWith: `${asReleases}
      cd /
      rm -r /srv/web/releases/1
      pm2 restart classrooom || true
      until_true 30 site_gives 502`,
  },
  {
    name: 'pm2-release-old',
    about: 'pm2 runs the release that it was started in, and the link leads to a later one',
    cause: 'pm2-stale-release-path',
    answer: 200,
    breakWith: asReleases,
  },
  {
    name: 'pm2-cluster-npm',
    about: '`npm start` in cluster mode: one instance has the port, and the others crash',
    cause: 'pm2-cluster-npm',
    answer: 200,
    breakWith: `
      sed -i "s|script: .*|script: '/usr/bin/npm',|; s|exec_mode: .*|exec_mode: 'cluster',|; s|instances: 1|instances: 2|" ecosystem.config.js
      start_app
      until_true 240 app_restarted 3
      until_true 30 site_gives 200`,
  },
  {
    name: 'pm2-shell-script',
    about: 'pm2 was given node_modules/.bin/next as pnpm makes it, a shell script',
    cause: 'pm2-shell-script-as-js',
    answer: 502,
    breakWith: `
      printf '%s\\n' '#!/bin/sh' 'basedir=$(dirname "$(echo "$0" | sed -e '"'s,\\\\\\\\,/,g'"')")' '' 'case \`uname\` in' '    *CYGWIN*) basedir=\`cygpath -w "$basedir"\`;;' 'esac' '' 'exec node  "$basedir/../next/dist/bin/next" "$@"' >start-next
      chmod +x start-next
      chown deploy: start-next
      sed -i "s|script: .*|script: 'start-next', interpreter: 'node',|" ecosystem.config.js
      start_app
      until_true 60 app_is errored`,
  },
  {
    name: 'pm2-ecosystem-esm',
    about: 'package.json has become "type": "module", so that the last deployment could not start the app again',
    cause: 'pm2-ecosystem-invalid',
    answer: 502,
    breakWith: `
      sed -i '0,/{/s//{ "type": "module",/' package.json
      pm2 delete classrooom
      pm2 start ecosystem.config.js --env production && exit 1
      pm2 save --force`,
  },
  {
    name: 'pm2-watch-loop',
    about: 'pm2 watches the folder that the app writes to',
    cause: 'pm2-watch-loop',
    answer: 502,
    breakWith: `${asServer}
      describe 'watch: true,'
      printf '%s\\n' "setInterval(() => require('node:fs').writeFileSync('cache.json', String(Date.now())), 300); setTimeout(() => $answering, 60000)" >server.js
      chown deploy: server.js
      start_app
      until_true 60 app_restarted 5`,
  },
  {
    name: 'pm2-memory-loop',
    about: 'the limit that pm2 restarts the app at is below what it needs',
    cause: 'pm2-memory-restart-loop',
    answer: 200,
    breakWith: `
      sed -i "s|autorestart: true,|autorestart: true, max_memory_restart: '20M',|" ecosystem.config.js
      start_app
      restarts_for_memory() { [ "$(grep -c 'exceeds --max-memory-restart' /home/deploy/.pm2/pm2.log)" -ge "$1" ]; }
      until_true 120 restarts_for_memory 2
      until_true 25 site_gives 200`,
  },
  {
    name: 'pm2-restarted-lately',
    about: 'all is well; the app was restarted, and visitors who came meanwhile got 502',
    cause: 'pm2-restart-window',
    answer: 200,
    breakWith: `
      as_deploy pm2 --silent restart classrooom &
      until_true 20 site_gives 502
      wait
      until_true 30 site_gives 200`,
  },
  {
    name: 'pm2-home-permission',
    about: 'someone ran pm2 as root in the home of deploy, and pm2 could not write its log at the next start',
    cause: 'pm2-home-permission',
    answer: 502,
    breakWith: `
      chown root: /home/deploy/.pm2/pm2.log /home/deploy/.pm2/dump.pm2
      systemctl restart pm2-deploy || true
      until_true 20 systemctl --quiet is-failed pm2-deploy
      until_true 20 site_gives 502`,
  },
  {
    name: 'pm2-log-of-root',
    about: 'all is well; but files of pm2 belong to root, and it could not start again',
    cause: 'pm2-home-permission',
    answer: 200,
    breakWith: 'chown root: /home/deploy/.pm2/pm2.log /home/deploy/.pm2/dump.pm2',
  },
  {
    name: 'pm2-version-skew',
    about: 'all is well; pm2 was updated, and its daemon is the former version still',
    cause: null,
    note: 'pm2-version-skew',
    answer: 200,
    breakWith: `sed -i 's/"version": "7/"version": "8/' /usr/lib/node_modules/pm2/package.json`,
  },
  {
    name: 'oom-killed-daemon',
    about: 'the memory of the unit of pm2 ran out, and the kernel chose the daemon',
    cause: 'oom-killed-daemon',
    answer: 502,
    seesKernelLog: true,
    breakWith: `
      sed -i 's/^Restart=.*/Restart=no/' /etc/systemd/system/pm2-deploy.service
      mkdir /etc/systemd/system/pm2-deploy.service.d
      printf '[Service]\\nMemoryMax=300M\\nMemorySwapMax=0\\nOOMPolicy=continue\\n' >/etc/systemd/system/pm2-deploy.service.d/memory.conf
      systemctl daemon-reload
      systemctl restart pm2-deploy
      start_script "const kept = []
      setInterval(() => require('node:fs').existsSync('grow') && kept.push(Buffer.alloc(40 << 20, 1)), 100)"
      echo 1000 >"/proc/$(cat /home/deploy/.pm2/pm2.pid)/oom_score_adj"
      touch grow
      until_true 30 systemctl --quiet is-failed pm2-deploy`,
  },
]
