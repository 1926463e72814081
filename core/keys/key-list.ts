import { mapConcurrent } from '../map-concurrent.ts';
import { hasCode, VarvelError } from '../model/error.ts';
import type { RemoteKey, StoredKey } from '../model/fal/key.ts';
import type { KeyView } from '../model/key-view.ts';
import type { PartialFailure } from '../model/partial-failure.ts';
import type { Ports } from '../ports.ts';
import { createReminders } from '../reminders/reminders.ts';
import { readTemporaryAlias } from '../temporary/temporary-alias.ts';
import type { TemporaryKeys } from '../temporary/temporary-keys.ts';
import type { KeyAccess, KeyManager } from './key-access.ts';
import { createKeyRecords } from './key-records.ts';
import { mergeKeys } from './merge-keys.ts';

/** How many accounts are refreshed at the same time. */
const width = 6;

export type KeyList = ReturnType<typeof createKeyList>;

/** Lists the keys here and at fal. */
export function createKeyList(
  ports: Pick<Ports, 'state' | 'clock' | 'warn'>,
  keyAccess: KeyAccess,
  temporaryKeys: Pick<TemporaryKeys, 'all' | 'learn'>,
) {
  const reminders = createReminders(ports);
  const { state, clock } = ports;
  const records = createKeyRecords(ports);

  /** Updates stored keys with what fal says about them. */
  function updateStored(remote: RemoteKey[]): void {
    const stored = new Map(state.keys.all().map((key) => [key.id, key]));
    const accounts = new Map<string | null, string>(remote.map((key) => [key.id, key.account.id]));
    const differing = new Set(
      state.profiles
        .all()
        .filter(({ keyId, account }) => accounts.has(keyId) && accounts.get(keyId) !== account?.id)
        .map(({ keyId }) => keyId),
    );
    const changed = remote.filter((key) => {
      const mine = stored.get(key.id);
      if (!mine) return false;
      const learned = { ...mine, ...key, alias: mine.alias ?? key.alias };
      return differing.has(key.id) || JSON.stringify(learned) !== JSON.stringify(mine);
    });
    if (changed.length === 0) return;
    records.change(({ put }) => {
      for (const key of changed) {
        const mine = state.keys.get(key.id);
        // a name that was given here stays
        if (mine) put({ ...key, alias: mine.alias ?? key.alias });
      }
    });
  }

  function merged(stored: StoredKey[], remote: RemoteKey[], isAsked: (key: StoredKey) => boolean): KeyView[] {
    const verdicts = state.verdicts.all();
    const keys = mergeKeys(stored, remote, state.profiles.all(), isAsked);
    const rotateBy = reminders.ruleOf();
    const ends = new Map(temporaryKeys.all().map(({ keyId, expiresAt }) => [keyId, expiresAt]));
    return keys.map((key) => {
      const expiresAt = ends.get(key.id) ?? null;
      const rule = rotateBy(key);
      return {
        ...key,
        verdict: verdicts.get(key.id) ?? null,
        expiresAt,
        // a temporary key ends before it could be too old
        rotateBy: expiresAt === null ? rule : { ...rule, dueAt: null },
      };
    });
  }

  /** An account's keys at fal. A temporary one goes by its name, without its end. */
  async function ask(manager: KeyManager, signal?: AbortSignal): Promise<RemoteKey[]> {
    const askedAt = clock.now();
    const keys = await manager.list(signal);
    temporaryKeys.learn(manager, keys, askedAt);
    return keys.map((key) => ({ ...key, alias: readTemporaryAlias(key.alias)?.name ?? key.alias }));
  }

  /**
   * The keys of one account, or of all: those at fal and those here.
   * @returns the keys, and the accounts that could not be refreshed
   * @throws VarvelError when no account could be refreshed, or `not_signed_in` when nothing is here either
   */
  async function list(
    account: string | null,
    signal?: AbortSignal,
  ): Promise<{ keys: KeyView[]; problems: PartialFailure[] }> {
    const problems: PartialFailure[] = [];
    const remote: RemoteKey[] = [];
    const askedAt = clock.now();
    const asked = await askedManagers(account, problems, signal);
    const failures = await mapConcurrent(asked, width, async (manager) => {
      try {
        remote.push(...(await ask(manager, signal)));
        return null;
      } catch (error) {
        if (!(error instanceof VarvelError) || error.code === 'cancelled') throw error;
        problems.push({ about: manager.account.nickname, error });
        return error;
      }
    });
    const [first] = failures;
    if (first && failures.every(Boolean)) throw first;
    updateStored(remote);
    const only = account === null ? null : asked[0]?.account.id;
    const stored = state.keys.all().filter((key) => only === null || key.account?.id === only);
    const answered = asked.filter((_, index) => failures[index] === null);
    const isAsked = (key: StoredKey) =>
      // one that was created meanwhile isn't in fal's answer
      (key.createdAt ?? 0) < askedAt &&
      answered.some(
        (manager) =>
          manager.account.id === key.account?.id && (key.scope === null || manager.lists(key.scope)),
      );
    return { keys: merged(stored, remote, isAsked), problems };
  }

  async function askedManagers(account: string | null, problems: PartialFailure[], signal?: AbortSignal) {
    if (account !== null) return [await keyAccess.find(account, signal)];
    try {
      const all = await keyAccess.all(signal);
      problems.push(...all.problems);
      return all.managers;
    } catch (error) {
      if (!hasCode(error, 'not_signed_in') || state.keys.all().length === 0) throw error;
      problems.push({ about: 'fal', error });
      return [];
    }
  }

  return {
    list,

    /** The keys whose secret is here, and temporary ones without it, without asking fal. */
    here(): KeyView[] {
      const stored = state.keys.all();
      const ids = new Set(stored.map(({ id }) => id));
      const temporary = temporaryKeys.all().flatMap(({ keyId, alias, ...key }) => {
        const name = readTemporaryAlias(alias)?.name ?? alias;
        return keyId === null || ids.has(keyId) ? [] : [{ ...key, id: keyId, alias: name }];
      });
      return merged(stored, temporary, () => false);
    },
  };
}
