import { VarvelError } from '../../core/model/error.ts';

/**
 * Checks that a vault can store a secret unchanged: not empty, no NUL, well-formed Unicode.
 * @throws VarvelError `invalid`, never naming the secret
 */
export function assertStorable(name: string, secret: string): void {
  assertName(name);
  const why = flaw(secret);
  if (why === null) return;
  throw new VarvelError(
    'invalid',
    `The secret for ${name} can’t be stored: it ${why}.`,
    'Copy it again. fal shows it as key_id:key_secret.',
  );
}

/** @throws VarvelError `invalid` */
export function assertName(name: string): void {
  const why = flaw(name);
  if (why === null) return;
  throw new VarvelError('invalid', `A name in the vault ${why}.`, 'Use printable characters.');
}

function flaw(text: string): string | null {
  if (text === '') return 'is empty';
  if (text.includes('\0')) return 'has a NUL character';
  if (!text.isWellFormed()) return 'is not valid Unicode text';
  return null;
}
