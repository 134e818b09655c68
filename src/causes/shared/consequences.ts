/** Ids of causes that are states only, and follow from whatever keeps an app from living: `explains` of its causes. */
export const deadApp = [
  'pm2-app-errored',
  'pm2-crash-loop',
  'pm2-autorestart-off-exited',
  'pm2-waiting-restart',
  'pm2-launching-stuck',
  'app-fails-sometimes',
  // In cluster mode the daemon holds the socket while the workers die: connections are taken, and wait.
  'app-hung',
  'app-service-failed',
  'no-listener',
  'wrapper-alive-child-dead',
] as const

/** The same where each life ends at its start: the app may be seen while it still tries. */
export const failedStart = [...deadApp, 'app-starting'] as const

/** The same, whatever the app itself said when it died: its own error tells less than what lies below it. */
export const anyDeath = [...failedStart, 'app-crash-uncaught'] as const
