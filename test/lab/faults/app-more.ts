import type { Fault } from './fault.js'

/** How an app dies, or answers amiss. */
const dying: Fault[] = [
  {
    name: 'native-addon-crash',
    about: 'native code crashes the app at start: SIGSEGV, and not a word in its log',
    cause: 'native-addon-crash',
    answer: 502,
    breakWith: `
      start_script "process.kill(process.pid, 'SIGSEGV')"
      until_true 90 app_is errored`,
  },
  {
    name: 'app-malformed-response',
    about: 'the app writes a header with spaces in its name, which curl takes and nginx refuses',
    cause: 'app-malformed-response',
    answer: 502,
    breakWith: `
      start_script "require('node:net').createServer((socket) => socket.on('error', () => {}).on('data', () =>
        socket.end('HTTP/1.1 200 OK\\\\r\\\\nContent-Type: text/html\\\\r\\\\nX Trace Id: 7\\\\r\\\\nContent-Length: 3\\\\r\\\\n\\\\r\\\\nok\\\\n')
      )).listen(process.env.PORT)"
      until_true 30 listens 3000`,
  },
  {
    name: 'app-fd-limit',
    about: 'the app leaves files open until it may open no more, and goes on running',
    cause: 'app-fd-limit',
    answer: 502,
    breakWith: `
      start_script "const fs = require('node:fs')
      require('node:http').createServer((request, response) => response.end('ok')).listen(process.env.PORT)
      setInterval(() => fs.open('package.json', (error) => error && console.error(error)), 50)"
      until_true 30 listens 3000
      as_deploy prlimit --pid "$(app_field pid)" --nofile=40:40
      until_true 30 grep -q EMFILE logs/pm2-error.log`,
  },
  {
    name: 'db-unreachable-crash',
    about: 'the app ends at start because the database on another host refuses it',
    cause: 'db-unreachable-crash',
    answer: 502,
    breakWith: `
      start_script "require('node:net').connect(5432, '\${ADDRESS%.*}.1')"
      until_true 90 app_is errored`,
  },
  {
    name: 'stale-crash-line',
    about: 'an old crash stands in a log without times; today the app waits and never opens a port',
    cause: 'no-listener',
    answer: 502,
    breakWith: `
      sed -i 's/time: true/time: false/; s/max_restarts: .*/max_restarts: 1,/' ecosystem.config.js
      start_script "throw new Error('Missing required environment variable: DATABASE_URL')"
      until_true 90 app_is errored
      echo "console.error('(node) DeprecationWarning: punycode'); setInterval(() => {}, 1000)" >server.js
      pm2 restart classrooom
      until_true 30 app_is online
      until_true 60 app_lived 32`,
  },
  {
    name: 'app-replaced',
    about: "somebody stopped the app, and root's own server answers on its port",
    cause: 'pm2-app-stopped',
    answer: 200,
    breakWith: `
      pm2 stop classrooom
      mkdir /opt/placeholder
      echo "require('node:http').createServer((request, response) => response.end('Back soon')).listen(3000)" >/opt/placeholder/server.js
      systemd-run --quiet --unit placeholder --description 'Placeholder page' node /opt/placeholder/server.js
      until_true 30 site_gives 200`,
  },
]

/** What the app finds, or does not find, when it is started. */
const starting: Fault[] = [
  {
    name: 'app-listen-addr-invalid',
    about: 'the app is told to listen on a name that nothing resolves',
    cause: 'app-listen-addr-invalid',
    answer: 502,
    breakWith: `
      sed -i "s/args: 'start'/args: 'start -H web7.internal'/" ecosystem.config.js
      start_app
      until_true 90 app_is errored`,
  },
  {
    name: 'deps-other-node-abi',
    about: 'node_modules came from a Mac, native module and all',
    cause: 'deps-other-node-abi',
    answer: 502,
    breakWith: `
      mkdir -p node_modules/bcrypt/lib
      { printf '\\\\317\\\\372\\\\355\\\\376\\\\007\\\\000\\\\000\\\\001'; head -c 8192 /dev/zero; } >node_modules/bcrypt/lib/bcrypt_lib.node
      echo "module.exports = require('./lib/bcrypt_lib.node')" >node_modules/bcrypt/index.js
      start_script "require('bcrypt')"
      until_true 90 app_is errored`,
  },
  {
    name: 'prisma-client-not-generated',
    about: 'nobody ran prisma generate: the stub that @prisma/client puts in its place throws',
    cause: 'prisma-client-not-generated',
    answer: 502,
    breakWith: `
      mkdir -p node_modules/@prisma/client
      cat >node_modules/@prisma/client/index.js <<'EOT'
      exports.PrismaClient = class PrismaClient {
        constructor() {
          throw new Error('@prisma/client did not initialize yet. Please run "prisma generate" and try to import it again.');
        }
      }
EOT
      start_script "const { PrismaClient } = require('@prisma/client')
      new PrismaClient()"
      until_true 90 app_is errored`,
  },
  {
    name: 'esm-cjs-mismatch',
    about: 'a package calls itself an ES module and is written as CommonJS',
    cause: 'esm-cjs-mismatch',
    answer: 502,
    breakWith: `
      mkdir node_modules/roster
      echo '{ "name": "roster", "type": "module", "main": "index.js" }' >node_modules/roster/package.json
      echo 'module.exports = []' >node_modules/roster/index.js
      start_script "require('roster')"
      until_true 90 app_is errored`,
  },
  {
    name: 'node-or-npm-missing',
    about: 'the PATH that pm2 gives the app leads to a node which was moved',
    cause: 'node-or-npm-missing',
    answer: 502,
    breakWith: `
      sed -i "s|script: .*|script: 'node_modules/.bin/next', interpreter: 'none',|; s|PORT: 3000 }|PORT: 3000, PATH: '/opt/node-18/bin' }|" ecosystem.config.js
      start_app
      until_true 90 app_is errored`,
  },
  {
    name: 'env-changed-after-start',
    about: 'the settings were edited, and the app was not restarted',
    cause: 'env-changed-after-start',
    answer: 200,
    breakWith: `
      until_true 60 app_lived 15
      echo 'SUPPORT_ADDRESS=help@classrooom.test' >.env.production
      chown deploy: .env.production`,
  },
]

/** What `next build` and `next dev` do to a server. */
const building: Fault[] = [
  {
    name: 'next-build-oom-killed',
    about: 'the build ran out of memory and was killed half-way; then the app was restarted',
    cause: 'next-build-oom-killed',
    answer: 502,
    seesKernelLog: true,
    breakWith: `
      rm -r .next
      systemd-run --quiet --collect --wait --uid deploy --working-directory "$PWD" -p MemoryMax=120M -p MemorySwapMax=0 npm run build || true
      pm2 restart classrooom
      until_true 90 app_is errored`,
  },
  {
    name: 'next-dev-build-clobbered',
    about: 'somebody tried next dev in the folder of the app, then restarted it',
    cause: 'next-dev-build-clobbered',
    answer: 502,
    breakWith: `
      systemd-run --quiet --unit try-out --uid deploy --working-directory "$PWD" node node_modules/next/dist/bin/next dev -p 3999
      until_true 60 listens 3999
      until_true 60 [ -d .next/static/development ]
      systemctl stop try-out
      pm2 restart classrooom
      until_true 90 app_is errored`,
  },
  {
    name: 'next-rebuild-in-place',
    about: 'the app was built anew under its running server, and not restarted',
    cause: 'next-rebuild-in-place',
    answer: 200,
    breakWith: `
      as_deploy npm run build >/dev/null`,
  },
  {
    name: 'next-start-with-standalone',
    about: 'next start runs an app that is built as standalone: it warns and serves',
    cause: null,
    note: 'next-start-with-standalone',
    answer: 200,
    breakWith: `
      sed -i "s/{ poweredByHeader/{ output: 'standalone', poweredByHeader/" next.config.mjs
      as_deploy npm run build >/dev/null
      start_app
      until_true 60 listens 3000
      until_true 60 site_gives 200`,
  },
  {
    name: 'next-standalone-incomplete',
    about: 'the standalone server was copied without its node_modules',
    cause: 'next-standalone-incomplete',
    answer: 502,
    breakWith: `
      sed -i "s/{ poweredByHeader/{ output: 'standalone', poweredByHeader/" next.config.mjs
      as_deploy npm run build >/dev/null
      mv .next/standalone /home/deploy/standalone
      rm -r /home/deploy/standalone/node_modules
      sed -i "s|script: .*|script: '/home/deploy/standalone/server.js',|; /args: /d" ecosystem.config.js
      start_app
      until_true 90 app_is errored`,
  },
  {
    name: 'next-dev-in-production',
    about: 'pm2 runs next dev for the visitors',
    cause: 'next-dev-in-production',
    answer: 200,
    breakWith: `
      sed -i "s/args: 'start'/args: 'dev'/" ecosystem.config.js
      start_app
      until_true 60 listens 3000
      until_true 60 site_gives 200`,
  },
]

/** More ways in which an app, its build, or its surroundings fail. */
export const appMoreFaults: Fault[] = [...dying, ...starting, ...building]
