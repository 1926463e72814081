import { foreignHosts, type RestorePlan, withHosts } from '../../../core/backup/restore-plan.ts';
import { hasCode } from '../../../core/model/error.ts';
import type { RestoreOutcome } from '../../../core/model/machine/restore.ts';
import { openWith, passphraseSource } from '../../../platform/vault/passphrase.ts';
import { confirm } from '../../framework/ask.ts';
import { type Context, defineCommand } from '../../framework/command.ts';
import { givenPath } from '../../framework/given-path.ts';
import { backupWords } from './backup-words.ts';

export const command = defineCommand({
  summary: 'Restore keys and profiles from a backup',
  details:
    'Adds keys and profiles that are missing here. Existing ones are never replaced: a key or profile that differs is listed and left as it is. The backup file doesn’t change.',
  examples: ['varvel restore varvel-2026-11.age --dry-run', 'varvel restore varvel-2026-11.age'],
  doesDueWork: false,
  options: {
    'dry-run': { type: 'boolean', describe: 'only show what would be restored' },
    'allow-hosts': {
      type: 'boolean',
      describe: 'also restore profiles whose host isn’t fal’s, without a prompt',
    },
  },
  positionals: [{ name: 'FILE', completes: 'files' }],
  async run(context, { 'dry-run': dryRun = false, 'allow-hosts': allowHosts = false }, [given = '']) {
    const { output, open, env } = context;
    const path = givenPath(given, context);
    const passphrase = passphraseSource({ env, words: backupWords, warn: output.warn });
    const varvel = await open();
    const backup = await varvel.backup();
    const found = await openWith(passphrase, (given) => backup.plan(path, given));
    const plan = dryRun ? found : withHosts(found, await allowedHosts(found, allowHosts, context));
    if (!dryRun) await backup.restore(plan);
    const rows: Row[] = [
      ...plan.keys.map(({ key: { id, alias }, outcome }) => ({
        what: 'key',
        name: alias ?? id,
        host: null,
        outcome,
      })),
      ...plan.profiles.map(({ profile: { name, host }, outcome }) => ({
        what: 'profile',
        name,
        host,
        outcome,
      })),
    ];
    if (output.json) {
      output.document({
        dry_run: dryRun,
        keys: plan.keys.map(({ key: { id, alias }, outcome }) => ({ id, alias, ...outcomeRow(outcome) })),
        profiles: plan.profiles.map(({ profile: { name, host }, outcome }) => ({
          name,
          host,
          ...outcomeRow(outcome),
        })),
        current: plan.current,
      });
      return 0;
    }
    output.table<Row>(
      [
        { title: '', text: ({ what }) => what },
        { title: 'NAME', text: ({ name }) => name },
        ...(rows.some(({ host }) => host !== null)
          ? [{ title: 'HOST', text: ({ host }: Row) => host ?? '' }]
          : []),
        {
          title: 'RESTORE',
          text: ({ outcome }) => outcomeWords(outcome, dryRun),
          style: ({ outcome }) => styles[outcome.kind],
        },
      ],
      rows,
    );
    const restored = rows.filter(({ outcome }) => outcome.kind === 'new').length;
    const skipped = rows.length - restored - rows.filter(({ outcome }) => outcome.kind === 'same').length;
    if (dryRun) output.note(`${restored} of ${rows.length} would be restored. Nothing was changed.`);
    else if (restored > 0) output.done(`${restored} of ${rows.length} restored.`);
    else output.note('Nothing to restore.');
    if (plan.current !== null && !dryRun) {
      output.note(`${plan.current} was current in the backup. To use it: varvel switch ${plan.current}`);
    }
    if (skipped > 0) output.warn(`${skipped} not restored. See the table for the reasons.`);
    return 0;
  },
});

interface Row {
  what: string;
  name: string;
  host: string | null;
  outcome: RestoreOutcome;
}

const styles = {
  new: 'green',
  foreign_host: 'yellow',
  same: 'dim',
  conflict: 'yellow',
  unusable: 'yellow',
} as const;

const hostReason = (host: string): string =>
  `Its host ${host} isn’t fal’s. With --allow-hosts it is restored too.`;

/** The hosts that may get keys though they aren't fal's: all by the flag, or each by a prompt on a terminal. */
async function allowedHosts(plan: RestorePlan, all: boolean, context: Context): Promise<string[]> {
  const hosts = foreignHosts(plan);
  if (all || !context.output.canAsk()) return all ? hosts : [];
  const allowed: string[] = [];
  for (const host of hosts) {
    const question = `A profile in this backup sends its key to ${host}, which isn’t fal’s. Restore it?`;
    try {
      await confirm(question, false, context);
      allowed.push(host);
    } catch (error) {
      // no to a host, but not to the rest
      if (!hasCode(error, 'cancelled') || context.signal.aborted) throw error;
    }
  }
  return allowed;
}

const outcomeRow = (outcome: RestoreOutcome) => ({
  outcome: outcome.kind,
  reason:
    'reason' in outcome ? outcome.reason : outcome.kind === 'foreign_host' ? hostReason(outcome.host) : null,
});

function outcomeWords(outcome: RestoreOutcome, dryRun: boolean): string {
  switch (outcome.kind) {
    case 'new':
      return dryRun ? 'would be restored' : 'restored';
    case 'same':
      return 'already here';
    case 'foreign_host':
      return hostReason(outcome.host);
    default:
      return outcome.reason;
  }
}
