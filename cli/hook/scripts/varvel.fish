# Varvel's prompt hook for fish: varvel hook fish | source. How it works: docs/shells.md.
# Tracing would print keys.
set -l fish_trace
set -g _varvel_program @PROGRAM@
if not set -q _varvel_loaded
    set -g _varvel_loaded 1
    set -g _varvel_file @FILE@ # changes whenever a profile changes
    set -g _varvel_place "$VARVEL_HOME|$VARVEL_ENVIRONMENT" # what decides where that file is
    set -g _varvel_seen '' # what the last prompt found
    set -g _varvel_last "$FAL_KEY" # FAL_KEY at the end of the last prompt
    set -g _varvel_want '' # the active profile's key, host and name
    set -g _varvel_want_host ''
    set -g _varvel_name ''
    set -g _varvel_own '' # the key and the host that the hook set last
    set -g _varvel_own_host ''
    set -g _varvel_on '' # whether they are set now
    set -g _varvel_on_host ''
    set -g _varvel_hand '' # whether FAL_KEY was set by hand, which wins
    set -g _varvel_told '' # whether the user was told so
    set -g _varvel_said '' # hashes of the warnings shown so far
    set -g _varvel_waits '' # whether to wait for the next change, because FAL_KEY was unset by hand
    set -g _varvel_retry 0 # after how many prompts to try again after a failure
    set -g _varvel_folder ''
    set -g _varvel_pins
    set -g _varvel_pin # the nearest readable one
    set -g _varvel_found '' # where there is one: the same text elsewhere is another pin, which may be foreign
    set -g _varvel_still -n '' # the test that nothing has changed
    set -g _varvel_same '' # what a prompt finds when it has nothing to do
end

# Written for speed: each command takes fish some microseconds, and a long test is as fast as a short one.
function _varvel_prompt --on-event fish_prompt
    set -l fish_trace
    test -r "$_varvel_file"; and read -l line <$_varvel_file
    test "$PWD" = "$_varvel_folder"; or _varvel_enter
    test $_varvel_still; or _varvel_look
    # no more than the program reads, in case it is huge
    set -q _varvel_pin[1]; and read -z -n 4097 -l pin <$_varvel_pin
    set -l now "$line|$VARVEL_PROFILE|$VARVEL_HOME|$VARVEL_ENVIRONMENT|$_varvel_found$pin"
    test "$now|$FAL_KEY" = "$_varvel_same"; or _varvel_change "$now" "$line" "$_varvel_found$pin"
end

# Finds the nearest pin, and builds the test that it is still the nearest.
function _varvel_look
    set -g _varvel_pin
    set -g _varvel_found ''
    set -g _varvel_still
    for file in $_varvel_pins
        if test -f $file -a -r $file
            set -g _varvel_pin $file
            set -g _varvel_found "$file|"
            set -a _varvel_still -f $file -a -r $file
            return
        else if test -e $file -o -L $file; and not test -d $file
            # not a file, not readable, or a broken link: the program reports it; look again each time
            set -g _varvel_found "$file|"
            set -g _varvel_still -n ''
            return
        end
        # a folder of that name is not a pin, but may become one
        if test -d $file
            set -a _varvel_still -d $file -a
        else
            set -a _varvel_still ! -e $file -a
        end
    end
    set -a _varvel_still -n none
end

# Where pins can be, from this folder up to the home folder, with links resolved. Names may hold line breaks, at which
# fish splits what a command prints, except what `string split` prints.
function _varvel_enter
    set -l here (builtin realpath -- $PWD 2>/dev/null | string split0)
    set here (string split -r -m 1 \n -- "$here")[1]
    test -n "$here"; or set here $PWD
    set -l home (builtin realpath -- "$HOME" 2>/dev/null | string split0)
    set home (string split -r -m 1 \n -- "$home")[1]
    set -g _varvel_folder $PWD
    set -g _varvel_pins
    if test $_varvel_retry -gt 1
        set -g _varvel_retry 1
    end
    # a path has no more folders; a bound, whatever it holds
    while test (count $_varvel_pins) -lt 2048
        if test "$here" = /
            set -a _varvel_pins /.varvel
            break
        end
        set -a _varvel_pins $here/.varvel
        test "$here" = "$home"; and break
        set here (string split -r -m 1 / -- $here)[1]
        test -n "$here"; or set here /
    end
    set -g _varvel_still -n ''
end

function _varvel_change
    if test $_varvel_retry -gt 1
        set -g _varvel_retry (math $_varvel_retry - 1)
    end
    if test "$FAL_KEY" != "$_varvel_last"
        _varvel_by_hand "$argv[3]"
    end
    if test -n "$_varvel_hand"
        set -gx VARVEL_HOOK_KEY :hand
    end
    if test "$argv[1]" != "$_varvel_seen"; or test $_varvel_retry -eq 1
        _varvel_ask $argv
    end
    if test -n "$_varvel_hand"
        _varvel_set_host ''
        if test -n "$_varvel_want"; and test -z "$_varvel_told"
            set -g _varvel_told 1
            echo "varvel: FAL_KEY was set by hand in this shell and overrides profile $_varvel_name. To follow the profile: set -e FAL_KEY" >&2
        end
    else if test -n "$_varvel_want"
        if test -z "$_varvel_waits"
            _varvel_take
        else
            _varvel_set_host ''
        end
    else if test -n "$_varvel_on"
        _varvel_restore
    end
    set -g _varvel_last "$FAL_KEY"
    set -g _varvel_same "$argv[1]|$FAL_KEY"
    if test $_varvel_retry -gt 0
        set -g _varvel_same ''
    end
end

# FAL_KEY has changed since the last prompt: someone set it here, or unset it.
function _varvel_by_hand
    if test -z "$FAL_KEY"
        if test -z "$_varvel_hand"
            set -g _varvel_waits 1
        end
        set -e VARVEL_HOOK_KEY
        set -g _varvel_hand ''
        set -g _varvel_told ''
        set -g _varvel_on ''
    else if test "$FAL_KEY" = "$_varvel_own"; or test "$FAL_KEY" = "$_varvel_want"
        # the hook's own key, for example restored by direnv
        set -g _varvel_hand ''
        set -g _varvel_told ''
        set -g _varvel_on 1
        set -g _varvel_own $FAL_KEY
    else
        set -g _varvel_hand 1
        set -g _varvel_on ''
        # the program warns if it contradicts a pin
        if test -n "$argv[1]"
            set -g _varvel_seen ''
        end
    end
end

# Starts the program, only when something has changed.
function _varvel_ask
    set -l again $_varvel_retry
    if test "$argv[1]" != "$_varvel_seen"
        set again 0
    end
    set -g _varvel_seen $argv[1]
    set -g _varvel_waits ''
    set -g _varvel_retry 0
    if test -z "$argv[3]"; and test -z "$VARVEL_PROFILE"; and test "$VARVEL_HOME|$VARVEL_ENVIRONMENT" = "$_varvel_place"
        if string match -qr -- '^$| $' "$argv[2]"
            set -g _varvel_want ''
            set -g _varvel_want_host ''
            set -g _varvel_name ''
            return
        end
    end
    set -l answer
    if test $again -gt 0
        set answer ($_varvel_program hook fish --answer </dev/null 2>/dev/null)
    else
        set -lx VARVEL_HOOK_SAID "$_varvel_said"
        set answer ($_varvel_program hook fish --answer </dev/null)
    end
    # not what something else has printed into it
    if test $status -eq 0; and string match -q -- 'varvel *' "$answer[1]"
        # the first line has the key, which is in no code: what debugs a shell shows that
        set -g _varvel_want (string replace 'varvel ' '' -- $answer[1])
        printf '%s\n' $answer[2..-1] | source
        set -g _varvel_place "$VARVEL_HOME|$VARVEL_ENVIRONMENT"
    else
        # no key is better than that of a profile that is no longer active
        set -g _varvel_want ''
        set -g _varvel_want_host ''
        set -g _varvel_name ''
        set -g _varvel_retry 20
    end
end

function _varvel_take
    if test -z "$_varvel_on"
        set -e VARVEL_HOOK_BEFORE
        if test -n "$FAL_KEY"; and test "$FAL_KEY" != "$_varvel_want"
            set -gx VARVEL_HOOK_BEFORE $FAL_KEY
            echo "varvel: profile $_varvel_name overrides the FAL_KEY that this shell started with." >&2
        end
    end
    set -gx FAL_KEY $_varvel_want
    set -gx VARVEL_HOOK_KEY (string split -m 1 : -- $_varvel_want)[1]
    set -g _varvel_own $_varvel_want
    set -g _varvel_on 1
    _varvel_set_host "$_varvel_want_host"
end

function _varvel_restore
    set -e -g FAL_KEY
    if test -n "$VARVEL_HOOK_BEFORE"
        set -gx FAL_KEY $VARVEL_HOOK_BEFORE
    end
    set -e VARVEL_HOOK_KEY
    set -e VARVEL_HOOK_BEFORE
    set -g _varvel_on ''
    _varvel_set_host ''
end

# A profile's host goes with its key. A host that was changed by hand stays.
function _varvel_set_host
    if test -n "$_varvel_on_host"; and test "$FAL_HOST" != "$_varvel_own_host"
        set -e VARVEL_HOOK_HOST
        set -e VARVEL_HOOK_HOST_BEFORE
        set -g _varvel_on_host ''
    end
    if test -n "$argv[1]"
        if test -z "$_varvel_on_host"
            set -e VARVEL_HOOK_HOST_BEFORE
            if test -n "$FAL_HOST"
                set -gx VARVEL_HOOK_HOST_BEFORE $FAL_HOST
            end
        end
        set -gx FAL_HOST $argv[1]
        set -gx VARVEL_HOOK_HOST $argv[1]
        set -g _varvel_own_host $argv[1]
        set -g _varvel_on_host 1
    else if test -n "$_varvel_on_host"
        set -e -g FAL_HOST
        if test -n "$VARVEL_HOOK_HOST_BEFORE"
            set -gx FAL_HOST $VARVEL_HOOK_HOST_BEFORE
        end
        set -e VARVEL_HOOK_HOST
        set -e VARVEL_HOOK_HOST_BEFORE
        set -g _varvel_on_host ''
    end
end

# Whether FAL_KEY came with the shell's environment. Where that is unknown, it counts as set by hand.
function _varvel_came_with_shell
    test -r /proc/$fish_pid/environ; or return 1
    while read -z entry
        if string match -q -- 'FAL_KEY=*' $entry
            test "$entry" = "FAL_KEY=$FAL_KEY"
            return
        end
    end </proc/$fish_pid/environ
    return 1
end

if test $_varvel_loaded = 1
    set -g _varvel_loaded 2
    if test -n "$FAL_KEY"
        if test -n "$VARVEL_HOOK_KEY"; and test (string split -m 1 : -- $FAL_KEY)[1] = "$VARVEL_HOOK_KEY"
            # the shell that started this one set it
            set -g _varvel_own $FAL_KEY
            set -g _varvel_on 1
        else if test "$VARVEL_HOOK_KEY" = :hand; or not _varvel_came_with_shell
            set -g _varvel_hand 1
        end
    end
    if test -n "$FAL_HOST"; and test "$FAL_HOST" = "$VARVEL_HOOK_HOST"
        set -g _varvel_own_host $FAL_HOST
        set -g _varvel_on_host 1
    end
end
