import type { Input } from '../../../contract/methods.ts';
import type { Profile } from '../../../contract/rows.ts';

/** The shells whose line can be copied. */
export type Shell = NonNullable<Input<'profiles.copyExport'>['shell']>;

export const shells: readonly Shell[] = ['bash', 'zsh', 'fish', 'sh'];

const sets: Record<Shell, (name: string, value: string) => string> = {
  bash: (name, value) => `export ${name}='${value}'`,
  zsh: (name, value) => `export ${name}='${value}'`,
  fish: (name, value) => `set -gx ${name} '${value}'`,
  sh: (name, value) => `export ${name}='${value}'`,
};

/** The lines that would be copied, with dots where the secret is. */
export function maskedLines(shell: Shell, { keyId, host }: Pick<Profile, 'keyId' | 'host'>): string {
  const set = sets[shell];
  const lines = [set('FAL_KEY', `${keyId ?? ''}:••••••••`)];
  if (host !== null) lines.push(set('FAL_HOST', host));
  return lines.join('\n');
}

/** The command that sets the same, without a secret in it. */
export const commandFor = (shell: Shell, name: string): string =>
  shell === 'fish' ? `varvel env ${name} --shell fish | source` : `eval "$(varvel env ${name})"`;
