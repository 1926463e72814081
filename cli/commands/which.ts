import { VarvelError } from '../../core/model/error.ts';
import { parsePin } from '../../core/profiles/pin.ts';
import type { Verdict } from '../../core/which/chain.ts';
import { foundKey, type OurFacts } from '../../core/which/facts.ts';
import { hasFalSignIn } from '../../platform/falcli-paths.ts';
import { nearestPin } from '../../platform/pins.ts';
import { defineCommand } from '../command.ts';
import { profileOption } from '../name-options.ts';

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
    const pin = pinOf(cwd);
    const found = await varvel.which(
      { argument: values.profile ?? null, variable: env.VARVEL_PROFILE || null, pin },
      { variables: env, profileArgument: values['fal-profile'] ?? null, signedIn: hasFalSignIn(env) },
    );
    const { here, tools, advice } = found;
    const handSet = foundKey(env.FAL_KEY);
    const warnings =
      pin.kind === 'pin'
        ? varvel.pinWarnings({
            pin,
            handSetKeyId: handSet.kind === 'key' ? handSet.id : null,
            explicit: values.profile ?? (env.VARVEL_PROFILE || null),
          })
        : [];
    if (output.json) {
      output.document({
        ...documentOf(here),
        tools: {
          varvel: documentOf(found.varvel),
          fal: documentOf(tools.fal),
          fal_client: documentOf(tools.fal_client),
          '@fal-ai/client': documentOf(tools['@fal-ai/client']),
        },
        advice: [...advice, ...warnings.map(({ text }) => text)],
      });
      return 0;
    }
    const rows: [string, Verdict][] = [
      ['varvel env, varvel run', found.varvel],
      ['fal (CLI)', tools.fal],
      ['fal_client (Python)', tools.fal_client],
      ['@fal-ai/client (JavaScript)', tools['@fal-ai/client']],
    ];
    output.table(
      [
        { title: 'TOOL', text: ([name]) => name },
        {
          title: 'USES',
          text: ([, { winner }]) => winner.profile ?? winner.keyId ?? (winner.source ? '–' : 'nothing'),
        },
        { title: 'KEY', text: ([, { winner }]) => winner.keyId ?? '–' },
        { title: 'FROM', text: ([, { winner }]) => winner.source ?? '–' },
      ],
      rows,
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
    for (const { text } of warnings) output.warn(text);
    for (const sentence of advice)
      output.note(`${output.paintNote('cyan', 'hint:')} ${output.printable(sentence)}`);
    return 0;
  },
});

const documentOf = ({ winner: { source, profile, keyId }, chain }: Verdict) => ({
  winner: { source, profile, key_id: keyId },
  chain,
});

/** The pin in force here; one that can't be read is shown, not thrown. */
function pinOf(cwd: string): OurFacts['pin'] {
  try {
    const found = nearestPin(cwd);
    return found ? { kind: 'pin', ...parsePin(found.text, found.path) } : { kind: 'none' };
  } catch (error) {
    if (error instanceof VarvelError) return { kind: 'unreadable', problem: error.message };
    throw error;
  }
}
