# Varvel's prompt hook for PowerShell: Invoke-Expression (varvel hook pwsh | Out-String). See docs/shells.md.
$global:VarvelProgram = @PROGRAM@
if (-not (Test-Path Variable:global:VarvelHook)) {
  $global:VarvelHook = @{
    File = @FILE@                                         # changes whenever a profile changes
    Place = "$env:VARVEL_HOME|$env:VARVEL_ENVIRONMENT"    # what decides where that file is
    Seen = ''      # what the last prompt found
    Last = "$env:FAL_KEY"   # FAL_KEY at the end of the last prompt
    Want = ''      # the active profile's key, host and name
    WantHost = ''
    Name = ''
    Own = ''       # the key and the host that the hook set last
    OwnHost = ''
    On = $false    # whether they are set now
    OnHost = $false
    Hand = $false  # whether FAL_KEY was set by hand, which wins
    Told = $false  # whether the user was told so
    Said = ''      # hashes of the warnings shown so far
    Waits = $false # whether to wait for the next change, because FAL_KEY was removed by hand
    Retry = $null  # when to try again after a failure
    Prompt = $function:prompt
  }
  if ($env:FAL_KEY) {
    if ($env:VARVEL_HOOK_KEY -and $env:FAL_KEY.StartsWith("${env:VARVEL_HOOK_KEY}:", [StringComparison]::Ordinal)) {
      # the shell that started this one set it
      $VarvelHook.Own = $env:FAL_KEY
      $VarvelHook.On = $true
    } else {
      # whether it came with the shell is unknown here
      $VarvelHook.Hand = $true
    }
  }
  if ($env:FAL_HOST -and $env:FAL_HOST -ceq $env:VARVEL_HOOK_HOST) {
    $VarvelHook.OwnHost = $env:FAL_HOST
    $VarvelHook.OnHost = $true
  }
}

# Where the nearest pin is and its text, at most 4096 characters: the same text elsewhere may be a foreign pin.
function global:Get-VarvelPin {
  $folder = $ExecutionContext.SessionState.Path.CurrentFileSystemLocation.ProviderPath
  while ($folder) {
    $file = [IO.Path]::Combine($folder, '.varvel')
    if ([IO.File]::Exists($file)) {
      try {
        $reader = [IO.StreamReader]::new($file)
        try {
          $buffer = [char[]]::new(4096)
          return "$file|" + [string]::new($buffer, 0, $reader.Read($buffer, 0, 4096))
        } finally { $reader.Dispose() }
      } catch { return "$file|" }
    }
    if ($folder -eq $HOME) { return '' }
    $folder = [IO.Path]::GetDirectoryName($folder)
  }
  ''
}

function global:Update-Varvel {
  $hook = $global:VarvelHook
  $line = try { [IO.File]::ReadAllText($hook.File).TrimEnd("`r", "`n") } catch { '' }
  $pin = Get-VarvelPin
  $place = "$env:VARVEL_HOME|$env:VARVEL_ENVIRONMENT"
  $now = "$line|$env:VARVEL_PROFILE|$place|$pin"
  $due = $null -ne $hook.Retry -and [DateTime]::UtcNow -ge $hook.Retry
  if ($now -ceq $hook.Seen -and "$env:FAL_KEY" -ceq $hook.Last -and -not $due) { return }

  # FAL_KEY has changed since the last prompt: someone set it here, or removed it
  if ("$env:FAL_KEY" -cne $hook.Last) {
    if (-not $env:FAL_KEY) {
      if (-not $hook.Hand) { $hook.Waits = $true }
      $hook.Hand = $hook.Told = $hook.On = $false
      $env:VARVEL_HOOK_KEY = $null
    } elseif ($env:FAL_KEY -ceq $hook.Own -or $env:FAL_KEY -ceq $hook.Want) {
      $hook.Hand = $hook.Told = $false
      $hook.On = $true
      $hook.Own = $env:FAL_KEY
    } else {
      $hook.Hand = $true
      $hook.On = $false
      # the program warns if it contradicts a pin
      if ($pin) { $hook.Seen = '' }
    }
  }
  if ($hook.Hand) { $env:VARVEL_HOOK_KEY = ':hand' }

  # starts the program, only when something has changed
  if ($now -cne $hook.Seen -or $due) {
    $again = $due -and $now -ceq $hook.Seen
    $hook.Seen = $now
    $hook.Waits = $false
    $hook.Retry = $null
    if (-not $pin -and -not $env:VARVEL_PROFILE -and ($line -eq '' -or $line.EndsWith(' ')) -and $place -ceq $hook.Place) {
      $hook.Want = $hook.WantHost = $hook.Name = ''
    } else {
      $answer = if ($again) { & $global:VarvelProgram hook pwsh --answer 2>$null } else {
        # PowerShell before 7.5 can't set an empty variable
        $env:VARVEL_HOOK_SAID = "said $($hook.Said)"
        try { & $global:VarvelProgram hook pwsh --answer } finally { $env:VARVEL_HOOK_SAID = $null }
      }
      if ($LASTEXITCODE -eq 0 -and "$($answer | Select-Object -First 1)".StartsWith('varvel ', [StringComparison]::Ordinal)) {
        # the first line has the key, which is in no code: what debugs a shell shows that
        $key, $code = $answer
        $hook.Want = $key.Substring(7)
        Invoke-Expression ($code -join "`n")
        $hook.Place = $place
      } else {
        # no key is better than that of a profile that is no longer active
        $hook.Want = $hook.WantHost = $hook.Name = ''
        $hook.Retry = [DateTime]::UtcNow.AddSeconds(20)
      }
    }
  }

  $wantHost = ''
  if ($hook.Hand) {
    if ($hook.Want -and -not $hook.Told) {
      $hook.Told = $true
      [Console]::Error.WriteLine("varvel: FAL_KEY was set by hand in this shell and overrides profile $($hook.Name). To follow the profile: Remove-Item Env:FAL_KEY")
    }
  } elseif ($hook.Want) {
    if (-not $hook.Waits) {
      if (-not $hook.On) {
        $env:VARVEL_HOOK_BEFORE = if ($env:FAL_KEY -and $env:FAL_KEY -cne $hook.Want) { $env:FAL_KEY } else { $null }
      }
      $env:FAL_KEY = $hook.Want
      $env:VARVEL_HOOK_KEY = $hook.Want.Split(':', 2)[0]
      $hook.Own = $hook.Want
      $hook.On = $true
      $wantHost = $hook.WantHost
    }
  } elseif ($hook.On) {
    $env:FAL_KEY = if ($env:VARVEL_HOOK_BEFORE) { $env:VARVEL_HOOK_BEFORE } else { $null }
    $env:VARVEL_HOOK_KEY = $env:VARVEL_HOOK_BEFORE = $null
    $hook.On = $false
  }

  # a profile's host goes with its key; a host that was changed by hand stays
  if ($hook.OnHost -and "$env:FAL_HOST" -cne $hook.OwnHost) {
    $env:VARVEL_HOOK_HOST = $env:VARVEL_HOOK_HOST_BEFORE = $null
    $hook.OnHost = $false
  }
  if ($wantHost) {
    if (-not $hook.OnHost) { $env:VARVEL_HOOK_HOST_BEFORE = $env:FAL_HOST }
    $env:FAL_HOST = $env:VARVEL_HOOK_HOST = $hook.OwnHost = $wantHost
    $hook.OnHost = $true
  } elseif ($hook.OnHost) {
    $env:FAL_HOST = $env:VARVEL_HOOK_HOST_BEFORE
    $env:VARVEL_HOOK_HOST = $env:VARVEL_HOOK_HOST_BEFORE = $null
    $hook.OnHost = $false
  }
  $hook.Last = "$env:FAL_KEY"
}

# Runs before the existing prompt, and keeps the last command's $? and $LASTEXITCODE.
function global:prompt {
  $succeeded = $?
  $code = $global:LASTEXITCODE
  try { Update-Varvel } catch { }
  $global:LASTEXITCODE = $code
  if (-not $succeeded) { Write-Error 'the last command failed' -ErrorAction Ignore }
  & $global:VarvelHook.Prompt
}
