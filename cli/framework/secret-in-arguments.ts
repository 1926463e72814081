import { VarvelError } from '../../core/model/error.ts';

/** The form of the keys that fal makes, wherever it stands in a word (`FAL_KEY=…`, `key=…`). */
const falKey = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}:[0-9a-f]{32}/i;

export const secretGiven = (): VarvelError =>
  new VarvelError(
    'usage',
    'A key was given as an argument, where every program on this machine can read it; it was not used.',
    'Revoke that key if others use this machine. `varvel keys add` takes --stdin, --from-env or --from-file.',
  );

/**
 * Refuses words that hold a key before anything repeats them. What follows `--` is another program's.
 * @throws VarvelError `usage`
 */
export function refuseSecrets(argv: string[]): void {
  const end = argv.indexOf('--');
  const words = end < 0 ? argv : argv.slice(0, end);
  if (words.some((word) => falKey.test(word))) throw secretGiven();
}
