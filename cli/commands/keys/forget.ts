import { defineCommand } from '../../framework/command.ts';
import { keysAccountOption, yesOption } from '../../framework/name-options.ts';
import { resultsOfEach } from '../../framework/words.ts';
import { confirmEnd } from './key-uses.ts';
import { keysOf } from './key-words.ts';

export const command = defineCommand({
  summary: 'Delete a key’s secret from this machine only',
  details: 'Deletes keys from the vault. At fal they stay valid, and fal can’t show their secrets again.',
  examples: ['varvel keys forget build-bots', 'varvel keys forget 3f9c0a12 7be0d2f4 --yes'],
  options: { account: keysAccountOption, yes: yesOption },
  positionals: [{ name: 'KEY', rest: true, completes: 'keys' }],
  async run(context, { yes, account = null }, words) {
    const { output, open, signal } = context;
    const varvel = await open();
    const keys = await keysOf(words, (word) => varvel.keys.findHere(word, account, signal));
    await confirmEnd(varvel, keys, { end: 'forget', yes }, context);
    await resultsOfEach(keys, output, async (key) => {
      const names = (await varvel.keys.forget(key)).map(({ name }) => name);
      const result = { forgotten: key.id, profiles_without_key: names };
      if (output.json) return result;
      output.note(`Deleted the secret of ${key.alias ?? key.id}. The key is still valid at fal.`);
      if (names.length > 0) output.note(`Now without a key: ${names.join(', ')}.`);
      return result;
    });
    return 0;
  },
});
