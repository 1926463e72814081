import type { StoredKey } from '../../../core/model/fal/key.ts';
import type { Varvel } from '../../../core/varvel.ts';
import { confirmOnTerminal } from '../../framework/ask.ts';
import type { Context } from '../../framework/command.ts';
import type { CommandOutput } from '../../framework/output/output.ts';
import { count, listed } from '../../framework/words.ts';

/** What names a key for people. */
export type NamedKey = Pick<StoredKey, 'id' | 'alias' | 'account'>;

/** “bots” (3f9c…) of falconers. */
export const keyWords = ({ id, alias, account }: NamedKey): string =>
  `${alias === null ? id : `“${alias}” (${id})`} of ${account?.nickname ?? 'an unknown account'}`;

/** “key “bots” (3f9c…) of falconers”, “3 keys”. */
export const keysWords = ([only, ...more]: NamedKey[]): string =>
  only && more.length === 0 ? `key ${keyWords(only)}` : count(more.length + 1, 'key');

/** The keys that the words name, each once; nothing is changed when one isn't found. */
export async function keysOf<Key extends NamedKey>(
  words: string[],
  find: (word: string) => Promise<Key>,
): Promise<Key[]> {
  const found = new Map<string, Key>();
  for (const word of words) {
    const key = await find(word);
    found.set(key.id, key);
  }
  return [...found.values()];
}

/**
 * Before a profile gets another key: asks on a terminal. Elsewhere a warning says which key it had.
 * @param keyId the key it gets; null for a new one
 */
export async function confirmOtherKey(
  varvel: Varvel,
  name: string | undefined,
  keyId: string | null,
  yes: boolean | undefined,
  context: Context,
): Promise<void> {
  if (name === undefined || !varvel.profiles.names().includes(name)) return;
  const { key } = varvel.profiles.show(name);
  if (!key || key.id === keyId) return;
  const uses = `Profile “${name}” uses key ${keyWords(key)}.`;
  await confirmOnTerminal(`${uses} It will use the ${keyId === null ? 'new' : 'added'} key.`, yes, context);
  if (!context.output.canAsk() && !yes) context.output.warn(`${uses.replace(' uses ', ' used ')}`);
}

/** Warns when one account has several keys of one alias: commands then need an id. */
export function warnOfNamesakes(varvel: Varvel, key: Omit<StoredKey, 'createdAt'>, output: CommandOutput) {
  const others = varvel.keys.namesakes(key).map(({ id }) => id);
  if (others.length > 0)
    output.warn(
      `${key.account?.nickname ?? 'The account'} has another key “${key.alias}”: ${listed(others)}. Use ids to tell them apart.`,
    );
}
