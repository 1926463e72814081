import { VarvelError } from '../../core/model/error.ts';
import { withoutSecrets } from '../../core/model/fal/key.ts';

const secretGiven = (): VarvelError =>
  new VarvelError(
    'usage',
    'The key was not used: every program on this machine can read command arguments.',
    'Use `varvel keys add` with --stdin, --from-env or --from-file. If others use this machine, revoke that key.',
  );

/**
 * Refuses arguments that hold a key, anywhere in a word (`FAL_KEY=…`, `key=…`), before anything repeats them. What follows
 * `-- PROGRAM` belongs to that program.
 * @throws VarvelError `usage`
 */
export function refuseSecrets(argv: string[]): void {
  const end = argv.indexOf('--');
  const words = end < 0 ? argv : argv.slice(0, end + 2);
  if (words.some((word) => withoutSecrets(word) !== word)) throw secretGiven();
}

/**
 * Refuses an alias that looks like a key, also in another format than fal's.
 * @throws VarvelError `usage`
 */
export function refuseSecretAsAlias(alias: string | undefined): void {
  if (alias !== undefined && /^[^\s:]{8,}:[^\s:]{16,}$/.test(alias.trim())) throw secretGiven();
}
