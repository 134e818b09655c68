#!/bin/sh
# Runs a command as root: directly, or by sudo with this PATH. The lab makes network namespaces and mounts.
[ "$(id -u)" = 0 ] && exec "$@"
exec sudo -E env "PATH=$PATH" "$@"
