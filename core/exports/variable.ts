import { VarvelError } from '../model/error.ts';

/** @throws VarvelError `invalid`: shells would take a name that is none for something else to do */
export function checkVariable(name: string, value: string): void {
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,127}$/.test(name)) {
    throw new VarvelError(
      'invalid',
      `“${name.slice(0, 80)}” can't be the name of a variable.`,
      'Use letters, digits and underscores, beginning with a letter: FAL_KEY_STAGING.',
    );
  }
  if (/[^\x20-\x7e]/.test(value)) {
    throw new VarvelError(
      'invalid',
      `The value of ${name} holds control characters or characters outside ASCII.`,
      { action: 'change_key' },
    );
  }
}
