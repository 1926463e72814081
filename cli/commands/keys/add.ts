import { VarvelError } from '../../../core/model/error.ts';
import { parseKey } from '../../../core/model/fal/key.ts';
import { verdictHint } from '../../../core/model/fal/verdict.ts';
import { defineCommand } from '../../framework/command.ts';
import { withHint } from '../../framework/hint-words.ts';
import { profileOption, yesOption } from '../../framework/name-options.ts';
import { refuseSecretAsAlias } from '../../framework/secret-in-arguments.ts';
import { confirmOtherKey, keyWords, warnOfNamesakes } from './key-words.ts';
import { type KeySource, readKey } from './read-key.ts';

export const command = defineCommand({
  summary: 'Add an existing key',
  details:
    'Stores a key in the vault and tests it. Reads the key from FAL_KEY, an env file, standard input or a prompt. It never reads it from an argument, because every program on the machine can see arguments.',
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
      describe: 'read them from an env file, or from a file that holds only the key',
    },
    stdin: { type: 'boolean', describe: 'read the key from standard input' },
    profile: profileOption('create this profile with the key, or update it'),
    yes: yesOption,
  },
  positionals: [{ name: 'ALIAS', optional: true }],
  async run(context, values, [alias]) {
    const { output, open, env, signal } = context;
    refuseSecretAsAlias(alias);
    const source = sourceOf(values, output.canAsk());
    const varvel = await open();
    const text = await readKey(source, { env, output });
    await confirmOtherKey(varvel, values.profile, parseKey(text).id, values.yes, context);
    output.progress('Testing the key…');
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
      const facts = `${key.scope === null ? '' : `${key.scope} `}key ${keyWords(key)}`;
      if (already) output.note(`Key already in the vault: ${facts}.`);
      else output.done(`Key added to the vault: ${facts}.`);
      if (profile) output.note(`Profile “${profile.name}” uses it.`);
    }
    warnOfNamesakes(varvel, key, output);
    if (unusual) output.warn('The key doesn’t look like a usual fal key. It was added anyway.');
    if (verdict.kind !== 'valid') output.warn(withHint(verdict.message, verdictHint(verdict, key.id)));
    return 0;
  },
});

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
    another ? 'Several sources given.' : 'No key given.',
    'Use one of --from-env, --from-file FILE or --stdin.',
  );
}
