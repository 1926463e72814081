import type { PlannedImport } from '../../../core/falcli/import.ts';
import { confirm } from '../../framework/ask.ts';
import { defineCommand } from '../../framework/command.ts';
import { yesOption } from '../../framework/name-options.ts';
import { count, idStart, listed } from '../../framework/words.ts';

export const command = defineCommand({
  summary: 'Import profiles and keys from the fal CLI',
  details:
    'Creates a profile for each of the fal CLI’s profiles and stores its key in the vault. Nothing here is overwritten: conflicts are listed. Names that Varvel can’t use are listed with a suggestion; --rename imports them under it. The fal CLI’s file doesn’t change.',
  examples: ['varvel falcli import', 'varvel falcli import --yes --rename'],
  options: {
    yes: yesOption,
    rename: { type: 'boolean', describe: 'also import profiles under suggested names' },
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
          { title: 'KEY', text: ({ keyId }) => keyId ?? '–', short: ({ keyId }) => idStart(keyId ?? '–') },
          { title: 'IMPORT', text: (step) => stepWords(step, rename) },
        ],
        steps,
      );
    }
    if (ready.length > 0 && !output.json)
      await confirm(`${count(ready.length, 'profile')} will be imported.`, yes, context);
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
      output.done(`Imported ${listed(imported)}.`);
      output.note('Run `varvel keys test --all` to check the keys and find their accounts.');
    } else output.note(steps.length > 0 ? 'Nothing to import.' : `${falcli.path} has no profiles.`);
    return 0;
  },
});

function stepWords(step: PlannedImport, rename: boolean): string {
  switch (step.kind) {
    case 'new':
      return ['yes', step.note].filter(Boolean).join('. ');
    case 'same':
      return 'already here';
    case 'name':
      return rename
        ? `yes, as ${step.proposal}`
        : `no: Varvel can’t use that name; --rename imports it as ${step.proposal}`;
    default:
      return `no: ${step.reason}`;
  }
}
