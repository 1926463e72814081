# varvel completion for Nushell. Save it and load it in config.nu:
# varvel completion nu | save -f ($nu.default-config-dir | path join varvel.nu); source varvel.nu
$env.config.completions.external.enable = true
$env.config.completions.external.completer = do {|others|
  {|spans: list<string>|
    if ($spans | first) != 'varvel' {
      return (if $others == null { null } else { do $others $spans })
    }
    let words = ($spans | skip 1 | each {|word| $word | str trim --char "'" | str trim --char '"' })
    let found = (^varvel completion --words -- ...$words | complete | get stdout | lines | each {|line|
      let parts = ($line | split row "\t")
      let text = ($parts | first)
      # bare words of Nushell
      let value = (if ($text =~ '^[A-Za-z0-9_./:@=+-]+$') { $text } else { $text | to json })
      { value: $value, description: ($parts | get -o 1 | default '') }
    })
    # null: Nushell's own completion, of files
    if ($found | is-empty) { null } else { $found }
  }
} ($env.config.completions.external.completer?)
