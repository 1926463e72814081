import { parseSpan } from '../../../core/activity/activity.ts';
import { type By, daysBetween, type Sum, sumsOf, totalsOf } from '../../../core/model/fal/usage.ts';
import { defineCommand } from '../../framework/command.ts';
import { accountOption } from '../../framework/name-options.ts';
import { warnOf } from '../../framework/problems.ts';
import { listed, money } from '../../framework/words.ts';

const groupings = ['key', 'endpoint', 'day', 'member'] as const satisfies By[];
const dayMs = 86_400_000;
/** The longest bar, in characters. */
const longest = 24;

export const command = defineCommand({
  summary: 'Show spend by key, model, day or member',
  details:
    'Shows what your accounts spent, by key, model, day (UTC) or member. fal reports spend to ADMIN keys only, so each account needs one in the vault. fal names the member only for calls that were made with a sign-in; calls with a key are one line. With an ADMIN key of an organization, --by member covers its teams.',
  examples: [
    'varvel usage',
    'varvel usage --account falconers --by day --since 7d',
    'varvel usage --by endpoint --json',
  ],
  options: {
    account: accountOption('show only this account (default: all with an ADMIN key here)'),
    by: { type: 'string', choices: groupings, describe: 'what to group by (default: key)' },
    since: {
      type: 'string',
      value: 'DURATION',
      describe: 'how far back, for example 24h, 7d or 4w (default: 30d)',
    },
  },
  positionals: [],
  async run({ output, open, signal }, { account, by: wanted, since }) {
    const by = groupings.find((known) => known === wanted) ?? 'key';
    const days = since === undefined ? 30 : Math.ceil(parseSpan(since) / dayMs);
    const varvel = await open();
    output.progress('Getting usage…');
    const usage = await varvel.usage();
    const { from, to, lines, withoutAdminKey, problems } = await usage.read(
      account ?? null,
      days,
      signal,
      by === 'member',
    );
    warnOf(problems, output);
    if (withoutAdminKey.length > 0) {
      const names = listed(withoutAdminKey.map(({ nickname }) => nickname));
      output.warn(`Not included (needs an ADMIN key): ${names}.`);
    }
    const sums = sumsOf(lines, by);
    const totals = totalsOf(lines);
    if (output.json) {
      output.document({
        from,
        to,
        by,
        totals,
        without_admin_key: withoutAdminKey.map(({ nickname }) => nickname),
        rows: sums.map(({ name, keyId, account: owner, cost, currency }) => ({
          name,
          key: keyId,
          account: owner?.nickname ?? null,
          cost,
          currency,
        })),
      });
      return 0;
    }
    const rows = by === 'day' ? everyDay(sums, from, to) : sums;
    const most = Math.max(...rows.map(({ cost }) => cost), 0);
    output.table(
      [
        { title: by.toUpperCase(), text: ({ name }) => name, style: () => (by === 'day' ? null : 'bold') },
        ...(by === 'key'
          ? [{ title: 'ACCOUNT', text: ({ account: owner }: Sum) => owner?.nickname ?? '–' }]
          : []),
        { title: 'SPENT', text: ({ cost, currency }) => money(cost, currency), align: 'right' },
        { title: '', text: ({ cost }) => bar(cost, most), style: () => 'yellow' },
      ],
      rows,
    );
    const total = listed(totals.map(({ cost, currency }) => money(cost, currency)));
    output.note(`${total || 'No spend'} from ${from} to ${to} (UTC).`);
    return 0;
  },
});

/** A row for every day, also without spend, and one for each currency of a day. */
const everyDay = (sums: Sum[], from: string, to: string): Sum[] =>
  daysBetween(from, to).flatMap((day) => {
    const spent = sums.filter(({ name }) => name === day);
    const currency = sums[0]?.currency ?? 'USD';
    return spent.length > 0 ? spent : [{ id: day, name: day, keyId: null, account: null, cost: 0, currency }];
  });

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar in eighths of a character; at least one for any spend. */
function bar(cost: number, most: number): string {
  if (cost <= 0 || most <= 0) return '';
  const length = Math.max(1, Math.round((cost / most) * longest * 8));
  return '█'.repeat(Math.floor(length / 8)) + (eighths[length % 8] ?? '');
}
