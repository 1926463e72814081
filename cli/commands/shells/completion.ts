import { VarvelError } from '../../../core/model/error.ts';
import { completionShellNames } from '../../../core/shells/shells.ts';
import { defineCommand } from '../../framework/command.ts';
import { complete } from '../../framework/complete.ts';
import { completionScript } from '../../framework/completion-script.ts';

export const command = defineCommand({
  summary: 'Print a shell’s completion script',
  examples: [
    'source <(varvel completion bash)',
    'varvel completion zsh > ~/.zfunc/_varvel',
    'varvel completion fish | source',
  ],
  options: {
    words: { type: 'boolean', describe: 'print completions for the words after -- (used by the scripts)' },
  },
  positionals: [{ name: 'SHELL', optional: true, rest: true }],
  async run({ output, open, commands }, { words }, given) {
    if (words) {
      const found = await complete(given, commands, open).catch(() => []);
      for (const { text, describe } of found) output.line(`${text}\t${describe}`);
      return 0;
    }
    const shell = completionShellNames.find((name) => name === given[0]);
    if (!shell || given.length > 1) {
      throw new VarvelError('usage', 'Name a shell.', `Use one of ${completionShellNames.join(', ')}.`);
    }
    output.write(completionScript(shell));
    return 0;
  },
});
