import type { Fault } from './fault.js'

const moveAppAway = `
      systemctl --quiet disable --now pm2-deploy
      rm -r /etc/systemd/system/pm2-deploy.service /home/deploy/.pm2 /home/deploy/classrooom
      sed -i "s/127.0.0.1:3000/$PEER:3000/" "$site"
      systemctl reload nginx
      until_true 10 site_gives 502`

/** What one answer does not show, and what only another host of the fleet does. `answer` is what a visitor gets now and then. */
export const sampledFaults: Fault[] = [
  {
    name: 'app-fails-sometimes',
    about: 'the app fails every third request',
    cause: 'app-fails-sometimes',
    answer: 500,
    samples: 20,
    breakWith: `
      start_script "let count = 0
      require('http').createServer((_, response) => {
        count += 1
        if (count % 3 === 0) console.error('Error: no connection left in the pool')
        response.writeHead(count % 3 === 0 ? 500 : 200).end()
      }).listen(3000)"
      until_true 30 listens 3000`,
  },
  {
    name: 'cluster-worker-fails',
    about: 'of two workers of a cluster one answers every request with 500',
    cause: 'app-fails-sometimes',
    answer: 500,
    samples: 20,
    breakWith: `
      sed -i "s/exec_mode: .*/exec_mode: 'cluster',/; s/instances: .*/instances: 2,/" ecosystem.config.js
      start_script "const isBad = process.env.NODE_APP_INSTANCE === '1'
      require('http').createServer((_, response) => response.writeHead(isBad ? 500 : 200).end()).listen(3000)"
      until_true 30 listens 3000
      until_true 30 site_gives 200
      until_true 30 site_gives 500`,
  },
  {
    name: 'upstream-not-retried',
    about: 'of two servers of an upstream block one is dead, and nginx is told not to try the other',
    cause: 'no-listener',
    also: ['upstream-not-retried'],
    answer: 502,
    samples: 9,
    breakWith: `
      sed -i 's|http://127.0.0.1:3000;|http://app; proxy_next_upstream off;|; 1i upstream app { server 127.0.0.1:3000 max_fails=0; server 127.0.0.1:3010 max_fails=0; }' "$site"
      systemctl reload nginx
      until_true 10 site_gives 502`,
  },
  {
    name: 'upstream-host-broken',
    about: 'the app is on another host, where somebody stopped it',
    cause: 'upstream-host-broken',
    answer: 502,
    peer: 'pm2-app-stopped',
    breakWith: moveAppAway,
  },
  {
    name: 'network-between-hosts',
    about: 'the app is on another host, whose firewall resets what comes from outside',
    cause: 'network-between-hosts',
    answer: 502,
    peer: 'network-between-hosts-app',
    breakWith: moveAppAway,
  },
  {
    name: 'network-between-hosts-app',
    about: 'the app of that gateway, and a gateway of its own; well in itself',
    cause: null,
    answer: 200,
    breakWith: `
      nft 'add table inet filter; add chain inet filter input { type filter hook input priority 0; }'
      nft add rule inet filter input iifname eth0 tcp dport 3000 counter reject with tcp reset`,
  },
]
