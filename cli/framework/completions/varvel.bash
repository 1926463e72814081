# varvel completion for bash. Load it with: source <(varvel completion bash)
_varvel() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    COMPREPLY+=("${line%%$'\t'*}")
  done < <(varvel completion --words -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -o nosort -F _varvel varvel 2>/dev/null || complete -o default -F _varvel varvel
