import { VarvelError } from '../model/error.ts';

/** @throws VarvelError `invalid`: a shell could run an invalid name as a command */
export function checkVariable(name: string, value: string): void {
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,127}$/.test(name)) {
    throw new VarvelError(
      'invalid',
      `“${name.slice(0, 80)}” is not a valid variable name.`,
      'Use letters, digits and underscores. Start with a letter, for example FAL_KEY_STAGING.',
    );
  }
  if (/[^\x20-\x7e]/.test(value)) {
    throw new VarvelError('invalid', `The value of ${name} has control characters or non-ASCII characters.`, {
      action: 'change_key',
    });
  }
}
