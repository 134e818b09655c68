import { installPackage } from './packages.js'

/** The real programs that the suite runs against, by the file that shows them to be there. */
const programs: Readonly<Record<string, string>> = {
  busybox: '/bin/busybox',
  curl: '/usr/bin/curl',
  fish: '/usr/bin/fish',
  iproute2: '/usr/bin/ss',
  'net-tools': '/usr/bin/netstat',
  'nginx-light': '/usr/sbin/nginx',
  'openssh-client': '/usr/bin/ssh-keygen',
  'openssh-server': '/usr/sbin/sshd',
  procps: '/usr/bin/ps',
  sudo: '/usr/bin/sudo',
  tcsh: '/usr/bin/tcsh',
}

/** Runs once before all tests: what is missing is installed, and the run fails where that is not possible. */
export default function installPrograms(): void {
  for (const [name, program] of Object.entries(programs)) installPackage(name, program)
}
