import { isScope, scopes } from '../../../core/model/fal/key.ts';
import { localTime } from '../../../core/model/local-time.ts';
import { parseTtl } from '../../../core/temporary/ttl.ts';
import { defineCommand } from '../../framework/command.ts';
import { exitCode } from '../../framework/exit-code.ts';
import { hintWords } from '../../framework/hint-words.ts';
import { accountOption, profileOption, yesOption } from '../../framework/name-options.ts';
import { isoTime } from '../../framework/words.ts';
import { confirmOtherKey, warnOfNamesakes } from './key-words.ts';

export const command = defineCommand({
  summary: 'Create a key and store its secret',
  details:
    'Creates a key at fal and stores its secret in the vault. The secret is printed only with --reveal. An API key can call models. An ADMIN key can also deploy, run apps with the fal CLI, manage apps and keys, and read billing. Create one only if you need that.\n\nWith --ttl, the key is temporary: when its time is over, the next Varvel of any machine that is signed in to its account revokes it.',
  examples: [
    'varvel keys create build-bots --profile staging',
    'varvel keys create demo --ttl 8h',
    'varvel keys create deploy --scope ADMIN --account falconers',
  ],
  options: {
    scope: { type: 'string', choices: scopes, describe: 'what the key can do (default: API)' },
    account: accountOption('the key’s account (default: the current profile’s, or your personal one)'),
    profile: profileOption('create this profile with the new key, or update it'),
    ttl: {
      type: 'string',
      value: 'TIME',
      describe: 'how long the key lives: 90s, 30m, 8h, 7d, up to 90d (default: for ever)',
    },
    yes: yesOption,
    reveal: { type: 'boolean', describe: 'also print the whole key, on its own line' },
  },
  positionals: [{ name: 'ALIAS' }],
  async run(context, values, [alias = '']) {
    const { output, open, signal } = context;
    const ttlMs = values.ttl === undefined ? null : parseTtl(values.ttl);
    const varvel = await open();
    await confirmOtherKey(varvel, values.profile, null, values.yes, context);
    const scope = values.scope !== undefined && isScope(values.scope) ? values.scope : 'API';
    if (scope === 'ADMIN') {
      output.note(
        'An ADMIN key can also deploy, manage apps and keys, and read billing. Don’t use it on machines that only call models.',
      );
    }
    output.progress('Creating the key…');
    const created = await varvel.keys.create(
      { alias, scope, account: values.account ?? null, profile: values.profile ?? null, ttlMs },
      signal,
    );
    const { key } = created;
    const expiresAt = varvel.keys.expiryOf(key.id);
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
        expires_at: isoTime(expiresAt),
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
      // fal doesn't show it again
      if (output.lost()) output.note(created.secret);
      output.warn(`fal created the key, but its secret couldn’t be stored: ${error.message}`);
      output.note(hintWords(error.hint));
      output.note(
        `The key is printed above. fal can’t show it again. Copy it and run \`varvel keys add --stdin${values.profile ? ` --profile ${values.profile}` : ''}\`, or revoke it with \`varvel keys revoke ${key.id}\`.`,
      );
      return exitCode(error.code);
    }
    warnOfNamesakes(varvel, key, output);
    if (!output.json) {
      output.done(
        `${scope} key “${alias}” created for ${key.account?.nickname ?? '?'} and stored in the ${varvel.vault === 'keychain' ? 'keychain' : 'passphrase vault'}.`,
      );
      if (expiresAt !== null) output.note(`It is revoked at ${localTime(expiresAt)}.`);
      if (profile)
        output.note(
          `Profile “${profile.name}” uses it. Switch to it with \`varvel switch ${profile.name}\`.`,
        );
    }
    return 0;
  },
});
