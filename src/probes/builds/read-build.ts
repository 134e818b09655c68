import { sh } from '../../shell.js'

/**
 * What `next start` cannot do without, in `distDir`: each was taken away from builds of Next.js 12 to 16, and either the
 * server did not start or it answered 500. Version 12 starts without static, 16 without build-manifest.json.
 */
const requiredFiles = [
  'BUILD_ID',
  'routes-manifest.json',
  'build-manifest.json',
  'prerender-manifest.json',
  'server',
  'static',
]

/**
 * `builds_read CWD FOLDER` prints what is there as `KEY VALUE` lines: of JSON only the keys that matter, of next.config
 * only what it says of `distDir` and `output`. Nothing of the app is executed.
 */
export const readBuild = sh`
builds_pick() { grep -oE "\"($1)\"[[:space:]]*:[[:space:]]*\"([^\"\\\\]|\\\\.)*\"" "$2" | head -n 20; }

# Every kind of quote becomes ', so that one pattern reads them all.
builds_config() {
  for config in next.config.js next.config.mjs next.config.ts next.config.cjs server.js; do
    [ -f "$config" ] || continue
    [ "$config" = server.js ] || echo "$config"
    head -c 65536 "$config" | tr '\042\140' "''" | grep -vE '^[[:space:]]*(//|/?\*)' |
      grep -oE "(distDir|output)'?[[:space:]]*([:=][^,}]*|,)" | head -n 5
  done
}

# Sets dist, relative to the folder. What is computed cannot be read: then a folder that holds a build is taken.
builds_dist() {
  dist=$(echo "$1" | sed -n "s/^distDir'*[[:space:]]*[:=][[:space:]]*'\([^'\$]*\)'[[:space:];]*$/\1/p" | head -n 1)
  [ -n "$dist" ] && return
  dist=.next
  case $1 in *distDir*) ;; *) return ;; esac
  echo guessed
  for id in */BUILD_ID .*/BUILD_ID; do [ -f "$id" ] && dist=\${id%/*}; done
}

# Modules and the lock file may stand in a folder above, in a workspace or a monorepo.
builds_above() {
  place=$1
  while [ -n "$place" ]; do
    [ -d "$place/node_modules" ] && echo modules
    if [ -f "$place/node_modules/next/package.json" ]; then
      builds_pick 'version|node' "$place/node_modules/next/package.json" | sed 's/^/next /'
      return
    fi
    place=\${place%/*}
  done
}
builds_lock() {
  place=$1
  while [ -n "$place" ]; do
    for lock in pnpm-lock.yaml yarn.lock bun.lock bun.lockb package-lock.json; do
      [ -f "$place/$lock" ] && { echo "lock $lock"; return; }
    done
    place=\${place%/*}
  done
}

builds_files() {
  [ -d "$1" ] || return
  echo "dist-exists"
  if ! [ -x "$1" ]; then cannot permission "the build $2/$1"; return; fi
  stat -Lc 'wrote %Y' "$1" "$1/trace" "$1/cache" "$1/server" "$1/static"
  for file in ${requiredFiles}; do [ -e "$1/$file" ] || echo "missing $file"; done
  if [ -f "$1/BUILD_ID" ]; then show_mtime built "$1/BUILD_ID"; printf 'id %s\n' "$(head -c 100 "$1/BUILD_ID")"; fi
  if [ -d "$1/static/development" ] || [ -d "$1/dev" ]; then echo dev; fi
  if [ -f "$1/required-server-files.json" ]; then
    grep -oE '"output": ?"(standalone|export)"' "$1/required-server-files.json" | head -n 1 | sed 's/^/built-as /'
  fi
}

builds_read() (
  part build "$1"
  echo "folder $2"
  if ! cd "$2"; then
    if is_gone "$2"; then echo gone; else cannot permission "the folder $2"; fi
    return
  fi
  echo here
  stat -Lc 'owner %u' .
  [ -f package.json ] && builds_pick 'next|start|build' package.json | sed 's/^/package /'
  config=$(builds_config)
  [ -n "$config" ] && echo "$config" | sed 's/^/config /'
  builds_dist "$config"
  echo "dist $dist"
  builds_above "$2"
  builds_lock "$2"
  builds_files "$dist" "$2"
)
`
