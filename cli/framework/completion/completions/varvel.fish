# varvel completion for fish. Load it with: varvel completion fish | source
function __varvel_words
    set -l words (commandline -opc) (commandline -ct)
    set -l found (varvel completion --words -- $words[2..-1] 2>/dev/null)
    if set -q found[1]
        printf '%s\n' $found
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c varvel -f -a '(__varvel_words)'
complete -c varvel -n 'contains -- -- (commandline -opc)' -F
