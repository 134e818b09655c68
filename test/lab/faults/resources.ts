import type { Fault } from './fault.js'

/** The host lacks what the app needs. */
export const resourceFaults: Fault[] = [
  {
    name: 'disk-full',
    about: 'the disk is full, and the app cannot write what it must at start',
    cause: 'disk-full',
    answer: 502,
    diskMebibytes: 64,
    breakWith: `
      start_script "require('node:fs').writeFileSync('sessions-' + process.pid + '.json', 'x'.repeat(1 << 20))
      require('node:http').createServer((request, response) => response.end('ok')).listen(process.env.PORT)"
      until_true 30 listens 3000
      ! dd if=/dev/zero of=/var/log/debug.log bs=1M status=none 2>/dev/null
      # Enough for a line of the daemon's log, which would end without it; not for the app.
      truncate --size=-128K /var/log/debug.log
      pm2 restart classrooom || true
      until_true 90 app_is errored`,
  },
  {
    name: 'oom-killed-app',
    about: 'the app takes more memory than it may, and the kernel kills it',
    cause: 'oom-killed-app',
    answer: 502,
    seesKernelLog: true,
    breakWith: `
      mkdir /etc/systemd/system/pm2-deploy.service.d
      printf '[Service]\\nMemoryMax=300M\\nMemorySwapMax=0\\nOOMPolicy=continue\\n' >/etc/systemd/system/pm2-deploy.service.d/memory.conf
      systemctl daemon-reload
      systemctl restart pm2-deploy
      start_script "const kept = []
      setInterval(() => kept.push(Buffer.alloc(40 << 20, 1)), 100)"
      until_true 90 app_is errored`,
  },
]
