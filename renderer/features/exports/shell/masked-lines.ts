import type { ProfileView } from '../../../../core/model/profile.ts';
import { type Shell, shells } from '../../../../core/shells/shells.ts';

/** The lines to copy, with dots for the secret. */
export function maskedLines(shell: Shell, { keyId, host }: Pick<ProfileView, 'keyId' | 'host'>): string {
  const { set } = shells[shell];
  const lines = [set('FAL_KEY', `${keyId ?? ''}:••••••••`)];
  if (host !== null) lines.push(set('FAL_HOST', host));
  return lines.join('\n');
}
