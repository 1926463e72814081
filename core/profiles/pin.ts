import { VarvelError } from '../model/error.ts';

/** A folder's `.varvel` file: only a profile's name, so it is safe to commit. */
export interface Pin {
  profile: string;
  /** The pin's file. */
  path: string;
}

/**
 * Reads a pin: blank lines, comments and one line `profile = "NAME"`.
 * @throws VarvelError `invalid` for anything else: a pin may come from other people's folders
 */
export function parsePin(text: string, path: string): Pin {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const [line] = lines;
  // shells stop reading at NUL: they would see another text
  const isText = !/[^\P{Cc}\t\r\n]/u.test(text);
  const name = line?.match(/^profile\s*=\s*"([A-Za-z0-9][A-Za-z0-9._-]{0,63})"\s*(?:#.*)?$/)?.[1];
  if (isText && lines.length === 1 && name !== undefined) return { profile: name, path };
  throw new VarvelError('invalid', `The pin ${path} is not valid.`, { action: 'fix_pin' });
}
