import type { SettingsChange } from '../../../core/model/settings.ts';
import { defineCommand } from '../../framework/command.ts';
import { listed } from '../../framework/words.ts';
import { settingsDocument } from './settings-document.ts';
import { settingChange } from './settings-table.ts';

export const command = defineCommand({
  summary: 'Change settings',
  details: '`varvel settings list` shows each setting, with what it takes. The window and the tray follow.',
  examples: ['varvel settings set rotate-by=90d', 'varvel settings set theme=dark activity=30'],
  options: {},
  positionals: [{ name: 'NAME=VALUE', rest: true, completes: 'settings' }],
  async run({ output, open }, _, words) {
    const change: SettingsChange = {};
    for (const word of words) Object.assign(change, settingChange(word));
    const settings = (await open()).settings.change(change);
    if (output.json) output.document(settingsDocument(settings));
    else output.done(`Set ${listed(words)}.`);
    return 0;
  },
});
