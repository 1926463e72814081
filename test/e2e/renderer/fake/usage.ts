import type { UsageReport } from '../../../../contract/rows.ts';
import { type FakeHandlers, type Memory, Refusal } from './memory.ts';

const dayMs = 86_400_000;
/** So that pictures of the window are always the same. */
const today = Date.UTC(2026, 10, 22);
const models = ['fal-ai/flux/schnell', 'fal-ai/flux/dev'];

/** What keys have spent of the accounts that have an ADMIN key here. */
export function fakeUsage({ state }: Memory): FakeHandlers<'usage'> {
  return {
    'usage.read': ({ days }) => {
      const admins = state.keys.filter(({ stored, scope }) => stored && scope === 'ADMIN');
      const told = new Set(admins.map(({ account }) => account?.id));
      if (told.size === 0) throw new Refusal('not_found', 'There is no ADMIN key here.', 'Make one.');
      const lines: UsageReport['lines'] = [];
      for (const [number, { id, alias, account }] of state.keys.entries()) {
        if (!account || !told.has(account.id)) continue;
        for (let ago = 0; ago < days; ago += 1) {
          const quantity = (ago * 7 + number * 5) % 11;
          if (quantity < 4) continue;
          lines.push({
            day: new Date(today - ago * dayMs).toISOString().slice(0, 10),
            account,
            endpointId: models[(ago + number) % 2] ?? '',
            unit: 'images',
            quantity,
            cost: quantity * 0.025,
            currency: 'USD',
            keyId: id,
            caller: alias ?? id,
          });
        }
      }
      const others = state.keys.flatMap(({ account }) => (account && !told.has(account.id) ? [account] : []));
      return {
        from: new Date(today - (days - 1) * dayMs).toISOString().slice(0, 10),
        to: new Date(today).toISOString().slice(0, 10),
        lines,
        withoutAdminKey: [...new Map(others.map((account) => [account.id, account])).values()],
        problems: [],
      };
    },
  };
}
