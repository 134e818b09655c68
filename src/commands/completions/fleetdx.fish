# fish completion for fleetdx.
function __fleetdx_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct | string unescape)
    set -l lines (fleetdx complete -- $words[2..-1] "$current" 2>/dev/null)
    if test "$lines[-1]" = :files
        __fish_complete_path (string replace -r -- '^--[\w-]+=' '' "$current")
    else
        string match -v -- ':words' $lines
    end
end
complete -c fleetdx -f -a '(__fleetdx_complete)'
