# varvel completion for PowerShell. Load it with: varvel completion pwsh | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName varvel -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @($commandAst.CommandElements | Select-Object -Skip 1 |
    Where-Object { $_.Extent.StartOffset -lt $cursorPosition } |
    ForEach-Object { if ($_ -is [Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { "$_" } })
  # PowerShell before 7.3 drops an empty argument
  $blank = @(if (-not $wordToComplete) { '--blank' })
  varvel completion --words @blank -- @words 2>$null | ForEach-Object {
    $text, $describe = $_ -split "`t", 2
    if (-not $describe) { $describe = $text }
    $quoted = if ($text -match '^[\w./:@=+-]+$') { $text } else { "'" + ($text -replace "[\u0027\u2018-\u201b]", '$0$0') + "'" }
    [Management.Automation.CompletionResult]::new($quoted, $text, 'ParameterValue', $describe)
  }
}
