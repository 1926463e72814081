import { VarvelError } from '../../core/model/error.ts';

/**
 * Checks that a vault gives back exactly what it is given: not empty, no NUL, well-formed Unicode.
 * @throws VarvelError `invalid`, never naming the secret
 */
export function assertStorable(name: string, secret: string): void {
  assertName(name);
  const why = flaw(secret);
  if (why === null) return;
  throw new VarvelError(
    'invalid',
    `The secret for ${name} can't be stored: it ${why}.`,
    'Copy it again from where it was shown; fal shows it as key_id:key_secret.',
  );
}

/** @throws VarvelError `invalid` */
export function assertName(name: string): void {
  const why = flaw(name);
  if (why === null) return;
  throw new VarvelError('invalid', `A name in the vault ${why}.`, 'Give it a name of printable characters.');
}

function flaw(text: string): string | null {
  if (text === '') return 'is empty';
  if (text.includes('\0')) return 'contains a NUL character';
  if (!text.isWellFormed()) return 'is not valid Unicode text';
  return null;
}
