import { resolve } from 'node:path';
import type { RestoreOutcome } from '../../../core/model/restore.ts';
import { passphraseSource } from '../../../platform/vault/passphrase.ts';
import { defineCommand } from '../../framework/command.ts';
import { backupWords } from './backup-words.ts';

export const command = defineCommand({
  summary: 'Restore keys and profiles from a backup',
  details:
    'Adds keys and profiles that are missing here. Existing ones are never replaced: a key or profile that differs is listed and left as it is. The backup file doesn’t change.',
  examples: ['varvel restore varvel-2026-11.age --dry-run', 'varvel restore varvel-2026-11.age'],
  options: { 'dry-run': { type: 'boolean', describe: 'only show what would be restored' } },
  positionals: [{ name: 'FILE', completes: 'files' }],
  async run({ output, open, env, cwd }, { 'dry-run': dryRun = false }, [given = '']) {
    const path = resolve(cwd, given);
    const passphrase = passphraseSource({ env, words: backupWords, warn: output.warn });
    const varvel = await open();
    const backup = await varvel.backup();
    const plan = await backup.plan(path, () => passphrase('open'));
    if (!dryRun) await backup.restore(plan);
    const rows: Row[] = [
      ...plan.keys.map(({ key: { id, alias }, outcome }) => ({ what: 'key', name: alias ?? id, outcome })),
      ...plan.profiles.map(({ profile: { name }, outcome }) => ({ what: 'profile', name, outcome })),
    ];
    if (output.json) {
      output.document({
        dry_run: dryRun,
        keys: plan.keys.map(({ key: { id, alias }, outcome }) => ({ id, alias, ...outcomeRow(outcome) })),
        profiles: plan.profiles.map(({ profile: { name }, outcome }) => ({ name, ...outcomeRow(outcome) })),
        current: plan.current,
      });
      return 0;
    }
    output.table<Row>(
      [
        { title: '', text: ({ what }) => what },
        { title: 'NAME', text: ({ name }) => name },
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
    else output.note(`${output.paintNote('green', '✓')} ${restored} of ${rows.length} restored.`);
    if (plan.current !== null && !dryRun) output.note(`Switched to ${plan.current}.`);
    if (skipped > 0) output.warn(`${skipped} not restored. See the table for the reasons.`);
    return 0;
  },
});

interface Row {
  what: string;
  name: string;
  outcome: RestoreOutcome;
}

const styles = { new: 'green', same: 'dim', conflict: 'yellow', unusable: 'yellow' } as const;

const outcomeRow = (outcome: RestoreOutcome) => ({
  outcome: outcome.kind,
  reason: 'reason' in outcome ? outcome.reason : null,
});

function outcomeWords(outcome: RestoreOutcome, dryRun: boolean): string {
  switch (outcome.kind) {
    case 'new':
      return dryRun ? 'would be restored' : 'restored';
    case 'same':
      return 'already here';
    default:
      return outcome.reason;
  }
}
