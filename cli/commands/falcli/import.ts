import type { PlannedImport } from '../../../core/falcli/import.ts';
import { confirm } from '../../framework/ask.ts';
import { defineCommand } from '../../framework/command.ts';
import { count, listed } from '../../framework/words.ts';

export const command = defineCommand({
  summary: 'Take fal’s CLI’s profiles and keys over',
  details:
    'Makes a profile of each of fal’s, and puts its key into the vault. What is here is never overwritten: where something stands in the way, it is listed. Names that ours can’t have are listed with a proposal; --rename takes them by it. fal’s file stays as it is.',
  examples: ['varvel falcli import', 'varvel falcli import --yes --rename'],
  options: {
    yes: { type: 'boolean', short: 'y', describe: 'don’t ask' },
    rename: { type: 'boolean', describe: 'take the proposed names too' },
  },
  positionals: [],
  async run(context, { yes, rename = false }) {
    const { output, open } = context;
    const varvel = await open();
    const falcli = await varvel.falcli();
    const steps = await falcli.planImport();
    const ready = steps.filter(({ kind }) => kind === 'new' || (rename && kind === 'name'));
    if (!output.json && steps.length > 0) {
      output.table<PlannedImport>(
        [
          { title: 'PROFILE', text: ({ name }) => name },
          { title: 'KEY', text: ({ keyId }) => keyId ?? '–' },
          { title: 'IMPORT', text: (step) => said(step, rename) },
        ],
        steps,
      );
    }
    if (ready.length > 0 && !output.json)
      await confirm(`${count(ready.length, 'profile')} would be imported.`, yes, context);
    const imported = output.json && !yes ? [] : await falcli.import(steps, rename);
    if (output.json) {
      output.document({
        imported,
        profiles: steps.map((step) => ({
          name: step.name,
          key: step.keyId,
          kind: step.kind,
          proposal: step.kind === 'name' ? step.proposal : null,
          reason: step.kind === 'conflict' || step.kind === 'unusable' ? step.reason : null,
        })),
      });
      return 0;
    }
    if (imported.length > 0) {
      output.note(`Imported ${listed(imported)}.`);
      output.note('`varvel keys test --all` says whose the keys are and whether they work.');
    } else output.note(steps.length > 0 ? 'Nothing to import.' : `${falcli.path} holds no profiles.`);
    return 0;
  },
});

function said(step: PlannedImport, rename: boolean): string {
  switch (step.kind) {
    case 'new':
      return ['yes', step.note].filter(Boolean).join('. ');
    case 'same':
      return 'here already';
    case 'name':
      return rename
        ? `yes, as ${step.proposal}`
        : `no: ours can’t have that name; --rename takes it as ${step.proposal}`;
    default:
      return `no: ${step.reason}`;
  }
}
