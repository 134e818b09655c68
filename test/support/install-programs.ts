import { installPackage } from './packages.js'

/** The real programs that the suite runs against, by the file that shows them to be there. */
const programs: Readonly<Record<string, string>> = {
  apache2: '/usr/sbin/apache2',
  busybox: '/bin/busybox',
  caddy: '/usr/bin/caddy',
  curl: '/usr/bin/curl',
  fish: '/usr/bin/fish',
  haproxy: '/usr/sbin/haproxy',
  iproute2: '/usr/bin/ss',
  'monitoring-plugins-basic': '/usr/lib/nagios/plugins/check_disk',
  'net-tools': '/usr/bin/netstat',
  'nginx-light': '/usr/sbin/nginx',
  'openssh-client': '/usr/bin/ssh-keygen',
  'openssh-server': '/usr/sbin/sshd',
  procps: '/usr/bin/ps',
  sudo: '/usr/bin/sudo',
  tcsh: '/usr/bin/tcsh',
  wget: '/usr/bin/wget',
}

/** Runs once before all tests: what is missing is installed, and the run fails where that is not possible. */
export default function installPrograms(): void {
  for (const [name, program] of Object.entries(programs)) installPackage(name, program)
}
