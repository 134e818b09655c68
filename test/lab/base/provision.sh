#!/bin/bash
# Runs once inside the base layer, in a PID and network space of its own: users, units, the built app, and PM2's saved list.
set -euo pipefail
export HOME=/root LANG=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin NEXT_TELEMETRY_DISABLED=1
ip link set lo up

useradd --shell /bin/bash deploy
useradd --shell /bin/bash noisy
cp /etc/skel/.[a-z]* /home/deploy/
useradd --create-home --shell /bin/bash ops
useradd --create-home --shell /bin/bash guest
useradd --create-home --shell /usr/bin/fish fishy
useradd --create-home --shell /bin/tcsh cshy
# fish makes its own folders at the first login.
runuser -u fishy -- env HOME=/home/fishy fish -c true
for user in deploy noisy; do chown -R "$user:$user" "/home/$user"; done
chmod 0750 /home/*
chmod 0440 /etc/sudoers.d/lab

ln -sf ../sites-available/classrooom /etc/nginx/sites-enabled/classrooom
rm -f /etc/nginx/sites-enabled/default /etc/ssh/ssh_host_*

# Nothing here may wake up by itself, reach out, or touch what all namespaces share.
systemctl --quiet mask getty@tty1.service console-getty.service systemd-sysctl.service systemd-pstore.service \
  e2scrub_reap.service apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer fstrim.timer

cd /home/deploy/classrooom
as_deploy() { runuser -u deploy -- env HOME=/home/deploy PM2_HOME=/home/deploy/.pm2 "$@"; }
as_deploy npm run build
as_deploy mkdir -p logs
as_deploy pm2 start ecosystem.config.js --env production
as_deploy pm2 save
as_deploy pm2 kill
rm -rf logs/*.log /home/deploy/.npm /home/deploy/.pm2/pm2.log /home/deploy/.pm2/pids/*
PM2_HOME=/home/deploy/.pm2 pm2 startup systemd -u deploy --hp /home/deploy
chown -R deploy:deploy /home/deploy
