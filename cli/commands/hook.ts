import { join } from 'node:path';
import { VarvelError } from '../../core/model/error.ts';
import { hookShells } from '../../core/model/hook-shell.ts';
import { findPlace } from '../../host/open.ts';
import { signalName } from '../../platform/state/signal.ts';
import { defineCommand } from '../command.ts';
import { hookAnswer } from '../hook-answer.ts';
import { hookScript } from '../hook-script.ts';

export const command = defineCommand({
  summary: 'Print the prompt hook of a shell',
  details:
    'With the hook in its start-up file, an open shell takes up a switch, or the pin of the folder it is in, at its next prompt, and gives back what stood before when they end. While nothing changes it starts no process. A FAL_KEY that you set by hand in a shell wins there.',
  examples: [
    'eval "$(varvel hook bash)"      # in ~/.bashrc',
    'eval "$(varvel hook zsh)"       # in ~/.zshrc',
    'varvel hook fish | source       # in ~/.config/fish/config.fish',
    'Invoke-Expression (varvel hook pwsh | Out-String)    # in $PROFILE',
  ],
  options: {
    now: { type: 'boolean', describe: 'print what the prompt is to take up now (what the hook calls)' },
  },
  positionals: [{ name: 'SHELL', choices: hookShells }],
  async run(context, { now }, [name]) {
    const shell = hookShells.find((known) => known === name);
    if (!shell)
      throw new VarvelError('usage', 'Say for which shell.', `Use one of ${hookShells.join(', ')}.`);
    const place = findPlace(context.env);
    context.output.write(
      now ? await hookAnswer(shell, place, context) : hookScript(shell, join(place.folder, signalName)),
    );
    return 0;
  },
});
