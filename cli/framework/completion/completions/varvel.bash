# varvel completion for bash. Load it with: source <(varvel completion bash)
_varvel() {
  local line word text character quote='' before='' rest=${COMP_LINE:0:COMP_POINT}
  local back='\' single="'" double='"'
  local -a words=()
  local -i index
  # bash splits words at : and =, which names hold; what no blank separates is one word
  for ((index = 0; index <= COMP_CWORD; index++)); do
    word=${COMP_WORDS[index]}
    if ((index == 0)) || [[ $rest == [[:blank:]]* ]]; then
      rest=${rest#"${rest%%[![:blank:]]*}"}
      words+=("$word") before=''
    else
      before=${words[-1]}
      words[-1]+=$word
    fi
    rest=${rest#"$word"}
  done
  if [[ $word == [:=] ]]; then before=${words[-1]}; fi
  # the word as the program knows it: without quotes and backslashes
  word=${words[-1]}
  if [[ $word == [\'\"]* ]]; then quote=${word:0:1} word=${word:1}; else word=${word//\\/}; fi
  words[-1]=$word
  COMPREPLY=()
  while IFS= read -r line; do
    text=${line%%$'\t'*}
    text=${text#"$before"}
    # bash puts it between the quotes that are open, as it is
    if [[ -z $quote ]]; then printf -v text %q "$text"
    elif [[ $quote == "$single" ]]; then text=${text//"$single"/"$single$back$single$single"}
    else
      for character in "$back" "$double" '$' '`'; do text=${text//"$character"/"$back$character"}; done
      # no backslash keeps the history away from it
      text=${text//'!'/"$double$single!$single$double"}
    fi
    COMPREPLY+=("$text")
  done < <(varvel completion --words -- "${words[@]:1}" 2>/dev/null)
  # a field's value follows without a blank; outside a completion, and in bash 3, there is no compopt
  if [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *= ]]; then compopt -o nospace 2>/dev/null; fi
}
complete -o default -o nosort -F _varvel varvel 2>/dev/null || complete -o default -F _varvel varvel
