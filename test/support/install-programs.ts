import { installPackage } from './packages.js'

/** The real programs that the suite runs against, by the file that shows them to be there. */
const programs: Readonly<Record<string, string>> = {
  'ansible-core': '/usr/bin/ansible-inventory',
  apache2: '/usr/sbin/apache2',
  busybox: '/bin/busybox',
  caddy: '/usr/bin/caddy',
  curl: '/usr/bin/curl',
  fish: '/usr/bin/fish',
  git: '/usr/bin/git-shell',
  haproxy: '/usr/sbin/haproxy',
  iproute2: '/usr/bin/ss',
  'libpam-google-authenticator': '/usr/bin/google-authenticator',
  mandoc: '/usr/bin/mandoc',
  'monitoring-plugins-basic': '/usr/lib/nagios/plugins/check_disk',
  'net-tools': '/usr/bin/netstat',
  'nginx-light': '/usr/sbin/nginx',
  opendoas: '/usr/bin/doas',
  'openssh-client': '/usr/bin/ssh-keygen',
  'openssh-server': '/usr/sbin/sshd',
  openssl: '/usr/bin/openssl',
  procps: '/usr/bin/ps',
  'putty-tools': '/usr/bin/puttygen',
  sudo: '/usr/bin/sudo',
  tcsh: '/usr/bin/tcsh',
  wget: '/usr/bin/wget',
  zsh: '/usr/bin/zsh',
}

/** Runs once before all tests: what is missing is installed, and the run fails where that is not possible. */
export default function installPrograms(): void {
  for (const [name, program] of Object.entries(programs)) installPackage(name, program)
}
