import type { Accounts } from '../accounts/accounts.ts';
import type { FalClients } from '../fal/clients.ts';
import type { KeyStore } from '../keys/key-store.ts';
import { mapConcurrent } from '../map-concurrent.ts';
import { hasCode, VarvelError } from '../model/error.ts';
import type { AccountName } from '../model/fal/account.ts';
import type { UsageLine, UsageReport } from '../model/fal/usage.ts';
import type { PartialFailure } from '../model/partial-failure.ts';
import type { Ports } from '../ports.ts';

/** A report, and the accounts that failed. */
export interface UsageReading extends UsageReport {
  problems: PartialFailure[];
}

const dayMs = 86_400_000;
/** The longest report, in days. */
export const longestReport = 366;
/** How many accounts are read at the same time. */
const width = 4;

export type Usage = ReturnType<typeof createUsage>;

/** What accounts have spent. fal reports it to ADMIN keys only. */
export function createUsage(
  { state, clock }: Pick<Ports, 'state' | 'clock'>,
  fal: () => Promise<FalClients>,
  accounts: Accounts,
  store: KeyStore,
) {
  /** The ADMIN keys here, by account. */
  function adminKeys(): Map<string, { account: AccountName; keyIds: string[] }> {
    const found = new Map<string, { account: AccountName; keyIds: string[] }>();
    for (const { id, scope, account } of state.keys.all()) {
      if (scope !== 'ADMIN' || !account) continue;
      const known = found.get(account.id);
      if (known) known.keyIds.push(id);
      else found.set(account.id, { account, keyIds: [id] });
    }
    return found;
  }

  async function chosen(text: string | null, signal?: AbortSignal) {
    const byAccount = adminKeys();
    if (text !== null) {
      const wanted = text.toLowerCase();
      const ways = [...byAccount.values()];
      const way =
        ways.find(({ account }) => account.id === text) ??
        ways.find(({ account }) => account.nickname.toLowerCase() === wanted);
      if (way) return { ways: [way], withoutAdminKey: [] };
      throw noAdminKey(await accounts.find(text, signal));
    }
    const without = new Map(
      accounts.known().flatMap(({ id, nickname }) => (byAccount.has(id) ? [] : [[id, { id, nickname }]])),
    );
    if (byAccount.size === 0) throw noAdminKey(null);
    return { ways: [...byAccount.values()], withoutAdminKey: [...without.values()] };
  }

  return {
    /**
     * @param account an id or nickname; null for all that have an ADMIN key here
     * @param days how many, including today
     * @throws VarvelError `not_found` without an ADMIN key, `invalid`, or why all accounts failed
     */
    async read(account: string | null, days: number, signal?: AbortSignal): Promise<UsageReading> {
      if (!Number.isInteger(days) || days < 1 || days > longestReport) {
        throw new VarvelError(
          'invalid',
          `Usage can’t be shown for ${days} days.`,
          `Use 1 to ${longestReport} days.`,
        );
      }
      const now = clock.now();
      const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);
      const [from, to] = [dayOf(now - (days - 1) * dayMs), dayOf(now)];
      const { ways, withoutAdminKey } = await chosen(account, signal);
      const { platform } = await fal();
      const aliases = new Map(state.keys.all().map(({ id, alias }) => [id, alias]));
      const lines: UsageLine[] = [];
      const problems: PartialFailure[] = [];
      const failures = await mapConcurrent(ways, width, async (way) => {
        try {
          const rows = await firstThatWorks(way.keyIds, async (keyId) =>
            platform.usage(from, await store.readOrFail(keyId), signal),
          );
          for (const row of rows) {
            const alias = row.keyId === null ? null : aliases.get(row.keyId);
            lines.push({ ...row, account: way.account, caller: alias ?? row.caller });
          }
          return null;
        } catch (error) {
          if (!(error instanceof VarvelError) || error.code === 'cancelled') throw error;
          problems.push({ about: way.account.nickname, error });
          return error;
        }
      });
      const [first] = failures;
      if (first && failures.every(Boolean)) throw first;
      return { from, to, lines, withoutAdminKey, problems };
    },
  };
}

/** Tries the keys in turn: one may have been revoked at fal. */
async function firstThatWorks<T>(keyIds: string[], ask: (keyId: string) => Promise<T>): Promise<T> {
  for (const [index, keyId] of keyIds.entries()) {
    try {
      return await ask(keyId);
    } catch (error) {
      if (index === keyIds.length - 1 || !hasCode(error, 'unauthorized', 'forbidden', 'not_found'))
        throw error;
    }
  }
  throw noAdminKey(null);
}

function noAdminKey(account: AccountName | null): VarvelError {
  const whose = account ? ` of ${account.nickname}` : '';
  return new VarvelError('not_found', `No ADMIN key${whose} here.`, {
    action: 'create_admin_key',
    account,
  });
}
