import type { KeyDecision } from '../../../core/model/which.ts';
import { toolsOf } from '../../../core/which/tools.ts';
import { defineCommand } from '../../framework/command.ts';
import { profileOption } from '../../framework/name-options.ts';

export const command = defineCommand({
  summary: 'Say which key is in force here, and why',
  details:
    'Shows every place from which a key can come, in the order in which they count: for this folder and shell, for Varvel’s own commands, for fal’s CLI, and for its Python and JavaScript clients, which don’t agree. A secret is shown as its key’s id.',
  examples: ['varvel which', 'varvel which --fal-profile work', 'varvel which --json'],
  options: {
    profile: profileOption('as if this profile were given with --profile'),
    'fal-profile': { type: 'string', value: 'NAME', describe: 'as if fal’s CLI were given this --profile' },
  },
  positionals: [],
  async run({ output, open, env, cwd }, values) {
    const varvel = await open();
    const { found, warnings } = await varvel.which({
      env,
      folder: cwd,
      profile: values.profile ?? null,
      falProfile: values['fal-profile'] ?? null,
    });
    const { here, tools, advice } = found;
    if (output.json) {
      output.document({
        ...documentOf(here),
        tools: {
          varvel: documentOf(found.varvel),
          fal: documentOf(tools.fal),
          fal_client: documentOf(tools.fal_client),
          '@fal-ai/client': documentOf(tools['@fal-ai/client']),
        },
        advice: [...advice, ...warnings],
      });
      return 0;
    }
    output.table(
      [
        { title: 'TOOL', text: ({ name }) => name },
        {
          title: 'USES',
          text: ({ verdict: { winner } }) =>
            winner.profile ?? winner.keyId ?? (winner.source ? '–' : 'nothing'),
        },
        { title: 'KEY', text: ({ verdict: { winner } }) => winner.keyId ?? '–' },
        { title: 'FROM', text: ({ verdict: { winner } }) => winner.source ?? '–' },
      ],
      toolsOf(found),
    );
    output.line('');
    output.table(
      [
        { title: '', text: ({ wins }) => (wins ? '→' : ' '), style: () => 'green' },
        { title: 'SOURCE', text: ({ source }) => source, style: ({ wins }) => (wins ? 'bold' : null) },
        { title: 'VALUE', text: ({ value }) => value ?? '–' },
        { title: 'WHY', text: ({ reason }) => reason },
      ],
      here.chain,
    );
    for (const text of warnings) output.warn(text);
    for (const sentence of advice)
      output.note(`${output.paintNote('cyan', 'hint:')} ${output.printable(sentence)}`);
    return 0;
  },
});

const documentOf = ({ winner: { source, profile, keyId }, chain }: KeyDecision) => ({
  winner: { source, profile, key_id: keyId },
  chain,
});
