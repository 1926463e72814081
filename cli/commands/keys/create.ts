import { isScope, scopes } from '../../../core/model/key.ts';
import { defineCommand } from '../../framework/command.ts';
import { exitCode } from '../../framework/exit-code.ts';
import { hintWords } from '../../framework/hint-words.ts';
import { accountOption, profileOption } from '../../framework/name-options.ts';
import { isoTime } from '../../framework/words.ts';

export const command = defineCommand({
  summary: 'Create a key and keep its secret',
  details:
    'Creates a key at fal and puts its secret into the vault at once; it is printed only with --reveal. An API key calls models. An ADMIN key does that and also deploys, runs apps with fal’s CLI, manages apps and keys, and reads billing: make one only where that is needed.',
  examples: [
    'varvel keys create build-bots --profile staging',
    'varvel keys create deploy --scope ADMIN --account falconers',
  ],
  options: {
    scope: { type: 'string', choices: scopes, describe: 'what the key may do; API when not given' },
    account: accountOption('whose key; the current profile’s account, or your personal one, when not given'),
    profile: profileOption('make this profile, or point it at the new key'),
    reveal: { type: 'boolean', describe: 'print the whole key too, on a line of its own' },
  },
  positionals: [{ name: 'ALIAS' }],
  async run({ output, open, signal }, values, [alias = '']) {
    const varvel = await open();
    const scope = values.scope !== undefined && isScope(values.scope) ? values.scope : 'API';
    if (scope === 'ADMIN') {
      output.note(
        'An ADMIN key can also deploy, manage apps and keys, and read billing. Keep it off machines that only call models.',
      );
    }
    output.progress('Creating the key…');
    const created = await varvel.keys.create(
      { alias, scope, account: values.account ?? null, profile: values.profile ?? null },
      signal,
    );
    const { key } = created;
    const secret =
      created.outcome === 'stored' ? (values.reveal ? await varvel.keys.reveal(key) : null) : created.secret;
    const profile = created.outcome === 'stored' ? created.profile : null;
    if (output.json) {
      output.document({
        id: key.id,
        alias: key.alias,
        scope: key.scope,
        account: key.account?.nickname ?? null,
        created_at: isoTime(key.createdAt),
        stored: created.outcome === 'stored',
        profile: profile?.name ?? null,
        ...(secret !== null && { key: secret }),
      });
    } else {
      output.line(key.id);
      if (secret !== null) output.line(secret);
    }
    if (created.outcome === 'not_stored') {
      const { error } = created;
      output.warn(
        `fal has made the key, but its secret could not be stored: ${error.message}\n${hintWords(error.hint)}\nIt stands above, and fal will not show it again: keep it, then run \`varvel keys add --stdin${values.profile ? ` --profile ${values.profile}` : ''}\`; or revoke it: \`varvel keys revoke ${key.id}\`.`,
      );
      return exitCode(error.code);
    }
    if (!output.json) {
      output.note(
        `${output.paintNote('green', '✓')} ${scope} key “${alias}” of ${key.account?.nickname ?? '?'} is in the ${varvel.vault === 'keychain' ? 'keychain' : 'passphrase vault'}.`,
      );
      if (profile)
        output.note(`Profile ${profile.name} uses it. Switch to it with \`varvel switch ${profile.name}\`.`);
    }
    return 0;
  },
});
