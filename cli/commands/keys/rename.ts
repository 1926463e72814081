import { defineCommand } from '../../framework/command.ts';
import { keysAccountOption } from '../../framework/name-options.ts';
import { refuseSecretAsAlias } from '../../framework/secret-in-arguments.ts';
import { isoTime } from '../../framework/words.ts';
import { keyWords, warnOfNamesakes } from './key-words.ts';

export const command = defineCommand({
  summary: 'Name a key in Varvel',
  details:
    'Gives a key a name of your own, in place of its alias. fal can’t rename a key: there it keeps its alias. An empty name gives fal’s alias back.',
  examples: ['varvel keys rename 3f9c0a12 client-bots', 'varvel keys rename client-bots ""'],
  options: { account: keysAccountOption },
  positionals: [{ name: 'KEY', completes: 'keys' }, { name: 'NAME' }],
  async run({ output, open, signal }, { account = null }, [wanted = '', name = '']) {
    refuseSecretAsAlias(name);
    const varvel = await open();
    const before = await varvel.keys.findHere(wanted, account, signal);
    const key = await varvel.keys.rename(before, name, signal);
    if (output.json) {
      const { id, alias, scope, account: owner, createdAt } = key;
      output.document({
        id,
        alias,
        scope,
        account: owner?.nickname ?? null,
        created_at: isoTime(createdAt),
      });
    } else if (name.trim() === '' && key.alias === null) {
      output.done(
        `Key ${key.id} has no name now. fal’s alias comes back with the next \`varvel keys list\`.`,
      );
    } else {
      output.done(`Key “${before.alias ?? before.id}” is now ${keyWords(key)}.`);
    }
    warnOfNamesakes(varvel, key, output);
    return 0;
  },
});
