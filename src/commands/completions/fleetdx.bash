# bash completion for fleetdx. The words are read from the line itself: bash breaks them at : and =, which targets have
# within, and what is typed is never evaluated.
_fleetdx() {
  local cur=${COMP_WORDS[COMP_CWORD]} line=${COMP_LINE:0:COMP_POINT} words=() value typed
  read -ra words <<<"$line"
  [[ $line == *[[:space:]] ]] && words+=('')
  words=("${words[@]//[\'\"]/}")
  typed=${words[${#words[@]} - 1]}
  [[ $cur == [:=] ]] && cur=''
  cur=${cur//[\'\"]/}
  COMPREPLY=()
  while IFS=$'\t' read -r value _; do
    case $value in
      :words) compopt +o default +o bashdefault 2>/dev/null ;;
      :files) ;;
      *) COMPREPLY+=("${value#"${typed%"$cur"}"}") ;;
    esac
  done < <(fleetdx complete -- "${words[@]:1}" 2>/dev/null)
}
complete -o bashdefault -o default -F _fleetdx fleetdx
