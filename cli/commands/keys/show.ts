import { defineCommand } from '../../framework/command.ts';
import { keysAccountOption } from '../../framework/name-options.ts';
import { isoTime } from '../../framework/words.ts';

const words = {
  fresh: 'holds it',
  stale: 'holds it, and its profile has another key now',
  gone: 'holds it no more',
} as const;

export const command = defineCommand({
  summary: 'Show a key and the files it is in',
  details:
    'Shows a key that is here, the profiles that use it, and the files that `varvel export` wrote it into. Asks neither fal nor the vault.',
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
      ['scope', scope ?? 'not known yet'],
      ['account', owner?.nickname ?? 'not known yet'],
      ['profiles', profiles.join(', ') || 'none'],
    ];
    for (const [name, text] of facts) output.line(`${name.padEnd(9)} ${output.printable(text)}`);
    for (const { path, variable, profile, state } of files) {
      const text = `${path}  ${variable} of ${profile}: ${words[state]}`;
      output.line(`${'file'.padEnd(9)} ${output.printable(text)}`);
    }
    return 0;
  },
});
