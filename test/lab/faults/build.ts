import type { Fault } from './fault.js'

/** The app was not built, or not to the end. */
export const buildFaults: Fault[] = [
  {
    name: 'next-build-missing',
    about: 'the build folder is gone',
    cause: 'next-build-missing',
    answer: 502,
    breakWith: `
      rm -r .next
      pm2 restart classrooom
      until_true 90 app_is errored`,
  },
  {
    name: 'next-build-incomplete',
    about: 'the build has its id and lacks its manifests',
    cause: 'next-build-incomplete',
    answer: 502,
    breakWith: `
      rm .next/routes-manifest.json .next/prerender-manifest.json
      pm2 restart classrooom
      until_true 90 app_is errored`,
  },
  {
    name: 'next-dir-permission',
    about: 'root built the app, and nobody else may read what was built',
    cause: 'next-dir-permission',
    answer: 502,
    breakWith: `
      chown -R root: .next
      chmod -R go-rwx .next
      pm2 restart classrooom
      until_true 90 app_is errored`,
  },
]
