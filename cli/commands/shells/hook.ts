import { join } from 'node:path';
import { VarvelError } from '../../../core/model/error.ts';
import { hookShellNames, shells } from '../../../core/shells/shells.ts';
import { findPlace } from '../../../host/open.ts';
import { signalName } from '../../../platform/state/signal.ts';
import { defineCommand } from '../../framework/command.ts';
import { hookAnswer } from '../../hook/answer.ts';
import { hookScript } from '../../hook/script.ts';

export const command = defineCommand({
  summary: 'Print the prompt hook of a shell',
  details:
    'With the hook in its start-up file, an open shell takes up a switch, or the pin of the folder it is in, at its next prompt, and gives back what stood before when they end. While nothing changes it starts no process. A FAL_KEY that you set by hand in a shell wins there.',
  examples: hookShellNames.map((shell) => {
    const { load, fileLabel } = shells[shell].hook;
    return `${load.padEnd(28)}    # in ${fileLabel}`;
  }),
  options: {
    now: { type: 'boolean', describe: 'print what the prompt is to take up now (what the hook calls)' },
  },
  positionals: [{ name: 'SHELL', choices: hookShellNames }],
  async run(context, { now }, [name]) {
    const shell = hookShellNames.find((known) => known === name);
    if (!shell)
      throw new VarvelError('usage', 'Say for which shell.', `Use one of ${hookShellNames.join(', ')}.`);
    const place = findPlace(context.env);
    context.output.write(
      now ? await hookAnswer(shell, place, context) : hookScript(shell, join(place.folder, signalName)),
    );
    return 0;
  },
});
