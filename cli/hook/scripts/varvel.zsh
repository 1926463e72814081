# Varvel's prompt hook for zsh: eval "$(varvel hook zsh)". How it works: docs/shells.md.
# Tracing would print keys, and all_export would export them.
{
  typeset -g +x _varvel_options=()
  for _varvel_option in xtrace all_export; do
    if [[ -o $_varvel_option ]]; then _varvel_options+=($_varvel_option); unsetopt $_varvel_option; fi
  done
} 2>/dev/null
typeset -g +x _varvel_option _varvel_program=@PROGRAM@
# a shell with all_export may have handed on the variable alone
if [[ -z ${_varvel_loaded-} ]] || ((! $+functions[_varvel_prompt])); then
  typeset -g +x _varvel_loaded=1
  typeset -g +x _varvel_file=@FILE@                                   # changes whenever a profile changes
  typeset -g +x _varvel_place="${VARVEL_HOME-}|${VARVEL_ENVIRONMENT-}" # what decides where that file is
  typeset -g +x _varvel_seen=''   # what the last prompt found
  typeset -g +x _varvel_last=''   # FAL_KEY at the end of the last prompt
  typeset -g +x _varvel_want='' _varvel_want_host='' _varvel_name='' # the active profile
  typeset -g +x _varvel_own='' _varvel_own_host=''                   # the key and the host that the hook set last
  typeset -g +x _varvel_on='' _varvel_on_host=''                     # whether they are set now
  typeset -g +x _varvel_hand=''   # whether FAL_KEY was set by hand, which wins
  typeset -g +x _varvel_told=''   # whether the user was told so
  typeset -g +x _varvel_said=''   # hashes of the warnings shown so far
  typeset -g +x _varvel_waits=''  # whether to wait for the next change, because FAL_KEY was unset by hand
  typeset -g +x _varvel_retry=''  # when to try again after a failure
  typeset -g +x _varvel_folder=''
  typeset -ga _varvel_pins=()
  zmodload zsh/system 2>/dev/null
fi

_varvel_prompt() {
  emulate -L zsh -o no_xtrace
  local line='' pin='' file
  if [[ -r $_varvel_file ]]; then sysread -s 256 line <"$_varvel_file"; fi
  if [[ $PWD != "$_varvel_folder" ]]; then _varvel_enter; fi
  for file in $_varvel_pins; do
    # a broken link counts: the program reports it
    if [[ ( -e $file || -L $file ) && ! -d $file ]]; then
      # no more than the program reads, in case it is huge; the program reports what is not a file
      if [[ -f $file && -r $file ]]; then sysread -s 4097 pin <$file; fi
      # the same text elsewhere is another pin: one may be foreign
      pin="$file|$pin"
      break
    fi
  done
  local now="$line|${VARVEL_PROFILE-}|${VARVEL_HOME-}|${VARVEL_ENVIRONMENT-}|$pin"
  if [[ $now != "$_varvel_seen" || ${FAL_KEY-} != "$_varvel_last" ]] ||
    [[ -n $_varvel_retry && $SECONDS -ge $_varvel_retry ]]; then
    _varvel_change "$now" "${line%$'\n'}" "$pin"
  fi
}

# Where pins can be, from this folder up to the home folder, with links resolved.
_varvel_enter() {
  local here=${PWD:A} home=${${HOME:-/}:A}
  _varvel_folder=$PWD
  _varvel_pins=()
  if [[ -n $_varvel_retry ]]; then _varvel_retry=0; fi
  while true; do
    _varvel_pins+=("${here%/}/.varvel")
    if [[ $here == / || $here == "$home" ]]; then break; fi
    here=${here:h}
  done
}

@BASH_AND_ZSH@

typeset -ga precmd_functions
if ((! ${precmd_functions[(Ie)_varvel_prompt]})); then precmd_functions+=(_varvel_prompt); fi
if (($#_varvel_options)); then setopt $_varvel_options; fi
