import { createLog } from '../activity/log.ts';
import type { FalClients } from '../fal/clients.ts';
import type { Price } from '../fal/platform-api.ts';
import { mapConcurrent } from '../map-concurrent.ts';
import { type ErrorCode, hasCode, VarvelError } from '../model/error.ts';
import type { KeyParts, StoredKey } from '../model/fal/key.ts';
import { testModel } from '../model/fal/test-model.ts';
import type { Verdict, VerdictKind } from '../model/fal/verdict.ts';
import type { Ports } from '../ports.ts';
import { createKeyRecords } from './key-records.ts';
import type { KeyStore } from './key-store.ts';

const kinds: Partial<Record<ErrorCode, VerdictKind>> = {
  unauthorized: 'invalid',
  locked: 'locked',
  forbidden: 'forbidden',
  refused: 'forbidden',
  rate_limited: 'rate_limited',
  server_error: 'server_error',
  unreachable: 'unreachable',
};

/** In a batch, a key without its secret gets a verdict and doesn't stop the batch. With its own vault, it may well work. */
const withoutSecret = (error: VarvelError, testedAt: number): Verdict => ({
  kind: error.code === 'vault_other' ? 'unreachable' : 'invalid',
  scope: null,
  account: null,
  latencyMs: null,
  message: error.message,
  testedAt,
});

/** How many keys are tested at the same time. */
const width = 4;

export interface TestedKey {
  key: StoredKey;
  verdict: Verdict;
}

export type KeyTest = ReturnType<typeof createKeyTest>;

/**
 * Tests keys. The free test uses free calls: a price (does fal know the key?), the key list (ADMIN or
 * API?), the current user (whose?), starting an upload (locked?). Source: fal/protocol, “Calling a model”.
 */
export function createKeyTest(
  ports: Pick<Ports, 'state' | 'clock' | 'warn'>,
  fal: () => Promise<FalClients>,
  store: KeyStore,
) {
  const { state, clock } = ports;
  const addToLog = createLog(ports);
  const records = createKeyRecords(ports);

  function failed(error: unknown, latencyMs: number | null): Verdict {
    const kind = error instanceof VarvelError ? kinds[error.code] : undefined;
    if (!kind || !(error instanceof VarvelError)) throw error;
    return {
      kind,
      scope: null,
      account: null,
      latencyMs: kind === 'unreachable' ? null : latencyMs,
      message: error.message,
      testedAt: clock.now(),
    };
  }

  /** @throws VarvelError `cancelled` */
  async function probe(key: KeyParts, signal?: AbortSignal): Promise<Verdict> {
    const { platform, rest } = await fal();
    const start = clock.now();
    try {
      await platform.price(testModel, key, signal);
    } catch (error) {
      return failed(error, clock.now() - start);
    }
    const latencyMs = clock.now() - start;
    const [lock, admin, owner] = await Promise.allSettled([
      rest.checkLock(key, signal),
      platform.isAdmin(key, signal),
      rest.accountOf({ kind: 'key', key }, signal),
    ]);
    const scope = admin.status === 'fulfilled' ? (admin.value ? 'ADMIN' : 'API') : null;
    const account = owner.status === 'fulfilled' ? owner.value : null;
    const failure = [lock, admin, owner].find((part) => part.status === 'rejected');
    if (failure) return { ...failed(failure.reason, latencyMs), scope, account };
    const message = scope === 'ADMIN' ? 'Works, with full access.' : 'Works for calling models.';
    return { kind: 'valid', scope, account, latencyMs, message, testedAt: clock.now() };
  }

  /** Saves a verdict, and what it says about the key. */
  function keep(key: StoredKey, verdict: Verdict): TestedKey {
    const known = records.change(({ put }) => {
      // it may have been changed or forgotten while the test ran
      const before = state.keys.get(key.id);
      const now = before ?? key;
      const learned: StoredKey = {
        ...now,
        scope: verdict.scope ?? now.scope,
        account: verdict.account ?? now.account,
      };
      if (before) {
        put(learned);
        state.verdicts.put(key.id, verdict);
      }
      addToLog({
        kind: 'key_tested',
        account: learned.account?.nickname ?? null,
        keyId: key.id,
        detail: verdict.kind,
      });
      return learned;
    });
    return { key: known, verdict };
  }

  const testOne = async (key: StoredKey, signal?: AbortSignal): Promise<TestedKey> =>
    keep(key, await probe(await store.readOrFail(key.id), signal));

  return {
    /** The last verdict of each key, by its id. */
    verdicts: (): Map<string, Verdict> => state.verdicts.all(),

    /** Tests one key for free. @throws VarvelError `cancelled`, `vault_*`, `not_found` without its secret */
    one: testOne,

    /**
     * Tests several keys for free, a few at a time.
     * @param onResult called for each result as it comes
     * @throws VarvelError `cancelled`, `vault_*`
     */
    several: (
      keys: StoredKey[],
      onResult: (tested: TestedKey, done: number) => void,
      signal?: AbortSignal,
    ): Promise<TestedKey[]> => {
      let done = 0;
      return mapConcurrent(keys, width, async (key) => {
        if (signal?.aborted) throw new VarvelError('cancelled', 'The test was cancelled.', 'Run it again.');
        const tested = await testOne(key, signal).catch((error: unknown) => {
          if (!hasCode(error, 'not_found', 'vault_other')) throw error;
          const verdict = withoutSecret(error, clock.now());
          return error.code === 'vault_other' ? { key, verdict } : keep(key, verdict);
        });
        done += 1;
        onResult(tested, done);
        // keys without a secret wait for nothing, and thousands of them would let nobody else come in between
        await clock.sleep(0);
        return tested;
      });
    },

    /** The price of a picture, per unit; null when fal names none. */
    async price(key: StoredKey, signal?: AbortSignal): Promise<Price | null> {
      return (await fal()).platform.price(testModel, await store.readOrFail(key.id), signal);
    },

    /**
     * Generates a real picture, which costs money: show `price` and ask first.
     * @returns the verdict, and the picture's URL when there is one
     * @throws VarvelError `cancelled`, `vault_*`, `refused` when fal refused the picture and not the key
     */
    async generate(
      key: StoredKey,
      prompt: string,
      signal?: AbortSignal,
    ): Promise<TestedKey & { pictureUrl: string | null }> {
      const parts = await store.readOrFail(key.id);
      const start = clock.now();
      try {
        const pictureUrl = await (await fal()).models.generate(prompt, parts, signal);
        const verdict: Verdict = {
          kind: 'valid',
          scope: key.scope,
          account: key.account,
          latencyMs: clock.now() - start,
          message: 'Generated a picture.',
          testedAt: clock.now(),
        };
        return { ...keep(key, verdict), pictureUrl };
      } catch (error) {
        // a prompt or model that fal refuses says nothing about the key
        if (hasCode(error, 'cancelled', 'refused')) throw error;
        return { ...keep(key, failed(error, clock.now() - start)), pictureUrl: null };
      }
    },
  };
}
