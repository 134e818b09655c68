import { knownValue } from '../../fact.js'
import { t } from '../../language/language.js'
import { sh } from '../../shell.js'
import { defineCause } from '../define.js'
import { asRoot } from '../shared/remedies.js'

/** Tokens and signatures mostly bear a minute or less; what a slow connection could feign is taken off already. */
const noticeableMs = 60_000

export default defineCause({
  id: 'clock-skew',
  title: "the host's clock is wrong, or this machine's is",
  layer: 'resources',
  breaks: 'answer',
  explains: [],
  needs: ['host'],
  runbook: {
    symptom:
      'logins and signed requests fail with "not yet valid" or "expired"; times in logs do not match those of other hosts',
    signs: [
      'the time that the host tells differs from the one of the machine that runs the check by more than a minute',
      '`timedatectl` says `System clock synchronized: no`',
    ],
    against: [
      'the same difference on every host: then it is the clock of the machine that runs the check',
      'another time zone: only the difference in UTC counts',
    ],
    remedy: [
      { step: 'see whether something keeps the clock: `timedatectl`, `chronyc tracking`', risk: 'none' },
      { step: 'let it: `timedatectl set-ntp true`', risk: 'the clock may jump: timers and logs show it' },
    ],
  },
  source:
    'RFC 7519, section 4.1.4 and 4.1.5: "some small leeway, usually no more than a few minutes, to account for clock skew".',
  judge: ({ clockSkewMs, facts, login }) => {
    const host = knownValue(facts.host)
    if (!host || clockSkewMs === undefined || Math.abs(clockSkewMs) < noticeableMs) return undefined
    const told = new Date(host.nowMs).toISOString().replace('.000Z', 'Z')
    return {
      holds: true,
      confidence: 'medium',
      isLatent: true,
      subject: 'clock',
      summary:
        clockSkewMs > 0
          ? t`the host's clock is ${spell(clockSkewMs)} ahead of the one of this machine`
          : t`the host's clock is ${spell(-clockSkewMs)} behind the one of this machine`,
      evidence: [
        {
          source: 'date',
          text: t`${told} when it was ${new Date(host.nowMs - clockSkewMs).toISOString().slice(0, 19)}Z here`,
        },
      ],
      against: [{ source: t`this machine`, text: t`its own clock was not compared with a third one` }],
      remedy: [
        { command: sh`timedatectl`, note: t`shows whether something keeps the clock`, risk: 'none' },
        {
          command: asRoot(login, sh`timedatectl set-ntp true`),
          note: t`lets systemd keep it`,
          risk: t`the clock may jump: timers and logs show it`,
        },
      ],
    }
  },
})

function spell(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 120) return t`${seconds} seconds`
  const minutes = Math.round(seconds / 60)
  if (minutes < 120) return t`${minutes} minutes`
  return minutes < 48 * 60 ? t`${Math.round(minutes / 60)} hours` : t`${Math.round(minutes / 1440)} days`
}
