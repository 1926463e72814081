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

/** An account, and the ADMIN keys here that can ask for its usage. */
interface Way {
  account: AccountName;
  keyIds: string[];
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
  function adminKeys(): Map<string, Way> {
    const found = new Map<string, Way>();
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

  const named = (nickname: string): AccountName => {
    const account = accounts.known().find((one) => one.nickname.toLowerCase() === nickname.toLowerCase());
    return { id: account?.id ?? nickname, nickname: account?.nickname ?? nickname };
  };

  /** What an organization's teams spent, by an ADMIN key of its root; null for another account, or where fal doesn't tell. */
  async function teamRows({ account, keyIds }: Way, from: string, signal?: AbortSignal) {
    const kind = accounts.known().find(({ id }) => id === account.id)?.kind ?? 'organization';
    if (kind !== 'organization') return null;
    const { platform } = await fal();
    try {
      return await firstThatWorks(keyIds, async (keyId) =>
        platform.organizationUsage(from, await store.readOrFail(keyId), signal),
      );
    } catch (error) {
      if (!hasCode(error, 'forbidden', 'not_found', 'refused')) throw error;
      return null;
    }
  }

  return {
    /**
     * What an account spent since a day, by an ADMIN key here.
     * @param from the first day, in the zone
     * @throws VarvelError `not_found` without an ADMIN key, or why fal couldn't be asked
     */
    async since(
      account: AccountName,
      from: string,
      zone: string,
      signal?: AbortSignal,
    ): Promise<Omit<UsageLine, 'account'>[]> {
      const way = adminKeys().get(account.id);
      if (!way) throw noAdminKey(account);
      const { platform } = await fal();
      return firstThatWorks(way.keyIds, async (keyId) =>
        platform.usage(from, await store.readOrFail(keyId), signal, zone),
      );
    },

    /**
     * @param account an id or nickname; null for all that have an ADMIN key here
     * @param days how many, including today
     * @param members an organization's usage covers the sign-ins of all its teams, and replaces theirs
     * @throws VarvelError `not_found` without an ADMIN key, `invalid`, or why all accounts failed
     */
    async read(
      account: string | null,
      days: number,
      signal?: AbortSignal,
      members = false,
    ): Promise<UsageReading> {
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
      const ofTeams: UsageLine[] = [];
      /** The teams that an organization's usage covers. */
      const covered = new Set<string>();
      const problems: PartialFailure[] = [];
      const failures = await mapConcurrent(ways, width, async (way) => {
        try {
          const teams = members ? await teamRows(way, from, signal) : null;
          const rows =
            teams ??
            (await firstThatWorks(way.keyIds, async (keyId) =>
              platform.usage(from, await store.readOrFail(keyId), signal),
            ));
          for (const row of rows) {
            const alias = row.keyId === null ? null : aliases.get(row.keyId);
            const team = 'team' in row && typeof row.team === 'string' ? named(row.team) : null;
            if (team) covered.add(team.id);
            (team ? ofTeams : lines).push({
              ...row,
              account: team ?? way.account,
              caller: alias ?? row.caller,
            });
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
      return {
        from,
        to,
        lines: [...lines.filter((line) => !covered.has(line.account.id)), ...ofTeams],
        withoutAdminKey: withoutAdminKey.filter(({ id }) => !covered.has(id)),
        problems,
      };
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
