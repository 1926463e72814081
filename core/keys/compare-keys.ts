import { hasCode, VarvelError } from '../model/error.ts';
import type { VerdictKind } from '../model/fal/verdict.ts';
import type { KeyComparison, KeyPlace } from '../model/key-comparison.ts';
import type { KeyView } from '../model/key-view.ts';
import type { KeyList } from './key-list.ts';
import type { KeyStore } from './key-store.ts';
import type { KeyTest } from './key-test.ts';

function placeOf({ stored, remote }: KeyView, hasSecret: boolean): KeyPlace {
  if (!stored) return 'only_fal';
  if (!hasSecret) return 'no_secret';
  if (remote === null) return 'unchecked';
  return remote ? 'both' : 'only_here';
}

/** Where a key is, after a test. */
function tested(place: KeyPlace, verdict: VerdictKind | undefined): KeyPlace {
  if (verdict === undefined || verdict === 'invalid') return place;
  return verdict === 'valid' || verdict === 'locked' ? 'both' : 'unchecked';
}

/**
 * Compares the vault, the index and fal. Keys that are only in the vault, after a database was lost, are in the index
 * again; fal's list says what they are. A key that isn't in it is tested, since fal may show a new key late: only one that
 * fal refuses is taken for one that is only here.
 * @param account nickname or id; null for all
 * @throws VarvelError `vault_*`, `cancelled`, `not_found` and `ambiguous` for the account
 */
export async function compareKeys(
  { store, keyList, test }: { store: KeyStore; keyList: KeyList; test: KeyTest },
  account: string | null,
  signal?: AbortSignal,
): Promise<KeyComparison> {
  const { recovered, withoutSecret } = await store.reconcile();
  const lost = new Set(withoutSecret.map(({ id }) => id));
  const { keys, problems } = await keyList.list(account, signal).catch((error: unknown) => {
    const isOfAccount = account !== null && hasCode(error, 'not_signed_in');
    if (
      !(error instanceof VarvelError) ||
      hasCode(error, 'cancelled', 'not_found', 'ambiguous') ||
      isOfAccount
    )
      throw error;
    // without fal, the vault and the index can still be compared
    return { keys: keyList.here(), problems: [{ about: 'fal', error }] };
  });
  const placed = keys.map((key) => ({ key, place: placeOf(key, !lost.has(key.id)) }));
  const unlisted = placed.filter(({ place }) => place === 'only_here').map(({ key }) => key);
  const verdicts = new Map<string, VerdictKind>();
  await test.several(unlisted, ({ key, verdict }) => verdicts.set(key.id, verdict.kind), signal);
  return {
    keys: placed.map(({ key, place }) => ({ key, place: tested(place, verdicts.get(key.id)) })),
    recovered: recovered.map(({ id }) => id),
    problems,
  };
}
