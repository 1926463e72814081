import { version } from '../../../host/version.ts';
import { defineCommand } from '../../framework/command.ts';
import { manualPage } from '../../framework/help/manual-page.ts';

export const command = defineCommand({
  summary: 'Print the manual page',
  details:
    'Prints every command with its options as a manual page in roff, from the same table as --help. Save it as varvel.1 in a man1 folder of your MANPATH, or read it at once.',
  examples: ['varvel man | man -l -', 'varvel man > ~/.local/share/man/man1/varvel.1'],
  options: {},
  positionals: [],
  async run({ output, commands }) {
    output.write(await manualPage(commands, version));
    return 0;
  },
});
