import { createRest } from '../fal/rest.ts';
import type { KeyTest } from '../keys/key-test.ts';
import { VarvelError } from '../model/error.ts';
import type { AccountName } from '../model/fal/account.ts';
import type { DiagnosisView } from '../model/fal/diagnosis.ts';
import type { StoredKey } from '../model/fal/key.ts';
import type { Ports } from '../ports.ts';
import { callAnswer, createEvidence, type EvidenceParts } from './evidence.ts';
import { explain } from './explain.ts';
import { lockReport } from './report.ts';
import { type WatchEnd, type WatchOptions, watchLock } from './watch.ts';

export type LockDoctor = ReturnType<typeof createLockDoctor>;

/** Why fal refuses keys, and when it takes them again. */
export function createLockDoctor(ports: Ports, parts: EvidenceParts & { test: KeyTest }) {
  const { environment, http, clock, files, state } = ports;
  const gather = createEvidence(ports, parts);

  return {
    /**
     * Finds out why a key is refused. Free; keeps the balance that it read.
     * @param expected the account that the key should belong to
     * @throws VarvelError `cancelled`, `vault_*`, `not_found` without its secret
     */
    async diagnose(
      key: StoredKey,
      expected: AccountName | null = key.account,
      signal?: AbortSignal,
    ): Promise<DiagnosisView> {
      const diagnosis = await gather(key, expected, signal);
      const kind = state.accounts.all().find(({ id }) => id === diagnosis.account?.id)?.kind ?? null;
      const explanation = explain(diagnosis, kind);
      return { ...diagnosis, explanation, report: lockReport(diagnosis, explanation, environment.name) };
    },

    /**
     * Waits until a key works again, then tests it. Free.
     * @throws VarvelError `cancelled`, `vault_*`, `not_found` without its secret
     */
    async watch(key: StoredKey, options: WatchOptions): Promise<WatchEnd> {
      const secret = await parts.store.readOrFail(key.id);
      const rest = createRest(environment, http);
      const ended = await watchLock(() => callAnswer(rest, secret, options.signal), clock, options);
      if (ended !== 'over') await parts.test.one(key, options.signal);
      return ended;
    },

    /**
     * Writes a report to a new file, readable by its owner only.
     * @returns the path, with symbolic links resolved
     * @throws VarvelError `conflict` for an existing file, `not_found` without its folder, `storage_*`
     */
    async saveReport(path: string, report: string): Promise<string> {
      const written = await files.patch(path, (before) => {
        if (before !== null)
          throw new VarvelError('conflict', `${path} exists already.`, 'Choose another name.');
        return new TextEncoder().encode(report);
      });
      return written.path;
    },
  };
}
