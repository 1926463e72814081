import { VarvelError } from '../../../core/model/error.ts';
import { defineCommand } from '../../framework/command.ts';

export const command = defineCommand({
  summary: 'Make the current profile that of fal’s CLI',
  details:
    'Writes the profile’s name and host into fal’s config.toml; every other line stays as it is. Its key is written only with --with-key, because that file is plain text; without it, fal’s CLI takes the key from FAL_KEY or its own sign-in. With --in-step every switch does the same from now on, in the window and the tray too. `varvel falcli undo` takes it back.',
  examples: ['varvel falcli apply', 'varvel falcli apply --with-key', 'varvel falcli apply --in-step'],
  options: {
    'with-key': { type: 'boolean', describe: 'write the key as well, in plain text' },
    'in-step': { type: 'boolean', describe: 'do it at every switch from now on' },
    'no-in-step': { type: 'boolean', describe: 'don’t do it at switches any more; writes nothing' },
  },
  positionals: [{ name: 'PROFILE', optional: true, completes: 'profiles' }],
  async run({ output, open }, values, [name]) {
    const varvel = await open();
    const falcli = await varvel.falcli();
    if (values['no-in-step']) {
      if (values['in-step'] || values['with-key'] || name !== undefined)
        throw new VarvelError('usage', '--no-in-step stands alone.', 'See `varvel falcli apply --help`.');
      falcli.keepInStep('off');
      if (output.json) output.document({ in_step: 'off' });
      else output.note('fal’s CLI is not kept in step any more.');
      return 0;
    }
    const wanted = name ?? varvel.profiles.current();
    if (wanted === null) {
      throw new VarvelError(
        'not_found',
        'No profile is current.',
        'Name one, or choose one with `varvel switch`.',
      );
    }
    const profile = varvel.profiles.get(wanted);
    const withKey = values['with-key'] ?? false;
    const { path, written, notes } = await falcli.apply(profile, withKey);
    if (values['in-step']) falcli.keepInStep(withKey ? 'key' : 'profile');
    if (output.json) {
      output.document({
        path,
        profile: wanted,
        with_key: withKey,
        written,
        in_step: values['in-step'] ?? null,
        notes,
      });
      return 0;
    }
    output.note(written ? `fal’s CLI uses ${wanted} now (${path}).` : `fal’s CLI uses ${wanted} already.`);
    if (values['in-step']) output.note('It follows every switch from now on.');
    if (withKey) output.warn(`The key stands in plain text in ${path}.`);
    for (const sentence of notes) output.warn(sentence);
    return 0;
  },
});
