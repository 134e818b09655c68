import type { Fault } from './fault.js'

/** A limit of the kernel is reached. Only those that a network namespace or a process has for itself. */
export const hostMoreFaults: Fault[] = [
  {
    name: 'ephemeral-ports-exhausted',
    about: 'an exporter holds every local port that connections to the app could take',
    cause: 'ephemeral-ports-exhausted',
    answer: 502,
    breakWith: `
      start_script "const server = require('node:http').createServer((request, response) => response.end('ok'))
      Object.assign(server, { headersTimeout: 0, requestTimeout: 0 }).listen(process.env.PORT)"
      until_true 30 listens 3000
      echo '61000 61003' >/proc/sys/net/ipv4/ip_local_port_range
      systemd-run --quiet --unit exporter /usr/bin/node --eval \\
        "for (let n = 0; n < 4; n++) require('node:net').connect(3000, '127.0.0.1').on('error', () => {})"
      ports_taken() { [ "$(ss -Htn state established dport = :3000 | wc -l)" = 4 ]; }
      until_true 10 ports_taken`,
  },
  {
    name: 'fork-or-pid-limit',
    about: "pm2's user may have no further process, and the app was restarted",
    cause: 'fork-or-pid-limit',
    answer: 502,
    breakWith: `
      as_deploy prlimit --pid "$(cat /home/deploy/.pm2/pm2.pid)" --nproc=1:1
      pm2 restart classrooom || true
      until_true 30 grep -q EAGAIN /home/deploy/.pm2/pm2.log`,
  },
  {
    name: 'app-binds-loopback-remote-gateway',
    about: 'the app is on another host, and listens on 127.0.0.1 there',
    cause: 'app-binds-loopback-remote-gateway',
    answer: 502,
    peer: 'app-on-loopback',
    breakWith: `
      systemctl --quiet disable --now pm2-deploy
      rm -r /etc/systemd/system/pm2-deploy.service /home/deploy/.pm2 /home/deploy/classrooom
      sed -i "s/127.0.0.1:3000/$PEER:3000/" "$site"
      systemctl reload nginx
      until_true 10 site_gives 502`,
  },
  {
    name: 'app-on-loopback',
    about: 'the app of that gateway, for which it listens on 127.0.0.1 only; well behind a gateway of its own',
    cause: null,
    answer: 200,
    breakWith: `
      start_script "require('node:http').createServer((request, response) => response.end('ok')).listen(process.env.PORT, '127.0.0.1')"
      until_true 30 listens 3000
      until_true 10 site_gives 200`,
  },
  {
    name: 'listen-backlog-overflow',
    about: 'the app takes a few connections every other second, and far more want to come',
    cause: 'listen-backlog-overflow',
    answer: 504,
    breakWith: `
      shorten_timeouts
      start_script "const pause = () => { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1500); setImmediate(pause) }
      require('node:http').createServer((request, response) => response.end('ok')).listen(process.env.PORT, '127.0.0.1', 4, pause)"
      until_true 30 listens 3000
      systemd-run --quiet --unit load /usr/bin/node --eval \\
        "const ask = () => require('node:http').get({ host: '127.0.0.1', port: 3000, agent: false }, (answer) => answer.resume().on('end', ask)).on('error', () => setTimeout(ask, 50))
      for (let n = 0; n < 40; n++) ask()"
      queue_full() { ss -Hltn 'sport = :3000' | awk '{ exit !($2 > $3) }'; }
      until_true 20 queue_full`,
  },
]
