import { VarvelError } from '../../model/error.ts';

/**
 * dotenv files as `dotenv` and Node's `--env-file` both read them. Neither can escape a quote inside the
 * same kind of quote, so the value gets the first kind it doesn't hold: single (nothing is special), then
 * backtick, then double (where `\n` would be read as a line break).
 * @throws VarvelError `invalid` for a value that no quoting can carry
 */
export function dotenv(name: string, value: string): string {
  if (/^[A-Za-z0-9_:.@%+/-]+$/.test(value)) return `${name}=${value}`;
  const quote = ["'", '`', '"'].find(
    (mark) => !value.includes(mark) && (mark !== '"' || !value.includes('\\')),
  );
  if (quote !== undefined) return `${name}=${quote}${value}${quote}`;
  throw new VarvelError(
    'invalid',
    `The value of ${name} holds every kind of quote, which a dotenv file can't carry.`,
    'Use --format json, or `varvel run`, which writes nothing.',
  );
}
