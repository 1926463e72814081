# Varvel's prompt hook for bash: eval "$(varvel hook bash)". How it works: docs/shells.md.
# Tracing (set -x, set -v) would print keys, and set -a would export them.
{ _varvel_trace=${-//[!axv]/} && set +axv; } 2>/dev/null
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
  local exit=$? line='' pin='' up now
  { _varvel_trace=${-//[!axv]/} && set +axv; } 2>/dev/null
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
  if [[ -n $_varvel_trace ]]; then set "-$_varvel_trace"; fi
  return "$exit"
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

_varvel_change() {
  if [[ ${FAL_KEY-} != "$_varvel_last" ]]; then _varvel_by_hand "$3"; fi
  if [[ -n $_varvel_hand ]]; then export VARVEL_HOOK_KEY=:hand; fi
  if [[ $1 != "$_varvel_seen" || -n $_varvel_retry ]]; then _varvel_ask "$@"; fi
  if [[ -n $_varvel_hand ]]; then
    _varvel_set_host ''
    if [[ -n $_varvel_want && -z $_varvel_told ]]; then
      _varvel_told=1
      printf 'varvel: FAL_KEY was set by hand in this shell and overrides profile %s. To follow the profile: unset FAL_KEY\n' \
        "$_varvel_name" >&2
    fi
  elif [[ -n $_varvel_want ]]; then
    if [[ -z $_varvel_waits ]]; then _varvel_take; else _varvel_set_host ''; fi
  elif [[ -n $_varvel_on ]]; then
    _varvel_restore
  fi
  _varvel_last=${FAL_KEY-}
}

# FAL_KEY has changed since the last prompt: someone set it here, or unset it.
_varvel_by_hand() {
  if [[ -z ${FAL_KEY-} ]]; then
    if [[ -z $_varvel_hand ]]; then _varvel_waits=1; fi
    unset VARVEL_HOOK_KEY
    _varvel_hand='' _varvel_told='' _varvel_on=''
  elif [[ $FAL_KEY == "$_varvel_own" || $FAL_KEY == "$_varvel_want" ]]; then
    # the hook's own key, for example restored by direnv
    _varvel_hand='' _varvel_told='' _varvel_on=1 _varvel_own=$FAL_KEY
  else
    _varvel_hand=1 _varvel_on=''
    # the program warns if it contradicts a pin
    if [[ -n $1 ]]; then _varvel_seen=''; fi
  fi
}

# Starts the program, only when something has changed.
_varvel_ask() {
  local answer failed='' again=$_varvel_retry
  if [[ $1 != "$_varvel_seen" ]]; then again=''; fi
  _varvel_seen=$1 _varvel_waits='' _varvel_retry=''
  if [[ -z $3 && -z ${VARVEL_PROFILE-} && (-z $2 || $2 == *' ') &&
    "${VARVEL_HOME-}|${VARVEL_ENVIRONMENT-}" == "$_varvel_place" ]]; then
    _varvel_want='' _varvel_want_host='' _varvel_name=''
    return 0
  fi
  if [[ -n $again ]]; then
    answer=$("$_varvel_program" hook bash --answer </dev/null 2>/dev/null) || failed=1
  else
    answer=$(VARVEL_HOOK_SAID=$_varvel_said "$_varvel_program" hook bash --answer </dev/null) || failed=1
  fi
  # not what a trap has printed into it
  if [[ $answer != 'varvel '* ]]; then failed=1; fi
  if [[ -z $failed ]]; then
    # the first line has the key, which is in no code: what debugs a shell shows that
    _varvel_want=${answer%%$'\n'*}
    _varvel_want=${_varvel_want#varvel }
    eval "${answer#*$'\n'}"
    _varvel_place="${VARVEL_HOME-}|${VARVEL_ENVIRONMENT-}"
  else
    # no key is better than that of a profile that is no longer active
    _varvel_want='' _varvel_want_host='' _varvel_name=''
    _varvel_retry=$((SECONDS + 20))
  fi
}

_varvel_take() {
  if [[ -z $_varvel_on ]]; then
    unset VARVEL_HOOK_BEFORE
    if [[ -n ${FAL_KEY-} && $FAL_KEY != "$_varvel_want" ]]; then
      export VARVEL_HOOK_BEFORE=$FAL_KEY
      printf 'varvel: profile %s overrides the FAL_KEY that this shell started with.\n' "$_varvel_name" >&2
    fi
  fi
  export FAL_KEY=$_varvel_want VARVEL_HOOK_KEY=${_varvel_want%%:*}
  _varvel_own=$_varvel_want _varvel_on=1
  _varvel_set_host "$_varvel_want_host"
}

_varvel_restore() {
  if [[ -n ${VARVEL_HOOK_BEFORE-} ]]; then export FAL_KEY=$VARVEL_HOOK_BEFORE; else unset FAL_KEY; fi
  unset VARVEL_HOOK_KEY VARVEL_HOOK_BEFORE
  _varvel_on=''
  _varvel_set_host ''
}

# A profile's host goes with its key. A host that was changed by hand stays.
_varvel_set_host() {
  if [[ -n $_varvel_on_host && ${FAL_HOST-} != "$_varvel_own_host" ]]; then
    unset VARVEL_HOOK_HOST VARVEL_HOOK_HOST_BEFORE
    _varvel_on_host=''
  fi
  if [[ -n $1 ]]; then
    if [[ -z $_varvel_on_host ]]; then
      unset VARVEL_HOOK_HOST_BEFORE
      if [[ -n ${FAL_HOST-} ]]; then export VARVEL_HOOK_HOST_BEFORE=$FAL_HOST; fi
    fi
    export FAL_HOST=$1 VARVEL_HOOK_HOST=$1
    _varvel_own_host=$1 _varvel_on_host=1
  elif [[ -n $_varvel_on_host ]]; then
    if [[ -n ${VARVEL_HOOK_HOST_BEFORE-} ]]; then export FAL_HOST=$VARVEL_HOOK_HOST_BEFORE; else unset FAL_HOST; fi
    unset VARVEL_HOOK_HOST VARVEL_HOOK_HOST_BEFORE
    _varvel_on_host=''
  fi
}

# Whether FAL_KEY came with the shell's environment. Where that is unknown, it counts as set by hand.
_varvel_came_with_shell() {
  local entry
  [[ -r /proc/$$/environ ]] || return 1
  while IFS= read -r -d '' entry; do
    if [[ $entry == FAL_KEY=* ]]; then
      [[ ${entry#FAL_KEY=} == "$FAL_KEY" ]]
      return
    fi
  done <"/proc/$$/environ"
  return 1
}

if [[ $_varvel_loaded == 1 ]]; then
  _varvel_loaded=2
  _varvel_last=${FAL_KEY-}
  if [[ -n ${FAL_KEY-} ]]; then
    if [[ -n ${VARVEL_HOOK_KEY-} && ${FAL_KEY%%:*} == "$VARVEL_HOOK_KEY" ]]; then
      # the shell that started this one set it
      _varvel_own=$FAL_KEY _varvel_on=1
    elif [[ ${VARVEL_HOOK_KEY-} == :hand ]] || ! _varvel_came_with_shell; then
      _varvel_hand=1
    fi
  fi
  if [[ -n ${FAL_HOST-} && ${FAL_HOST-} == "${VARVEL_HOOK_HOST-}" ]]; then
    _varvel_own_host=$FAL_HOST _varvel_on_host=1
  fi
fi

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
if [[ -n $_varvel_trace ]]; then set "-$_varvel_trace"; fi
