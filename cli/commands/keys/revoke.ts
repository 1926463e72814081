import { defineCommand } from '../../framework/command.ts';
import { keysAccountOption, yesOption } from '../../framework/name-options.ts';
import { resultsOfEach } from '../../framework/words.ts';
import { confirmEnd } from './key-uses.ts';
import { keysOf, keyWords } from './key-words.ts';

export const command = defineCommand({
  summary: 'Revoke a key at fal',
  details:
    'Revokes keys at fal and deletes their secrets here. Everything that uses them stops working. This can’t be undone.',
  examples: ['varvel keys revoke build-bots', 'varvel keys revoke 3f9c0a12 7be0d2f4 --yes'],
  options: { account: keysAccountOption, yes: yesOption },
  positionals: [{ name: 'KEY', rest: true, completes: 'keys' }],
  async run(context, { yes, account = null }, words) {
    const { output, open, signal } = context;
    const varvel = await open();
    output.progress('Refreshing keys…');
    const keys = await keysOf(words, (word) => varvel.keys.findAnywhere(word, account, signal));
    output.clearProgress();
    await confirmEnd(varvel, keys, { end: 'revoke', yes }, context);
    await resultsOfEach(keys, output, async (key) => {
      const { profilesWithoutKey, wasAtFal } = await varvel.keys.revoke(key, signal);
      const names = profilesWithoutKey.map(({ name }) => name);
      const result = { revoked: key.id, profiles_without_key: names };
      if (output.json) return result;
      const name = keyWords(key);
      output.note(
        wasAtFal
          ? `Revoked key ${name}.`
          : `Key ${name} was already revoked at fal. Its secret is deleted here.`,
      );
      if (names.length) output.note(`Now without a key: ${names.join(', ')}.`);
      return result;
    });
    return 0;
  },
});
