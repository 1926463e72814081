import { parseKey } from '../model/fal/key.ts';
import { type Ports, secretName } from '../ports.ts';
import { type KnownKey, shortestSecret } from './scanner.ts';

/** The keys to search for, and those that can't be. */
export interface KnownKeys {
  known: KnownKey[];
  /** The ids of keys whose secret is not in the vault, or too short to tell from other text. */
  left: { keyId: string; why: 'no_secret' | 'too_short' }[];
}

/**
 * Reads the secrets of keys, asking the vault once.
 * @param keyIds null for all keys
 * @throws VarvelError `vault_*`
 */
export async function readKnownKeys(
  { state, secrets }: Pick<Ports, 'state' | 'secrets'>,
  keyIds: readonly string[] | null,
): Promise<KnownKeys> {
  const wanted = keyIds ?? state.keys.all().map(({ id }) => id);
  if (wanted.length === 0) return { known: [], left: [] };
  const stored = await secrets.getAll(wanted.map((id) => secretName.key(id)));
  const keys: KnownKeys = { known: [], left: [] };
  for (const keyId of wanted) {
    const text = stored.get(secretName.key(keyId));
    if (text === undefined) keys.left.push({ keyId, why: 'no_secret' });
    else {
      const key = parseKey(text);
      if (key.secret.length < shortestSecret) keys.left.push({ keyId, why: 'too_short' });
      else keys.known.push(key);
    }
  }
  return keys;
}
