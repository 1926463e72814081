import { VarvelError } from '../../../core/model/error.ts';
import { didYouMean } from '../../../core/nearest.ts';
import { completionShellNames } from '../../../core/shells/shells.ts';
import { defineCommand } from '../../framework/command.ts';
import { complete } from '../../framework/completion/complete.ts';
import { completionScript } from '../../framework/completion/completion-script.ts';

export const command = defineCommand({
  summary: 'Print a shell’s completion script',
  examples: [
    'source <(varvel completion bash)',
    'varvel completion zsh > ~/.zfunc/_varvel',
    'varvel completion fish | source',
    'varvel completion pwsh | Out-String | Invoke-Expression',
    'varvel completion nu | save -f ~/.config/nushell/varvel.nu',
  ],
  doesDueWork: false,
  options: {
    words: { type: 'boolean', describe: 'print completions for the words after -- (used by the scripts)' },
    blank: { type: 'boolean', describe: 'with --words: a new word begins (used by the scripts)' },
  },
  positionals: [{ name: 'SHELL', optional: true, rest: true, completes: 'completion shells' }],
  async run({ output, open, commands }, { words, blank }, given) {
    if (words) {
      const found = await complete(blank ? [...given, ''] : given, commands, open).catch(() => []);
      output.table(
        [
          { title: '', text: ({ text }) => text },
          { title: '', text: ({ describe }) => describe },
        ],
        found,
      );
      return 0;
    }
    const shell = completionShellNames.find((name) => name === given[0]);
    if (!shell || given.length > 1) {
      const [word = ''] = given;
      throw new VarvelError(
        'usage',
        word === '' || shell ? 'Name a shell.' : `“${word.slice(0, 80)}” is not a shell with completions.`,
        didYouMean(word, completionShellNames, `Use one of ${completionShellNames.join(', ')}.`),
      );
    }
    output.write(completionScript(shell));
    return 0;
  },
});
