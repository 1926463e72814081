import type { Accounts } from '../accounts/accounts.ts';
import type { FalClients } from '../fal/clients.ts';
import { type AdminKeys, noAdminKey } from '../keys/admin-keys.ts';
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
  adminKeys: AdminKeys,
) {
  /** The accounts to ask, and those that no ADMIN key here reaches. */
  async function chosen(text: string | null, signal?: AbortSignal) {
    const reached = adminKeys.accounts();
    if (text !== null) {
      const wanted = text.toLowerCase();
      const account =
        reached.find(({ id }) => id === text) ??
        reached.find(({ nickname }) => nickname.toLowerCase() === wanted);
      if (account) return { asked: [account], withoutAdminKey: [] };
      throw noAdminKey(await accounts.find(text, signal));
    }
    const ids = new Set(reached.map(({ id }) => id));
    const without = new Map(
      accounts.known().flatMap(({ id, nickname }) => (ids.has(id) ? [] : [[id, { id, nickname }]])),
    );
    if (reached.length === 0) throw noAdminKey(null);
    return { asked: reached, withoutAdminKey: [...without.values()] };
  }

  const named = (nickname: string): AccountName => {
    const account = accounts.known().find((one) => one.nickname.toLowerCase() === nickname.toLowerCase());
    return { id: account?.id ?? nickname, nickname: account?.nickname ?? nickname };
  };

  /** What an organization's teams spent, by an ADMIN key of its root; null for another account, or where fal doesn't tell. */
  async function teamRows(account: AccountName, from: string, signal?: AbortSignal) {
    const kind = accounts.known().find(({ id }) => id === account.id)?.kind ?? 'organization';
    if (kind !== 'organization') return null;
    const { platform } = await fal();
    try {
      return await adminKeys.ask(account, (admin) => platform.organizationUsage(from, admin, signal), signal);
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
      const { platform } = await fal();
      return adminKeys.ask(account, (admin) => platform.usage(from, admin, signal, zone), signal);
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
      const { asked, withoutAdminKey } = await chosen(account, signal);
      const { platform } = await fal();
      const aliases = new Map(state.keys.all().map(({ id, alias }) => [id, alias]));
      const lines: UsageLine[] = [];
      const ofTeams: UsageLine[] = [];
      /** The teams that an organization's usage covers. */
      const covered = new Set<string>();
      const problems: PartialFailure[] = [];
      const failures = await mapConcurrent(asked, width, async (of) => {
        try {
          const teams = members ? await teamRows(of, from, signal) : null;
          const rows =
            teams ?? (await adminKeys.ask(of, (admin) => platform.usage(from, admin, signal), signal));
          for (const row of rows) {
            const alias = row.keyId === null ? null : aliases.get(row.keyId);
            const team = 'team' in row && typeof row.team === 'string' ? named(row.team) : null;
            if (team) covered.add(team.id);
            (team ? ofTeams : lines).push({
              ...row,
              account: team ?? of,
              caller: alias ?? row.caller,
            });
          }
          return null;
        } catch (error) {
          if (!(error instanceof VarvelError) || error.code === 'cancelled') throw error;
          problems.push({ about: of.nickname, error });
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
