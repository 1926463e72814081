# What bash and zsh share of the prompt hook: it goes into varvel.bash and varvel.zsh.

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
    answer=$("$_varvel_program" hook @SHELL@ --answer </dev/null 2>/dev/null) || failed=1
  else
    answer=$(VARVEL_HOOK_SAID=$_varvel_said "$_varvel_program" hook @SHELL@ --answer </dev/null) || failed=1
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
  if [[ -n ${ZSH_VERSION-} ]]; then emulate -L zsh; fi
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
