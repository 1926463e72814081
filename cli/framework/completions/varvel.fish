# varvel completion for fish. Load it with: varvel completion fish | source
function __varvel_words
    set -l words (commandline -opc) (commandline -ct)
    varvel completion --words -- $words[2..-1] 2>/dev/null
end
complete -c varvel -f -a '(__varvel_words)'
complete -c varvel -n 'set -l words (commandline -opc); contains -- $words[-1] --from-file --state' -F
complete -c varvel -n 'contains -- -- (commandline -opc)' -F
