import type { Fault } from './fault.js'

/** Words for a host that has another gateway than nginx. */
const withApache = `
      replace_nginx apache2
      printf '%s\n' '<VirtualHost *:80>' '  ServerName classrooom.test' '  ProxyPreserveHost On' \
        '  ProxyPass / http://127.0.0.1:3000/' '  ProxyPassReverse / http://127.0.0.1:3000/' '</VirtualHost>' \
        >/etc/apache2/sites-available/classrooom.conf
      a2enmod --quiet proxy proxy_http
      a2dissite --quiet 000-default
      a2ensite --quiet classrooom
      systemctl restart apache2
      until_true 20 site_gives 200`

const withCaddy = `
      replace_nginx caddy
      printf '%s\n' 'http://classrooom.test {' '	reverse_proxy 127.0.0.1:3000' '}' >/etc/caddy/Caddyfile
      systemctl restart caddy
      until_true 20 site_gives 200`

const withHaproxy = `
      replace_nginx haproxy
      printf '%s\n' '' 'frontend web' '  bind :80' '  mode http' '  default_backend classrooom' '' \
        'backend classrooom' '  mode http' '  server s1 127.0.0.1:3000 check' >>/etc/haproxy/haproxy.cfg
      systemctl restart haproxy
      until_true 20 site_gives 200`

/** Hosts whose gateway is Apache, Caddy or HAProxy. */
export const otherGatewayFaults: Fault[] = [
  {
    name: 'apache-healthy',
    about: 'Apache is the gateway, and all is well',
    cause: null,
    answer: 200,
    breakWith: withApache,
  },
  {
    name: 'caddy-healthy',
    about: 'Caddy is the gateway, and all is well',
    cause: null,
    answer: 200,
    breakWith: withCaddy,
  },
  {
    name: 'haproxy-healthy',
    about: 'HAProxy is the gateway, and all is well',
    cause: null,
    answer: 200,
    breakWith: withHaproxy,
  },
  {
    name: 'apache-app-stopped',
    about: 'behind Apache, which answers 503, the app was stopped in pm2',
    cause: 'pm2-app-stopped',
    answer: 503,
    breakWith: `${withApache}
      pm2 stop classrooom
      until_true 20 site_gives 503`,
  },
  {
    name: 'caddy-app-stopped',
    about: 'behind Caddy the app was stopped in pm2',
    cause: 'pm2-app-stopped',
    answer: 502,
    breakWith: `${withCaddy}
      pm2 stop classrooom
      until_true 20 site_gives 502`,
  },
  {
    name: 'haproxy-app-stopped',
    about: 'behind HAProxy, whose check finds it down, the app was stopped in pm2',
    cause: 'pm2-app-stopped',
    answer: 503,
    breakWith: `${withHaproxy}
      pm2 stop classrooom
      until_true 20 site_gives 503`,
  },
  {
    name: 'apache-port-mismatch',
    about: 'Apache dials another port than the one that the app listens on',
    cause: 'proxy-port-mismatch',
    answer: 503,
    breakWith: `${withApache}
      sed -i 's/:3000/:3001/' /etc/apache2/sites-available/classrooom.conf
      systemctl reload apache2
      until_true 20 site_gives 503`,
  },
  {
    name: 'caddy-not-reloaded',
    about: 'the Caddyfile names the right port by now, but Caddy has not read it',
    cause: 'gateway-not-reloaded',
    answer: 502,
    breakWith: `${withCaddy}
      sed -i 's/:3000/:3001/' /etc/caddy/Caddyfile
      systemctl reload caddy
      until_true 20 site_gives 502
      until_true 5 sh -c '[ $(date +%s) -gt $(($(stat -c %Y /etc/caddy/Caddyfile) + 2)) ]'
      sed -i 's/:3001/:3000/' /etc/caddy/Caddyfile`,
  },
  {
    name: 'haproxy-down',
    about: 'HAProxy was stopped',
    cause: 'gateway-down',
    answer: 'refused',
    breakWith: `${withHaproxy}
      systemctl stop haproxy`,
  },
  {
    name: 'caddy-config-invalid',
    about: 'a slip in the Caddyfile: Caddy did not come up again',
    cause: 'gateway-config-invalid',
    answer: 'refused',
    breakWith: `${withCaddy}
      sed -i 's/reverse_proxy/reverse_prxy/' /etc/caddy/Caddyfile
      systemctl restart caddy || true`,
  },
  {
    name: 'haproxy-before-nginx',
    about: 'HAProxy stands before nginx, which dials a port where nobody listens: the app has another',
    cause: 'proxy-port-mismatch',
    answer: 502,
    breakWith: `
      sed -i 's/listen 80;/listen 127.0.0.1:8080;/; s/:3000/:3001/' "$site"
      systemctl restart nginx
      DEBIAN_FRONTEND=noninteractive dpkg --install /opt/debs/haproxy/*.deb >/dev/null
      printf '%s\n' '' 'frontend web' '  bind :80' '  mode http' '  default_backend nginx' '' \
        'backend nginx' '  mode http' '  server n1 127.0.0.1:8080' >>/etc/haproxy/haproxy.cfg
      systemctl restart haproxy
      until_true 20 site_gives 502`,
  },
]
