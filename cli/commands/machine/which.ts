import type { KeyDecision } from '../../../core/model/machine/which.ts';
import { toolsOf } from '../../../core/which/tools.ts';
import { defineCommand } from '../../framework/command.ts';
import { profileOption } from '../../framework/name-options.ts';
import { idStart } from '../../framework/words.ts';

export const command = defineCommand({
  summary: 'Show which key is active here, and why',
  details:
    'Shows which key Varvel, the fal CLI and fal’s Python and JavaScript clients use in this folder and shell; they can differ. Below, it lists every place a key can come from, in order of priority, and every host that the key can go to if one is set. It also names the keys that other tools keep in files of their own, which follow no switch. Secrets are never shown, only key ids.',
  examples: ['varvel which', 'varvel which --fal-profile work', 'varvel which --json'],
  doesDueWork: false,
  options: {
    profile: profileOption('show the result for --profile PROFILE'),
    'fal-profile': { type: 'string', value: 'NAME', describe: 'show the result for FAL_PROFILE=NAME' },
  },
  positionals: [],
  async run({ output, open, env, cwd }, values) {
    const varvel = await open();
    const { found, warnings } = await varvel.which({
      env,
      folder: cwd(),
      profile: values.profile ?? null,
      falProfile: values['fal-profile'] ?? null,
    });
    const { here, tools, advice, hosts, otherKeys } = found;
    if (output.json) {
      output.document({
        ...documentOf(here),
        tools: {
          varvel: documentOf(found.varvel),
          fal: documentOf(tools.fal),
          fal_client: documentOf(tools.fal_client),
          '@fal-ai/client': documentOf(tools['@fal-ai/client']),
        },
        hosts,
        other_tools: otherKeys.map(({ tool, path, server, keyId }) => ({
          tool,
          path,
          server,
          key_id: keyId,
        })),
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
          short: ({ verdict: { winner } }) =>
            winner.profile ?? idStart(winner.keyId ?? (winner.source ? '–' : 'nothing')),
        },
        {
          title: 'KEY',
          text: ({ verdict: { winner } }) => winner.keyId ?? '–',
          short: ({ verdict: { winner } }) => idStart(winner.keyId ?? '–'),
        },
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
    // most people never move a host
    if (hosts.some(({ value }) => value !== null)) {
      output.line('');
      output.table(
        [
          { title: '', text: ({ wins }) => (wins ? '→' : ' '), style: () => 'green' },
          { title: 'HOST FROM', text: ({ source }) => source, style: ({ wins }) => (wins ? 'bold' : null) },
          { title: 'HOST', text: ({ value }) => value ?? '–' },
          { title: 'WHY', text: ({ reason }) => reason },
        ],
        hosts,
      );
    }
    if (otherKeys.length > 0) {
      output.line('');
      output.table(
        [
          {
            title: 'OTHER TOOL',
            text: ({ tool, server }) => (server === null ? tool : `${tool}: ${server}`),
          },
          { title: 'KEY', text: ({ keyId }) => keyId ?? 'its own, encrypted' },
          { title: 'FILE', text: ({ path }) => path },
        ],
        otherKeys,
      );
    }
    for (const text of warnings) output.warn(text);
    for (const sentence of advice) output.hint(sentence);
    return 0;
  },
});

const documentOf = ({ winner: { source, profile, keyId }, chain }: KeyDecision) => ({
  winner: { source, profile, key_id: keyId },
  chain,
});
