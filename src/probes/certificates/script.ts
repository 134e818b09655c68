import { joinScripts, sh } from '../../shell.js'
import { gatewayLibrary } from '../gateway/library.js'

/**
 * Words that read the public part of certificates, and ask what is served. They print the parts
 *
 *     file MTIME PATH       the certificates of a file (never a key that stands beside them); `absent PATH` if it is not there
 *     served ADDRESS PORT NAME|-   what is shown there, as PEM or as curl tells it
 *     upstream ADDRESS PORT        the same of a server that is dialled without TLS
 *
 * Files are read as gateway/library.ts reads configurations: as root only what nobody else can have chosen.
 */
const words = sh`
  certificates_take() {
    if gateway_is_absent "$1"; then part absent "$1"
    elif [ -d "$1" ]; then
      for certificates_inner in "\${1%/}"/*; do [ -f "$certificates_inner" ] && printf '%s\n' "$certificates_inner"; done |
        head -n 20 | while read -r certificates_file; do certificates_show "$certificates_file"; done
    elif [ -f "$1" ] && [ -r "$1" ]; then certificates_show "$1"
    else cannot permission "the certificate $1"
    fi
  }

  certificates_show() {
    certificates_text=$(gateway_read "$1" | certificates_pick)
    if [ -z "$certificates_text" ] && [ "$fx_uid" = 0 ] && ! gateway_is_firm "$1"; then
      cannot permission "the certificate $1"
      return
    fi
    part file "$(stat -L -c %Y "$1")" "$1"
    printf '%s\n' "$certificates_text"
  }

  # Certificates only: a file may hold its key as well.
  certificates_pick() {
    awk '/^-----BEGIN CERTIFICATE-----/ { on = 1; n++ } on && n <= 4 { print } /^-----END CERTIFICATE-----/ { on = 0 }'
  }

  certificates_limit() { if has timeout; then timeout 3 "$@"; else "$@"; fi; }

  certificates_greet() {
    certificates_at=$1:$2
    case $1 in *:*) certificates_at="[$1]:$2" ;; esac
    if has openssl; then
      set -- -connect "$certificates_at" "$3"
      if [ "$3" = - ]; then set -- "$1" "$2"; else set -- "$1" "$2" -servername "$3"; fi
      certificates_limit openssl s_client "$@" </dev/null | certificates_pick
    elif has curl; then
      certificates_name=$3; [ "$3" = - ] && certificates_name=$1
      case $certificates_name in *:*) certificates_name="[$certificates_name]" ;; esac
      curl -sv -k --noproxy '*' --max-time 3 -o /dev/null -I --connect-to "::$certificates_at" \
        "https://$certificates_name:$2/" 2>&1 | grep -E '^\* +(subject|issuer|start date|expire date): '
    else cannot tool-missing "the certificate that is served at $certificates_at"
    fi
  }

  certificates_ask() {
    part served "$1" "$2" "$3"
    certificates_greet "$1" "$2" "$3"
  }

  # Only where the log says that it breaks off what the gateway asks without TLS: others are not bothered.
  certificates_try() {
    certificates_port=$2
    for certificates_log in $certificates_logs; do
      [ -r "$certificates_log" ] && tail -c 65536 "$certificates_log" |
        grep -E 'prematurely closed|Connection reset by peer|AH01102|"msg":"EOF"' | grep -qE ":$certificates_port(/|[^0-9]|\$)" || continue
      part upstream "$1" "$2"
      certificates_greet "$1" "$2" -
      return
    done
  }
`

export const certificatesLibrary = joinScripts([gatewayLibrary, words])
