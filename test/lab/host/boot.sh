#!/bin/bash
# The first process of a host: turns the namespaces that start.ts made for it into a machine and becomes its systemd.
# Whatever it mounts lives in its own mount namespace, so the end of this process is the end of it all.
#   boot.sh LAYER NAME DISK AUTHORIZED_KEY KERNEL_LOG(yes|no) CGROUP_FOLDER…
set -euo pipefail
if [ "$1" != --inside ]; then
  for folder in "${@:6}"; do echo 0 >"$folder/cgroup.procs"; done
  exec unshare --cgroup bash "$0" --inside "${@:1:5}"
fi
layer=$2 name=$3 disk=$4 authorized_key=$5 kernel_log=$6

stage=/mnt
mount --make-rprivate /
mount -t tmpfs -o "mode=0755,size=$disk" fleetdx-lab "$stage"
mkdir "$stage"/{upper,work,root}
mount -t overlay -o "lowerdir=$layer,upperdir=$stage/upper,workdir=$stage/work" overlay "$stage/root"
cgroup_type=$(stat -fc %T /sys/fs/cgroup)
cd "$stage/root"

# /proc/sys is shared by all namespaces but for its net part.
mount -t proc proc proc
mount --bind proc/sys/net mnt
mount --bind proc/sys proc/sys
mount -o remount,bind,ro proc/sys
mount --move mnt proc/sys/net
mount -t sysfs -o ro,nosuid,nodev,noexec sysfs sys

mount -t tmpfs -o mode=0755,nosuid,size=64k dev dev
devices=(null zero full random urandom tty)
[ "$kernel_log" = no ] || devices+=(kmsg)
for device in "${devices[@]}"; do
  touch "dev/$device"
  mount --bind "/dev/$device" "dev/$device"
done
mkdir dev/pts dev/shm
mount -t devpts -o newinstance,ptmxmode=0666,mode=0620,gid=5 devpts dev/pts
mount -t tmpfs -o mode=1777,nosuid,nodev,size=16m shm dev/shm
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
for n in 0:stdin 1:stdout 2:stderr; do ln -s "fd/${n%:*}" "dev/${n#*:}"; done
mount -t tmpfs -o mode=0755,nosuid,nodev,size=32m run run

# The same kind of control groups as this machine has; without this, systemd would ask for one that lacks the memory controller.
if [ "$cgroup_type" = cgroup2fs ]; then
  mount -t cgroup2 cgroup2 sys/fs/cgroup
else
  mount -t tmpfs -o mode=0755,size=64k cgroup sys/fs/cgroup
  mkdir sys/fs/cgroup/{unified,systemd}
  mount -t cgroup2 cgroup2 sys/fs/cgroup/unified
  mount -t cgroup -o none,name=systemd systemd sys/fs/cgroup/systemd
fi

hostname "$name"
echo "$name" >etc/hostname
printf '127.0.0.1 localhost\n127.0.1.1 %s\n::1 localhost ip6-localhost ip6-loopback\n' "$name" >etc/hosts
echo "fleetdx-lab $name" | md5sum | cut -c1-32 >etc/machine-id
ssh-keygen -q -t ed25519 -N '' -C "root@$name" -f etc/ssh/ssh_host_ed25519_key
for home in root home/*; do
  mkdir -p -m 0700 "$home/.ssh"
  echo "$authorized_key" >"$home/.ssh/authorized_keys"
  chown -R --reference="$home" "$home/.ssh"
done

pivot_root . mnt
umount -l /mnt
# What the whole machine shares stays out of reach: modules, clock, and the kernel's log unless this host is about that.
withheld=-sys_module,-sys_time,-sys_rawio,-sys_boot
[ "$kernel_log" = yes ] || withheld+=,-syslog
exec env -i container=lab PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
  setpriv --bounding-set "$withheld" /lib/systemd/systemd
