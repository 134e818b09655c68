import type { Fault } from './fault.js'

/** PM2 runs the app, and the app does not serve. */
export const appFaults: Fault[] = [
  {
    name: 'app-crash-at-start',
    about: 'the app throws at start until PM2 gives up: errored',
    cause: 'app-crash-uncaught',
    answer: 502,
    breakWith: `
      start_script "const settings = {}
      module.exports = settings.session.secret"
      until_true 90 app_is errored`,
  },
  {
    name: 'app-crash-loop',
    about: 'the app throws some seconds after each start, so that PM2 never gives up',
    cause: 'app-crash-uncaught',
    answer: 502,
    breakWith: `
      sed -i "s/min_uptime: .*/min_uptime: '1s',/" ecosystem.config.js
      start_script "console.log('warming up')
      setTimeout(() => { throw new TypeError('roster.map is not a function') }, 2500)"
      until_true 90 app_restarted 3`,
  },
  {
    name: 'no-listener',
    about: 'the process is online and never opens a port',
    cause: 'no-listener',
    answer: 502,
    breakWith: `
      start_script "console.log('waiting for jobs')
      setInterval(() => {}, 1000)"
      until_true 30 app_is online`,
  },
  {
    name: 'proxy-port-mismatch',
    about: 'the app listens on 3001, the gateway asks 3000',
    cause: 'proxy-port-mismatch',
    answer: 502,
    breakWith: `
      sed -i 's/PORT: 3000/PORT: 3001/' ecosystem.config.js
      start_app
      until_true 30 listens 3001`,
  },
  {
    name: 'eaddrinuse-orphan',
    about: 'npm was killed, its next-server lives on, hung, and holds the port against the new one',
    cause: 'eaddrinuse-orphan',
    answer: 504,
    breakWith: `
      sed -i "s|script: .*|script: 'npm',|" ecosystem.config.js
      start_app
      until_true 30 listens 3000
      orphan=$(pgrep -f '^next-server')
      kill -KILL "$(app_field pid)"
      until_true 90 app_is errored
      shorten_timeouts
      kill -STOP "$orphan"`,
  },
  {
    name: 'eaddrinuse-other-app',
    about: 'another service took port 3000, and what it speaks is not HTTP',
    cause: 'eaddrinuse-other-app',
    answer: 502,
    breakWith: `
      pm2 stop classrooom
      mkdir /opt/collector
      echo "require('node:net').createServer((socket) => socket.on('data', () => socket.destroy())).listen(3000)" >/opt/collector/collector.js
      systemd-run --quiet --unit collector --description 'Metrics collector' node /opt/collector/collector.js
      until_true 30 listens 3000
      pm2 start classrooom
      until_true 90 app_is errored`,
  },
  {
    name: 'env-missing',
    about: 'the app stops at start for want of a setting',
    cause: 'env-missing',
    answer: 502,
    breakWith: `
      start_script "if (!process.env.DATABASE_URL) throw new Error('Missing required environment variable: DATABASE_URL')"
      until_true 90 app_is errored`,
  },
  {
    name: 'app-serves-5xx',
    about: 'the app answers 500 to everything',
    cause: 'app-serves-5xx',
    answer: 500,
    breakWith: `
      start_script "require('node:http').createServer((request, response) => {
        console.error('Error: relation \\"classrooms\\" does not exist')
        response.writeHead(500, { 'content-type': 'text/html' })
        response.end('Internal Server Error')
      }).listen(process.env.PORT)"
      until_true 30 listens 3000`,
  },
  {
    name: 'app-hung',
    about: 'the kernel accepts connections for the app, and the app waits for a lock that nobody releases',
    cause: 'app-hung',
    answer: 504,
    breakWith: `
      shorten_timeouts
      start_script "require('node:http').createServer().listen(process.env.PORT, () => {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
      })"
      until_true 30 listens 3000`,
  },
  {
    name: 'module-not-found',
    about: 'a dependency is gone from node_modules',
    cause: 'module-not-found',
    answer: 502,
    breakWith: `
      rm -r node_modules/@swc/helpers
      pm2 restart classrooom
      until_true 90 app_is errored`,
  },
]
