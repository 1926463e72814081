import { defineCommand } from '../../framework/command.ts';
import { keysAccountOption } from '../../framework/name-options.ts';
import { isoTime } from '../../framework/words.ts';

const stateWords = {
  fresh: 'up to date',
  stale: 'outdated: old key',
  gone: 'no longer has the key',
} as const;

export const command = defineCommand({
  summary: 'Show a key and the files that hold it',
  details:
    'Shows a stored key, the profiles that use it, and the files that `varvel export` wrote it to. Doesn’t use fal or the vault.',
  options: {
    account: keysAccountOption,
  },
  positionals: [{ name: 'KEY', completes: 'keys' }],
  async run({ output, open }, { account }, [wanted = '']) {
    const varvel = await open();
    const { id, alias, scope, account: owner, createdAt } = varvel.keys.find(wanted, account);
    const profiles = varvel.keys.usersOf(id).map(({ name }) => name);
    const files = await varvel.exports.whereUsed(id);
    if (output.json) {
      output.document({
        id,
        alias,
        scope,
        account: owner?.nickname ?? null,
        created_at: isoTime(createdAt),
        profiles,
        files: files.map(({ path, variable, profile, state, at }) => ({
          path,
          variable,
          profile,
          state,
          exported_at: isoTime(at),
        })),
      });
      return 0;
    }
    const facts: [string, string][] = [
      ['key', id],
      ['alias', alias ?? '–'],
      ['scope', scope ?? 'unknown'],
      ['account', owner?.nickname ?? 'unknown'],
      ['profiles', profiles.join(', ') || 'none'],
    ];
    for (const { path, variable, profile, state } of files)
      facts.push(['file', `${path}  ${variable} of ${profile}, ${stateWords[state]}`]);
    output.table(
      [
        { title: '', text: ([name]) => name, style: () => 'dim' },
        { title: '', text: ([, text]) => text },
      ],
      facts,
    );
    return 0;
  },
});
