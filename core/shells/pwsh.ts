import { lineEnd, program } from './handwritten.ts';
import type { ShellDefinition } from './shell.ts';

/** about_Quoting_Rules: inside single quotes only the single quote is special, and is doubled. */
const quote = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/**
 * PowerShell reads a program's output in the console's code page, in which UTF-8 is mojibake. So what isn't ASCII goes
 * as Base64 of UTF-8 in the hook's own lines.
 */
const quoteForPipe = (value: string): string => {
  if (/^[\x20-\x7e]*$/.test(value)) return quote(value);
  const bytes = new TextEncoder().encode(value);
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return `([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('${base64}')))`;
};

export const pwsh = {
  label: 'PowerShell',
  programs: ['pwsh'],
  standardOn: 'win32',
  set: (name, value) => `$env:${name} = ${quote(value)}`,
  unset: (name) => `Remove-Item Env:${name} -ErrorAction SilentlyContinue`,
  takeUp: (profile) => `varvel env ${profile} --shell pwsh | Out-String | Invoke-Expression`,
  setting: (name) => String.raw`\$env:${name}\s*=`,
  startUpFiles: [
    '$XDG_CONFIG_HOME/powershell/profile.ps1',
    '$XDG_CONFIG_HOME/powershell/Microsoft.PowerShell_profile.ps1',
  ],
  hook: {
    script: 'varvel.ps1',
    // $PROFILE, by about_Profiles
    file: '$XDG_CONFIG_HOME/powershell/Microsoft.PowerShell_profile.ps1',
    fileOnWindows: '$DOCUMENTS/PowerShell/Microsoft.PowerShell_profile.ps1',
    fileLabel: '$PROFILE',
    load: 'Invoke-Expression (varvel hook pwsh | Out-String)',
    line: 'if (Get-Command varvel -ErrorAction SilentlyContinue) { Invoke-Expression (varvel hook pwsh | Out-String) }',
    handwritten: new RegExp(
      String.raw`^\s*(?:Invoke-Expression|iex)\s+\(\s*${program}\s+hook\s+pwsh\s*\|\s*Out-String\s*\)${lineEnd}|^\s*${program}\s+hook\s+pwsh\s*\|\s*Out-String\s*\|\s*(?:Invoke-Expression|iex)${lineEnd}`,
      'i',
    ),
    quote: quoteForPipe,
    assign: (name, value) =>
      `$global:VarvelHook.${name.replace(/^./, (letter) => letter.toUpperCase())} = ${quoteForPipe(value)}`,
  },
  completion: 'varvel.ps1',
} satisfies ShellDefinition;
