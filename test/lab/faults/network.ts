import type { Fault } from './fault.js'

/** A firewall stands between two links of the path. */
export const networkFaults: Fault[] = [
  {
    name: 'public-port-blocked',
    about: 'ufw lets in SSH and not the web: fine from inside, silence from outside',
    cause: 'public-port-blocked',
    answer: 'timeout',
    breakWith: `
      ufw allow 22/tcp
      ufw --force enable`,
  },
  {
    name: 'firewall-drop-gateway-app',
    about: 'the app is on another host, whose firewall drops what the gateway sends',
    cause: 'firewall-drop-gateway-app',
    answer: 504,
    peer: 'firewall-drop-app',
    breakWith: `
      systemctl --quiet disable --now pm2-deploy
      rm -r /etc/systemd/system/pm2-deploy.service /home/deploy/.pm2 /home/deploy/classrooom
      sed -i "s/127.0.0.1:3000/$PEER:3000/" "$site"
      shorten_timeouts`,
  },
  {
    name: 'firewall-drop-app',
    about: 'the app of that gateway, well in itself; it drops what comes to port 3000 from outside',
    cause: null,
    answer: 'refused',
    breakWith: `
      systemctl --quiet disable --now nginx
      rm /etc/nginx/sites-enabled/classrooom
      nft 'add table inet filter; add chain inet filter input { type filter hook input priority 0; }'
      nft add rule inet filter input iifname eth0 tcp dport 3000 counter drop`,
  },
]
