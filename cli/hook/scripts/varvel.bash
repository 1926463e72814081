# Varvel's prompt hook for bash: eval "$(varvel hook bash)". How it works: docs/shells.md.
# Tracing (set -x, set -v) would print keys, and so would set -k; set -a would export them, and nocasematch would take two keys or profiles for one.
{ _varvel_trace=${-//[!akxv]/} && set +akxv; } 2>/dev/null
_varvel_nocase=''
if shopt -q nocasematch; then _varvel_nocase=1 && shopt -u nocasematch; fi
_varvel_program=@PROGRAM@
# a shell with set -a may have handed on the variable alone
if [[ -z ${_varvel_loaded-} ]] || ! declare -F _varvel_prompt >/dev/null; then
  _varvel_loaded=1
  _varvel_file=@FILE@                                   # changes whenever a profile changes
  _varvel_place="${VARVEL_HOME-}|${VARVEL_ENVIRONMENT-}" # what decides where that file is
  _varvel_seen=''    # what the last prompt found
  _varvel_last=''    # FAL_KEY at the end of the last prompt
  _varvel_want=''    # the active profile's key, host and name
  _varvel_want_host=''
  _varvel_name=''
  _varvel_own=''     # the key and the host that the hook set last
  _varvel_own_host=''
  _varvel_on=''      # whether FAL_KEY is that key now
  _varvel_on_host=''
  _varvel_hand=''    # whether FAL_KEY was set by hand, which wins
  _varvel_told=''    # whether the user was told so
  _varvel_said=''    # hashes of the warnings shown so far
  _varvel_waits=''   # whether to wait for the next change, because FAL_KEY was unset by hand
  _varvel_retry=''   # when to try again after a failure
  _varvel_folder=''
  _varvel_ups=('')
  _varvel_pin_here=''   # the nearest pin's folder, seen from this one
  _varvel_pin_folder='' # the same, seen from the folder that found it first
fi

_varvel_prompt() {
  # first of all, and no local: under set -k that would be a variable of the command’s
  _varvel_exit=$?
  { _varvel_trace=${-//[!akxv]/} && set +akxv; } 2>/dev/null
  if shopt -q nocasematch; then _varvel_nocase=1 && shopt -u nocasematch; fi
  local line='' pin='' up now
  if [[ -r $_varvel_file ]]; then IFS= read -r line <"$_varvel_file" || :; fi
  if [[ $PWD != "$_varvel_folder" ]]; then _varvel_enter; fi
  for up in "${_varvel_ups[@]}"; do
    # a broken link counts: the program reports it
    if [[ (-e ${up}.varvel || -L ${up}.varvel) && ! -d ${up}.varvel ]]; then
      # no more than the program reads, in case it is huge; the program reports what is not a file
      if [[ -f ${up}.varvel && -r ${up}.varvel ]]; then IFS= read -r -d '' -n 4097 pin <"${up}.varvel" || :; fi
      # the same text elsewhere is another pin: one may be foreign
      if [[ $PWD/$up != "$_varvel_pin_here" ]]; then
        _varvel_pin_here=$PWD/$up
        if [[ ! $_varvel_pin_here -ef $_varvel_pin_folder ]]; then _varvel_pin_folder=$_varvel_pin_here; fi
      fi
      pin="$_varvel_pin_folder|$pin"
      break
    fi
  done
  now="$line|${VARVEL_PROFILE-}|${VARVEL_HOME-}|${VARVEL_ENVIRONMENT-}|$pin"
  if [[ $now != "$_varvel_seen" || ${FAL_KEY-} != "$_varvel_last" ]] ||
    [[ -n $_varvel_retry && $SECONDS -ge $_varvel_retry ]]; then
    _varvel_change "$now" "$line" "$pin"
  fi
  _varvel_options_back
  return "$_varvel_exit"
}

_varvel_options_back() {
  if [[ -n $_varvel_nocase ]]; then _varvel_nocase='' && shopt -s nocasematch; fi
  if [[ -n $_varvel_trace ]]; then set "-$_varvel_trace"; fi
}

# Where pins can be, from this folder up to the home folder: relative paths, so that links don't matter.
_varvel_enter() {
  local up=''
  _varvel_folder=$PWD
  _varvel_ups=('')
  if [[ -n $_varvel_retry ]]; then _varvel_retry=0; fi
  until [[ ${up:-.} -ef / || ${up:-.} -ef ${HOME-} || ${#up} -gt 300 ]]; do
    up+=../
    _varvel_ups+=("$up")
  done
}

@BASH_AND_ZSH@

case ";${PROMPT_COMMAND[*]-};" in
  *_varvel_prompt*) ;;
  *)
    if ((BASH_VERSINFO[0] > 5 || (BASH_VERSINFO[0] == 5 && BASH_VERSINFO[1] >= 1))); then
      # its own element, so that another program's PROMPT_COMMAND='…' doesn't replace it
      PROMPT_COMMAND=("${PROMPT_COMMAND[@]-}" _varvel_prompt)
    else
      PROMPT_COMMAND="_varvel_prompt${PROMPT_COMMAND:+;$PROMPT_COMMAND}"
    fi
    ;;
esac
_varvel_options_back
