import type { Fault } from './fault.js'

/** The app is well, and Nginx does not lead to it. */
export const gatewayFaults: Fault[] = [
  {
    name: 'gateway-down',
    about: 'nginx was stopped',
    cause: 'gateway-down',
    answer: 'refused',
    breakWith: `
      systemctl stop nginx`,
  },
  {
    name: 'gateway-config-invalid',
    about: 'a misspelt directive, and nginx was restarted with it',
    cause: 'gateway-config-invalid',
    answer: 'refused',
    breakWith: `
      sed -i 's/proxy_http_version/proxy_htp_version/' "$site"
      ! systemctl restart nginx
      until_true 10 systemctl --quiet is-failed nginx`,
  },
  {
    name: 'gateway-config-invalid-old-running',
    about: 'the port was corrected with a semicolon missing: the reload was refused, and nginx still asks the old port',
    cause: 'gateway-config-invalid-old-running',
    answer: 502,
    breakWith: `
      sed -i 's/127.0.0.1:3000/127.0.0.1:3001/' "$site"
      systemctl reload nginx
      until_true 10 site_gives 502
      sed -i 's/127.0.0.1:3001;/127.0.0.1:3000/' "$site"
      ! systemctl reload nginx`,
  },
  {
    name: 'site-not-enabled',
    about: "the site's link is gone: visitors get nginx's own welcome page, with status 200",
    cause: 'site-not-enabled',
    answer: 200,
    breakWith: `
      ln -sf ../sites-available/default /etc/nginx/sites-enabled/default
      rm /etc/nginx/sites-enabled/classrooom
      systemctl reload nginx`,
  },
  {
    name: 'localhost-ipv6-mismatch',
    about: 'the gateway asks localhost, which is ::1 here, and the app listens on 127.0.0.1',
    cause: 'localhost-ipv6-mismatch',
    answer: 502,
    breakWith: `
      sed -i 's/^127.0.0.1 localhost/127.0.0.1 ip4-localhost/' /etc/hosts
      sed -i 's/127.0.0.1:3000/localhost:3000/' "$site"
      sed -i "s/args: 'start'/args: 'start -H 127.0.0.1'/" ecosystem.config.js
      start_app
      until_true 30 listens 3000
      systemctl reload nginx`,
  },
  {
    name: 'upstream-all-marked-down',
    about: 'the one server of the upstream block was marked down for a deployment, and left so',
    cause: 'upstream-all-marked-down',
    answer: 502,
    breakWith: `
      sed -i 's|http://127.0.0.1:3000|http://app|; 1i upstream app { server 127.0.0.1:3000 down; }' "$site"
      systemctl reload nginx`,
  },
  {
    name: 'unix-socket-missing',
    about: 'nginx dials a Unix socket, the app listens on its port',
    cause: 'unix-socket-missing',
    answer: 502,
    breakWith: `
      sed -i 's|http://127.0.0.1:3000|http://unix:/run/classrooom.sock|' "$site"
      systemctl reload nginx`,
  },
  {
    name: 'tls-to-plain-upstream',
    about: 'proxy_pass says https, and the app speaks plain HTTP',
    cause: 'tls-to-plain-upstream',
    answer: 502,
    breakWith: `
      sed -i 's|http://127.0.0.1:3000|https://127.0.0.1:3000|' "$site"
      systemctl reload nginx`,
  },
]
