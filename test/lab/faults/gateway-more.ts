import type { Fault } from './fault.js'

/** The app speaks TLS, with a certificate of its own, that nobody has signed. */
const asTlsServer = `
      openssl req -x509 -newkey rsa:2048 -nodes -days 90 -subj /CN=classrooom.internal -keyout key.pem -out cert.pem
      chown deploy: key.pem cert.pem
      start_script "
        const { readFileSync } = require('node:fs')
        const [key, cert] = [readFileSync('key.pem'), readFileSync('cert.pem')]
        require('node:https').createServer({ key, cert }, (request, response) => response.end('ok')).listen(3000)"
      until_true 30 listens 3000`

/** The site has TLS as well. A certificate is made with these days from and to now. */
const withTls = `
      make_certificate() {
        mkdir -p /etc/nginx/tls/ca && cd /etc/nginx/tls
        : >ca/index.txt
        printf '[ca]\\ndefault_ca=own\\n[own]\\ndatabase=ca/index.txt\\nnew_certs_dir=ca\\nrand_serial=yes\\ndefault_md=sha256\\npolicy=any\\n[any]\\ncommonName=supplied\\n' >ca.cnf
        openssl req -new -newkey rsa:2048 -nodes -subj /CN=classrooom.test -keyout key.pem -out request.pem
        openssl ca -batch -config ca.cnf -selfsign -keyfile key.pem -in request.pem -notext -out cert.pem \\
          -startdate "$(date --utc --date "$1 days" +%Y%m%d%H%M%SZ)" -enddate "$(date --utc --date "$2 days" +%Y%m%d%H%M%SZ)"
        cd - >/dev/null
      }
      serve_tls() {
        sed -i 's|listen 80;|listen 80;\\n    listen 443 ssl;\\n    ssl_certificate /etc/nginx/tls/cert.pem;\\n    ssl_certificate_key /etc/nginx/tls/key.pem;|' "$site"
        systemctl reload nginx
        until_true 10 listens 443
      }`

/** More of what is wrong with a gateway, or with its certificates. */
export const moreGatewayFaults: Fault[] = [
  {
    name: 'proxy-target-wrong-host',
    about: 'the app moved to this host, and nginx still dials the former one, which is gone',
    cause: 'proxy-target-wrong-host',
    answer: 502,
    breakWith: `
      sed -i 's|127.0.0.1:3000|10.99.99.9:3000|' "$site"
      systemctl reload nginx`,
  },
  {
    name: 'gateway-reload-silently-failed',
    about:
      'the port was corrected, and another site wants a port that is taken: the reload ends well, and nginx keeps the old configuration',
    cause: 'gateway-reload-silently-failed',
    answer: 502,
    breakWith: `
      sed -i 's/127.0.0.1:3000/127.0.0.1:3001/' "$site"
      systemctl reload nginx
      until_true 10 site_gives 502
      systemd-run --quiet --unit other node -e "require('node:http').createServer((request, response) => response.end('ok')).listen(8080)"
      until_true 10 listens 8080
      sed -i 's/127.0.0.1:3001/127.0.0.1:3000/' "$site"
      echo 'server { listen 8080; return 204; }' >/etc/nginx/conf.d/status.conf
      systemctl reload nginx
      until_true 10 grep -q 'still could not bind' /var/log/nginx/error.log`,
  },
  {
    name: 'nginx-stale-upstream-ip',
    about: 'the name of the upstream got another address, and nginx keeps the one that it had at its start',
    cause: 'nginx-stale-upstream-ip',
    answer: 502,
    breakWith: `
      echo '10.99.99.9 app.internal' >>/etc/hosts
      sed -i 's|127.0.0.1:3000|app.internal:3000|' "$site"
      systemctl reload nginx
      until_true 10 site_gives 502
      sed -i 's|^10.99.99.9 app|127.0.0.1 app|' /etc/hosts`,
  },
  {
    name: 'wrong-server-block',
    about: "the site has no name, and Debian's default site takes all that comes: visitors get nginx's welcome page",
    cause: 'wrong-server-block',
    answer: 200,
    breakWith: `
      ln -sf ../sites-available/default /etc/nginx/sites-enabled/default
      sed -i 's/server_name .*/server_name _;/' "$site"
      systemctl reload nginx`,
  },
  {
    name: 'conflicting-server-name',
    about: 'an old site of the same name is read first, and leads to a port of long ago',
    cause: 'conflicting-server-name',
    answer: 502,
    breakWith: `
      sed 's/:3000/:4000/' "$site" >/etc/nginx/conf.d/classrooom-old.conf
      systemctl reload nginx
      until_true 10 site_gives 502`,
  },
  {
    name: 'plain-to-tls-upstream',
    about: 'the app speaks TLS, and proxy_pass says http',
    cause: 'plain-to-tls-upstream',
    answer: 502,
    breakWith: `${asTlsServer}
      until_true 10 site_gives 502`,
  },
  {
    name: 'upstream-cert-verify',
    about: "nginx is to verify the app's certificate, which nobody has signed",
    cause: 'upstream-cert-verify',
    answer: 502,
    breakWith: `${asTlsServer}
      sed -i 's|http://127.0.0.1:3000;|https://127.0.0.1:3000; proxy_ssl_verify on; proxy_ssl_trusted_certificate /etc/ssl/certs/ca-certificates.crt;|' "$site"
      systemctl reload nginx`,
  },
  {
    name: 'gateway-deliberate-503',
    about: 'the flag of a maintenance was left behind',
    cause: 'gateway-deliberate-503',
    answer: 503,
    breakWith: `
      sed -i 's|location / {|if (-f /var/www/maintenance.on) { return 503; }\\n    location / {|' "$site"
      touch /var/www/maintenance.on
      systemctl reload nginx`,
  },
  {
    name: 'gateway-temp-path-permission',
    about: 'nginx may not write where it puts uploads for a while: they give 500, pages are well',
    cause: 'gateway-temp-path-permission',
    answer: 200,
    breakWith: `
      chown -R root: /var/lib/nginx
      chmod -R go-w /var/lib/nginx
      head -c 200000 /dev/zero >/tmp/upload
      until_true 10 [ "$(curl -s -o /dev/null -w '%{http_code}' -H 'Host: classrooom.test' --data-binary @/tmp/upload http://127.0.0.1/)" = 500 ]`,
  },
  {
    name: 'keepalive-race',
    about:
      'nginx keeps connections for longer than the app does: now and then a request meets one that is just being closed',
    cause: 'keepalive-race',
    answer: 200,
    breakWith: `
      start_script "
        const served = new WeakSet()
        require('node:http').createServer((request, response) => {
          if (served.has(request.socket)) return request.socket.destroy()
          served.add(request.socket)
          response.end('ok')
        }).listen(3000)"
      until_true 30 listens 3000
      sed -i "s|http://127.0.0.1:3000|http://app|; s|Connection 'upgrade'|Connection ''|; 1i upstream app { server 127.0.0.1:3000; keepalive 4; }" "$site"
      systemctl reload nginx
      until_true 10 site_gives 200
      # Each worker of nginx keeps connections of its own.
      meet_race() {
        curl -s -o /dev/null -H 'Host: classrooom.test' http://127.0.0.1/
        curl -s -o /dev/null -H 'Host: classrooom.test' -d x=1 http://127.0.0.1/
        grep -q 'prematurely closed' /var/log/nginx/error.log
      }
      until_true 20 meet_race`,
  },
  {
    name: 'gateway-bind-addr-missing',
    about: 'nginx is to listen on an address that the host no longer has, and was restarted with it',
    cause: 'gateway-bind-addr-missing',
    answer: 'refused',
    breakWith: `
      sed -i 's/listen 80;/listen 10.99.99.9:80;/' "$site"
      ! systemctl restart nginx
      until_true 10 systemctl --quiet is-failed nginx`,
  },
  {
    name: 'nginx-fd-limit',
    about: 'nginx may open fewer files than it needs for a request',
    cause: 'nginx-fd-limit',
    answer: 500,
    breakWith: `
      sed -i 's/^worker_processes .*/worker_processes 1; worker_rlimit_nofile 10;/' /etc/nginx/nginx.conf
      systemctl restart nginx
      until_true 10 site_gives 500`,
  },
  {
    name: 'nginx-worker-connections',
    about: 'nginx may have fewer connections than it needs for a request',
    cause: 'nginx-worker-connections',
    answer: 500,
    breakWith: `
      sed -i 's/worker_connections .*/worker_connections 3;/; s/^worker_processes .*/worker_processes 1;/' /etc/nginx/nginx.conf
      systemctl restart nginx
      until_true 10 site_gives 500`,
  },
  {
    name: 'nginx-worker-crash',
    about: 'workers of nginx die of a segmentation fault again and again; the next one serves',
    cause: 'nginx-worker-crash',
    answer: 200,
    breakWith: `
      crashes() { [ "$(grep -c 'exited on signal 11' /var/log/nginx/error.log)" -ge "$1" ]; }
      for n in 1 2 3; do
        kill -SEGV "$(pgrep -n -P "$(cat /run/nginx.pid)")"
        until_true 10 crashes $n
      done
      until_true 10 site_gives 200`,
  },
  {
    name: 'cert-expired',
    about: 'the certificate expired yesterday',
    cause: 'cert-expired',
    answer: 200,
    breakWith: `${withTls}
      make_certificate -91 -1
      serve_tls`,
  },
  {
    name: 'cert-expires-soon',
    about: 'the certificate expires in five days, and nobody has renewed it',
    cause: 'cert-expired',
    answer: 200,
    breakWith: `${withTls}
      make_certificate -85 5
      serve_tls`,
  },
  {
    name: 'cert-renewed-not-reloaded',
    about: 'the certificate was renewed, and nginx still shows the one that expired yesterday',
    cause: 'cert-renewed-not-reloaded',
    answer: 200,
    breakWith: `${withTls}
      make_certificate -91 -1
      serve_tls
      make_certificate -1 89`,
  },
  {
    name: 'gateway-healthcheck-wrong',
    about: 'HAProxy checks a path that the app does not have, and takes it for dead',
    cause: 'gateway-healthcheck-wrong',
    answer: 503,
    breakWith: `
      replace_nginx haproxy
      printf '%s\\n' '' 'frontend web' '  bind :80' '  mode http' '  default_backend classrooom' '' \\
        'backend classrooom' '  mode http' '  option httpchk GET /healthz' '  server s1 127.0.0.1:3000 check inter 1s' >>/etc/haproxy/haproxy.cfg
      systemctl restart haproxy
      until_true 20 site_gives 503`,
  },
  {
    name: 'proxy-module-missing',
    about: 'Apache has no module that speaks HTTP to an app',
    cause: 'proxy-module-missing',
    answer: 500,
    breakWith: `
      replace_nginx apache2
      printf '%s\\n' '<VirtualHost *:80>' '  ServerName classrooom.test' '  ProxyPass / http://127.0.0.1:3000/' '</VirtualHost>' \\
        >/etc/apache2/sites-available/classrooom.conf
      a2enmod --quiet proxy
      a2dissite --quiet 000-default
      a2ensite --quiet classrooom
      systemctl restart apache2
      until_true 20 site_gives 500`,
  },
  {
    name: 'two-gateways',
    about: 'nginx serves the site on IPv4, and a HAProxy that knows nothing of it on IPv6',
    cause: 'two-gateways',
    answer: 200,
    breakWith: `
      DEBIAN_FRONTEND=noninteractive dpkg --install /opt/debs/haproxy/*.deb
      printf '%s\\n' '' 'frontend web' '  bind :::80 v6only' '  mode http' '  http-request return status 200 content-type text/plain string other' >>/etc/haproxy/haproxy.cfg
      systemctl restart haproxy
      until_true 20 site_gives 200`,
  },
  {
    name: 'gateway-in-container-localhost',
    about: 'nginx runs in a network of its own, as in a container, and dials localhost there',
    cause: 'gateway-in-container-localhost',
    answer: 502,
    breakWith: `
      ip netns add gateway
      ip link add gw0 type veth peer name gw1 netns gateway
      ip address add 172.30.0.1/24 dev gw0
      ip link set gw0 up
      ip -n gateway address add 172.30.0.2/24 dev gw1
      ip -n gateway link set gw1 up
      ip -n gateway link set lo up
      ip -n gateway route add default via 172.30.0.1
      mkdir -p /etc/systemd/system/nginx.service.d
      printf '[Service]\\nNetworkNamespacePath=/run/netns/gateway\\n' >/etc/systemd/system/nginx.service.d/network.conf
      printf '[Socket]\\nListenStream=80\\n' >/etc/systemd/system/published.socket
      printf '[Service]\\nExecStart=/lib/systemd/systemd-socket-proxyd 172.30.0.2:80\\n' >/etc/systemd/system/published.service
      systemctl daemon-reload
      systemctl restart nginx
      systemctl start published.socket
      until_true 10 site_gives 502`,
  },
  {
    name: 'tls-healthy',
    about: 'nothing is wrong, and the site has TLS',
    cause: null,
    answer: 200,
    breakWith: `${withTls}
      make_certificate -1 89
      serve_tls`,
  },
]
