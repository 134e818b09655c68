#compdef fleetdx
# zsh completion for fleetdx: a file _fleetdx in $fpath, or sourced after compinit.
_fleetdx() {
  local -a lines values shown
  local line
  lines=("${(@f)$(fleetdx complete -- "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
  if [[ $lines[-1] == :files ]]; then
    [[ $PREFIX == --*=* ]] && compset -P '*='
    _files
    return
  fi
  for line in "${(@)lines[1,-2]}"; do
    values+=("${line%%$'\t'*}")
    shown+=("${line%%$'\t'*}  ${line#*$'\t'}")
  done
  compadd -l -d shown -a values
}
if [[ $funcstack[1] == _fleetdx ]]; then
  _fleetdx "$@"
else
  compdef _fleetdx fleetdx
fi
