import type { Fault } from './fault.js'

const replaceSshd = (onConnection: string) => `
      systemctl --quiet disable --now ssh
      echo "require('node:net').createServer((socket) => ${onConnection}).listen(22)" >/opt/listen.js
      systemd-run --quiet --unit listen node /opt/listen.js
      until_true 30 listens 22`

/** The site is up, and nobody can log in to look. */
export const loginFaults: Fault[] = [
  {
    name: 'ssh-unreachable',
    about: 'no machine has this address',
    cause: null,
    answer: 'unreachable',
    login: 'unreachable',
  },
  {
    name: 'ssh-refused',
    about: 'sshd was stopped',
    cause: null,
    answer: 200,
    login: 'refused',
    breakWith: `
      systemctl --quiet disable --now ssh`,
  },
  {
    name: 'ssh-auth',
    about: 'nobody here accepts the key',
    cause: null,
    answer: 200,
    login: 'auth',
    breakWith: `
      rm /root/.ssh/authorized_keys /home/*/.ssh/authorized_keys`,
  },
  {
    name: 'ssh-host-key-changed',
    about: 'known_hosts holds another key for this address',
    cause: null,
    answer: 200,
    login: 'host-key-changed',
  },
  {
    name: 'ssh-silent',
    about: 'what listens on port 22 accepts and never speaks',
    cause: null,
    answer: 200,
    login: 'no-banner',
    breakWith: replaceSshd('socket.resume()'),
  },
  {
    name: 'ssh-garbage',
    about: 'what listens on port 22 does not speak SSH',
    cause: null,
    answer: 200,
    login: 'protocol',
    breakWith: replaceSshd("socket.end('220 mail.classrooom.test ESMTP ready\\\\r\\\\n')"),
  },
]
