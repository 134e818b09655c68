import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { afterAll } from 'vitest'
import { installPackage } from './packages.js'

/** A real user of this machine, for as long as the test file runs. */
export interface TestUser {
  name: string
  uid: number
  /** Gives the user exactly these lines of sudoers; none, when empty. They are checked before they count. */
  setSudoers(...lines: string[]): void
  /** The same of /etc/doas.conf, which is this test's own. */
  setDoas(...lines: string[]): void
}

/** Makes a user with a home, a login shell and a password. It is removed at the end, with all that it was given. */
export function makeUser(prefix: string, password: string, shell = '/bin/sh'): TestUser {
  installPackage('sudo', '/usr/bin/sudo')
  const name = `${prefix}-${process.pid}`
  execFileSync('useradd', ['--create-home', '--shell', shell, name])
  execFileSync('chpasswd', { input: `${name}:${password}\n` })
  const sudoers = `/etc/sudoers.d/${name}`
  afterAll(() => {
    rmSync(sudoers, { force: true })
    rmSync('/etc/doas.conf', { force: true })
    execFileSync('userdel', ['--remove', '--force', name], { stdio: 'ignore' })
  })
  return {
    name,
    uid: Number(execFileSync('id', ['-u', name]).toString()),
    setSudoers(...lines) {
      rmSync(sudoers, { force: true })
      if (lines.length === 0) return
      const text = `${lines.join('\n')}\n`
      execFileSync('visudo', ['-cf', '-'], { input: text })
      writeFileSync(sudoers, text, { mode: 0o440 })
    },
    setDoas(...lines) {
      rmSync('/etc/doas.conf', { force: true })
      if (lines.length > 0) writeFileSync('/etc/doas.conf', `${lines.join('\n')}\n`, { mode: 0o600 })
    },
  }
}

/**
 * What runs on this machine for a user, zombies and sshd apart, by whoever's right: `root sleep 60`. Also what sudo runs, and
 * sudo itself, have the user's name in their environment.
 */
export function listProcessesOf(name: string): string[] {
  const uid = execFileSync('id', ['-u', name]).toString().trim()
  return readdirSync('/proc').flatMap((pid) => {
    const status = readProc(pid, 'status')
    const [, owner] = /^Uid:\s+(\d+)/m.exec(status) ?? []
    const words = readProc(pid, 'cmdline').split('\0').join(' ').trim()
    const isGone = owner === undefined || words === '' || /^State:\s+[ZX]/m.test(status) || words.startsWith('sshd: ')
    if (isGone) return []
    const names = readProc(pid, 'environ').split('\0')
    const isOf = owner === uid || names.includes(`USER=${name}`) || names.includes(`SUDO_USER=${name}`)
    return isOf ? [`${owner === '0' ? 'root' : name} ${words}`] : []
  })
}

function readProc(pid: string, file: string): string {
  try {
    return /^\d+$/.test(pid) ? readFileSync(`/proc/${pid}/${file}`, 'utf8') : ''
  } catch {
    // It has ended meanwhile.
    return ''
  }
}

/** The processes of this machine that run, zombies apart: `USER ARGUMENTS` each. */
export function listProcesses(): string[] {
  const lines = execFileSync('ps', ['-eo', 'stat=,user:32=,args=']).toString().split('\n')
  // sample: Ss   root   /usr/sbin/sshd -D
  return lines.flatMap((line) => {
    const [, state = '', rest = ''] = /^(\S+)\s+(.*)$/.exec(line.trim()) ?? []
    return rest === '' || state.startsWith('Z') ? [] : [rest.replace(/\s+/, ' ')]
  })
}
