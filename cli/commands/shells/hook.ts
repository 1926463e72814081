import { join } from 'node:path';
import { VarvelError } from '../../../core/model/error.ts';
import { hookShellNames, shells } from '../../../core/shells/shells.ts';
import { findPlace } from '../../../host/open.ts';
import { signalName } from '../../../platform/state/signal.ts';
import { defineCommand } from '../../framework/command.ts';
import { hookAnswer } from '../../hook/answer.ts';
import { hookScript } from '../../hook/script.ts';

export const command = defineCommand({
  summary: 'Print a shell’s prompt hook',
  details:
    'Load the hook in your shell’s start-up file. Open shells then follow switches and folder pins at their next prompt, and restore the previous FAL_KEY afterwards. No process starts unless something changed. A FAL_KEY that you set by hand overrides the hook in that shell.',
  examples: hookShellNames.map((shell) => {
    const { load, fileLabel } = shells[shell].hook;
    return `${load.padEnd(28)}    # in ${fileLabel}`;
  }),
  doesDueWork: false,
  options: {
    answer: { type: 'boolean', describe: 'print what a shell has to use now (for the hook)' },
  },
  positionals: [{ name: 'SHELL', choices: hookShellNames }],
  async run(context, { answer }, [name]) {
    const shell = hookShellNames.find((known) => known === name);
    if (!shell) throw new VarvelError('usage', 'Name a shell.', `Use one of ${hookShellNames.join(', ')}.`);
    const place = findPlace(context.env);
    context.output.write(
      answer ? await hookAnswer(shell, place, context) : hookScript(shell, join(place.folder, signalName)),
    );
    return 0;
  },
});
