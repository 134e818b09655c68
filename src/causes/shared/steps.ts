/** What common steps cost: said of a host and in a runbook in the same words. */
export const risks = {
  none: 'none',
  restart: 'requests fail for the seconds that it takes to start',
  reload: 'what else was changed in the files since the last load takes effect, too',
  save: 'the next boot starts exactly what is listed now',
  edit: 'a mistake in it shows at the next reload or start only: test first',
  build: 'takes minutes, a CPU and 1 GB of memory or more; the old build is overwritten',
  install: 'takes a minute or more; node_modules is written anew',
  remove: 'pm2 forgets its settings: note them first (`pm2 describe <app>`)',
  kill: 'requests that it is serving are lost',
} as const

/** Steps that many runbooks have, as `fleetdx explain` tells them. */
export const steps = {
  readLog: { step: 'read its last errors: `pm2 logs <app> --err --lines 50 --nostream`', risk: risks.none },
  restart: { step: 'restart it: `pm2 restart <app> --update-env`', risk: risks.restart },
  startAgain: {
    step: 'start it from its ecosystem file and store the list: `pm2 start <file> --env production && pm2 save`',
    risk: 'starts every app that the file names',
  },
  remove: { step: 'take it off the list: `pm2 delete <app>`', risk: risks.remove },
  save: { step: 'store the list for the next boot: `pm2 save`', risk: risks.save },
  rebuild: { step: 'in its folder, as <user>: `npm ci && npm run build`', risk: risks.build },
  reload: {
    step: 'test the configuration and, only if it is good, load it: `nginx -t && systemctl reload nginx`',
    risk: risks.reload,
  },
} as const
