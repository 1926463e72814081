import { VarvelError } from '../../../core/model/error.ts';
import { verdictHint } from '../../../core/model/verdict.ts';
import { defineCommand } from '../../framework/command.ts';
import { withHint } from '../../framework/hint-words.ts';
import { profileOption } from '../../framework/name-options.ts';
import { secretGiven } from '../../framework/secret-in-arguments.ts';
import { type KeySource, readKey } from './read-key.ts';

export const command = defineCommand({
  summary: 'Add a key that exists already',
  details:
    'Puts a key into the vault and asks fal what it is. The key is read from FAL_KEY, from an env file, from standard input, or asked for on the terminal; never from an argument, which every program on the machine could read.',
  examples: [
    'varvel keys add --from-env --profile work',
    'varvel keys add client --from-file .env',
    'pbpaste | varvel keys add --stdin',
  ],
  options: {
    'from-env': { type: 'boolean', describe: 'read FAL_KEY, or FAL_KEY_ID and FAL_KEY_SECRET' },
    'from-file': {
      type: 'string',
      value: 'FILE',
      completes: 'files',
      describe: 'read them from an env file, or the key from a file that holds it alone',
    },
    stdin: { type: 'boolean', describe: 'read the key from standard input' },
    profile: profileOption('make this profile, or point it at the key'),
  },
  positionals: [{ name: 'ALIAS', optional: true }],
  async run({ output, open, env, signal }, values, [alias]) {
    refuseSecret(alias);
    const source = sourceOf(values, output.canAsk());
    const varvel = await open();
    const text = await readKey(source, { env, output });
    output.progress('Asking fal about it…');
    const { key, profile, already, unusual, verdict } = await varvel.keys.add(
      text,
      alias ?? null,
      values.profile ?? null,
      signal,
    );
    if (output.json) {
      output.document({
        id: key.id,
        alias: key.alias,
        scope: key.scope,
        account: key.account?.nickname ?? null,
        profile: profile?.name ?? null,
        verdict: verdict.kind,
        message: verdict.message,
      });
    } else {
      output.line(key.id);
      output.note(
        already ? 'That key was here already.' : `${output.paintNote('green', '✓')} The key is in the vault.`,
      );
      if (profile) output.note(`Profile ${profile.name} uses it.`);
    }
    if (unusual) output.warn('It has not the form of the keys that fal makes today; it is kept as it is.');
    if (verdict.kind !== 'valid') output.warn(withHint(verdict.message, verdictHint(verdict.kind, key.id)));
    return 0;
  },
});

/** What looks like a key of another form than fal's own (see secret-in-arguments.ts) is no alias either. */
function refuseSecret(alias: string | undefined): void {
  if (alias !== undefined && /^[^\s:]{8,}:[^\s:]{16,}$/.test(alias.trim())) throw secretGiven();
}

function sourceOf(
  values: { 'from-env'?: boolean; 'from-file'?: string; stdin?: boolean },
  canAsk: boolean,
): KeySource {
  const sources: KeySource[] = [
    ...(values['from-env'] ? [{ from: 'env' } as const] : []),
    ...(values['from-file'] !== undefined ? [{ from: 'file', path: values['from-file'] } as const] : []),
    ...(values.stdin ? [{ from: 'stdin' } as const] : []),
  ];
  const [source, another] = sources;
  if (source && !another) return source;
  if (!source && canAsk) return { from: 'prompt' };
  throw new VarvelError(
    'usage',
    'Say where the key is.',
    'Use one of --from-env, --from-file FILE and --stdin.',
  );
}
