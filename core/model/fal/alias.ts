import { VarvelError } from '../error.ts';
import { refuseSecret } from './misplaced-secret.ts';

/**
 * Checks a key's alias: 1 to 255 characters, none of them a control character, and no key.
 * @throws VarvelError `invalid`
 */
export function checkAlias(alias: string): string {
  refuseSecret(alias, 'alias');
  const length = [...alias].length;
  const hint = 'Use 1 to 255 characters on one line, for example `build-bots`.';
  if (length === 0 || alias.trim() === '') throw new VarvelError('invalid', 'Enter an alias.', hint);
  if (length > 255) throw new VarvelError('invalid', `The alias is too long: ${length} characters.`, hint);
  if (/\p{Cc}/u.test(alias)) {
    throw new VarvelError('invalid', 'The alias has line breaks or control characters.', hint);
  }
  return alias;
}
