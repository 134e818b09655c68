# Words for the scripts that break a host.
set -euo pipefail
cd /home/deploy/classrooom
site=/etc/nginx/sites-available/classrooom

# until_true SECONDS COMMAND…: asks again and again, and fails when the time is up.
until_true() {
  local limit=$((SECONDS + $1))
  shift
  until "$@"; do
    if ((SECONDS > limit)); then
      echo "gave up waiting for: $*" >&2
      return 1
    fi
    sleep 0.2
  done
}

as_deploy() { runuser -u deploy -- env HOME=/home/deploy PM2_HOME=/home/deploy/.pm2 "$@"; }

# Where no daemon lives this would start one: not for hosts whose fault is a dead daemon.
pm2() { as_deploy pm2 --silent "$@"; }

# app_field PATH: a field of what PM2 says of the app, as in pm2_env.status.
app_field() {
  as_deploy pm2 jlist | tail -n 1 | node -p "JSON.parse(require('node:fs').readFileSync(0, 'utf8')).find((app) => app.name === 'classrooom')?.$1"
}
app_is() { [ "$(app_field pm2_env.status)" = "$1" ]; }
app_lived() { (($(date +%s%3N) - $(app_field pm2_env.pm_uptime) >= $1 * 1000)); }
app_restarted() { (($(app_field pm2_env.restart_time) >= $1)); }

# replace_nginx PACKAGE: the host never had nginx, but this gateway, whose packages lie ready.
replace_nginx() {
  systemctl stop nginx
  dpkg --purge $(dpkg-query --show --showformat '${Package}\n' 'nginx*' 'libnginx*') >/dev/null
  rm -rf /etc/nginx /var/log/nginx /var/lib/nginx
  DEBIAN_FRONTEND=noninteractive dpkg --install /opt/debs/"$1"/*.deb >/dev/null
}

listens() { ss -Hltn "sport = :$1" | grep -q .; }

# site_gives STATUS: a reload of Nginx is done when its answers show it, some time after the command.
site_gives() { [ "$(curl -s -o /dev/null -w '%{http_code}' -H 'Host: classrooom.test' http://127.0.0.1/)" = "$1" ]; }

# start_app: has PM2 forget the app and read ecosystem.config.js anew, as a deployment does.
start_app() {
  pm2 delete classrooom
  pm2 start ecosystem.config.js --env production
  pm2 save
}

# start_script JAVASCRIPT: the app is this server.js, no longer `next start`.
start_script() {
  printf '%s\n' "$1" >server.js
  chown deploy: server.js
  sed -i "s|script: .*|script: 'server.js',|; /args: /d" ecosystem.config.js
  start_app
}

# A visitor shall not wait a minute for a 504.
shorten_timeouts() {
  sed -i '/proxy_pass/a\        proxy_connect_timeout 2s;\n        proxy_read_timeout 2s;' "$site"
  systemctl reload nginx
}
