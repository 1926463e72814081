#compdef varvel
# varvel completion for zsh. Save it as _varvel in a folder of $fpath, or load it after compinit with:
# source <(varvel completion zsh)
_varvel() {
  local line text
  local -a found fields
  while IFS= read -r line; do
    text=${line%%$'\t'*}
    line=${text//:/\\:}:${line#*$'\t'}
    # a field's value follows without a blank
    if [[ $text == *= ]]; then fields+=("$line"); else found+=("$line"); fi
  done < <(varvel completion --words -- "${(@)words[2,CURRENT]}" 2>/dev/null)
  if (( ${#found} + ${#fields} )); then
    (( ${#fields} )) && _describe -V varvel fields -S ''
    (( ${#found} )) && _describe -V varvel found
  else
    _files
  fi
}
if [[ ${funcstack[1]-} == _varvel ]]; then
  _varvel "$@"
else
  compdef _varvel varvel
fi
