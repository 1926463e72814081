import { defineCommand } from '../../framework/command.ts';
import { settingsDocument } from './settings-document.ts';
import { settingsTable } from './settings-table.ts';

export const command = defineCommand({
  summary: 'List settings',
  details:
    'Lists the settings that the command line, the window and the tray share. Change one with `varvel settings set`.',
  examples: ['varvel settings list', 'varvel settings list --json'],
  options: {},
  positionals: [],
  async run({ output, open }) {
    const settings = (await open()).settings.read();
    if (output.json) {
      output.document(settingsDocument(settings));
      return 0;
    }
    output.table(
      [
        { title: 'SETTING', text: ([name]) => name, style: () => 'bold' },
        { title: 'VALUE', text: ([, { text }]) => text(settings) },
        { title: 'TAKES', text: ([, { takes }]) => takes },
        { title: 'SETS', text: ([, { does }]) => does, style: () => 'dim' },
      ],
      Object.entries(settingsTable),
    );
    return 0;
  },
});
