import { hasCode } from '../model/error.ts';
import { parseKey } from '../model/fal/key.ts';
import { type Ports, type SecretStore, secretName } from '../ports.ts';
import { type KnownKey, shortestSecret } from './scanner.ts';

/** The keys to search for, and those that can't be. */
export interface KnownKeys {
  known: KnownKey[];
  /** The ids of keys whose secret is not in the vault, damaged there, or too short to tell from other text. */
  left: { keyId: string; why: 'no_secret' | 'damaged' | 'too_short' }[];
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
  const stored = await readAll(
    secrets,
    wanted.map((id) => secretName.key(id)),
  );
  const keys: KnownKeys = { known: [], left: [] };
  for (const keyId of wanted) {
    const text = stored.get(secretName.key(keyId));
    if (text === undefined) keys.left.push({ keyId, why: 'no_secret' });
    else if (text === null) keys.left.push({ keyId, why: 'damaged' });
    else {
      const key = parseKey(text);
      if (key.secret.length < shortestSecret) keys.left.push({ keyId, why: 'too_short' });
      else keys.known.push(key);
    }
  }
  return keys;
}

/** Refuses to go on without a key whose secret is damaged. @throws VarvelError `vault_damaged`, with its file */
export async function refuseDamaged(secrets: SecretStore, { left }: Pick<KnownKeys, 'left'>): Promise<void> {
  for (const { keyId, why } of left) if (why === 'damaged') await secrets.get(secretName.key(keyId));
}

/** Several secrets at once; null for a damaged one, which mustn't stop the search for the others. */
async function readAll(secrets: SecretStore, names: string[]): Promise<Map<string, string | null>> {
  try {
    return await secrets.getAll(names);
  } catch (error) {
    if (!hasCode(error, 'vault_damaged')) throw error;
  }
  const found = new Map<string, string | null>();
  for (const name of names) {
    try {
      const text = await secrets.get(name);
      if (text !== null) found.set(name, text);
    } catch (error) {
      if (hasCode(error, 'vault_damaged')) found.set(name, null);
      else if (!hasCode(error, 'vault_other')) throw error;
    }
  }
  return found;
}
