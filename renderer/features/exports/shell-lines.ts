import type { Input } from '../../../contract/methods.ts';
import type { Profile } from '../../../contract/rows.ts';

/** The shells whose line can be copied. */
export type Shell = NonNullable<Input<'profiles.copyExport'>['shell']>;

export const shells: readonly Shell[] = ['bash', 'zsh', 'fish', 'sh', 'tcsh', 'pwsh', 'cmd', 'nu'];

const sets: Record<Shell, (name: string, value: string) => string> = {
  bash: (name, value) => `export ${name}='${value}'`,
  zsh: (name, value) => `export ${name}='${value}'`,
  fish: (name, value) => `set -gx ${name} '${value}'`,
  sh: (name, value) => `export ${name}='${value}'`,
  tcsh: (name, value) => `setenv ${name} '${value}';`,
  pwsh: (name, value) => `$env:${name} = '${value}'`,
  cmd: (name, value) => `set "${name}=${value}"`,
  nu: (name, value) => `$env.${name} = '${value}'`,
};

/** What people call them. */
export const shellNames: Record<Shell, string> = {
  bash: 'bash',
  zsh: 'zsh',
  fish: 'fish',
  sh: 'sh',
  tcsh: 'tcsh',
  pwsh: 'PowerShell',
  cmd: 'cmd',
  nu: 'Nushell',
};

/** The lines that would be copied, with dots where the secret is. */
export function maskedLines(shell: Shell, { keyId, host }: Pick<Profile, 'keyId' | 'host'>): string {
  const set = sets[shell];
  const lines = [set('FAL_KEY', `${keyId ?? ''}:••••••••`)];
  if (host !== null) lines.push(set('FAL_HOST', host));
  return lines.join('\n');
}

const evaluated = (name: string): string => `eval "$(varvel env ${name})"`;

/** As docs/shells.md has them. */
const commands: Record<Shell, (name: string) => string> = {
  bash: evaluated,
  zsh: evaluated,
  sh: evaluated,
  fish: (name) => `varvel env ${name} --shell fish | source`,
  tcsh: (name) => `eval "\`varvel env ${name} --shell tcsh\`"`,
  pwsh: (name) => `varvel env ${name} --shell pwsh | Out-String | Invoke-Expression`,
  cmd: (name) => `for /f "delims=" %i in ('varvel env ${name} --shell cmd') do @%i`,
  nu: (name) => `varvel env ${name} --format json | from json | load-env`,
};

/** The command that sets the same, without a secret in it. */
export const commandFor = (shell: Shell, name: string): string => commands[shell](name);
