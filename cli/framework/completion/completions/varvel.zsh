#compdef varvel
# varvel completion for zsh. Save it as _varvel in a folder of $fpath, or load it after compinit with:
# source <(varvel completion zsh)
_varvel() {
  local line
  local -a found
  while IFS= read -r line; do
    found+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
  done < <(varvel completion --words -- "${(@)words[2,CURRENT]}" 2>/dev/null)
  if (( ${#found} )); then
    _describe -V varvel found
  else
    _files
  fi
}
if [[ ${funcstack[1]-} == _varvel ]]; then
  _varvel "$@"
else
  compdef _varvel varvel
fi
