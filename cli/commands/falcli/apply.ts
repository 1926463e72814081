import { VarvelError } from '../../../core/model/error.ts';
import type { Profile } from '../../../core/model/profile.ts';
import { defineCommand } from '../../framework/command.ts';

export const command = defineCommand({
  summary: 'Use the current profile in the fal CLI',
  details:
    'Writes the profile’s name and host to the fal CLI’s config.toml. Every other line stays. The key is written only with --with-key, because that file is plain text. Without it, the fal CLI uses FAL_KEY, or its own sign-in with the profile’s account as its team. If git tracks the file, the key is only written with --force. --in-step does the same on every switch from now on, also in the window and the tray. To undo: `varvel falcli undo`.',
  examples: ['varvel falcli apply', 'varvel falcli apply --with-key', 'varvel falcli apply --in-step'],
  options: {
    'with-key': { type: 'boolean', describe: 'also write the key, in plain text' },
    force: { type: 'boolean', describe: 'write the key to a file that git tracks, or that can’t be checked' },
    'in-step': { type: 'boolean', describe: 'sync on every switch from now on' },
    'no-in-step': { type: 'boolean', describe: 'stop syncing on switches; writes nothing' },
  },
  positionals: [{ name: 'PROFILE', optional: true, completes: 'profiles' }],
  async run({ output, open }, values, [name]) {
    const varvel = await open();
    const falcli = await varvel.falcli();
    if (values['no-in-step']) {
      if (values['in-step'] || values['with-key'] || values.force || name !== undefined)
        throw new VarvelError(
          'usage',
          '--no-in-step can’t be combined with other options.',
          'Run `varvel falcli apply --help` for usage.',
        );
      falcli.setSync('off');
      if (output.json) output.document({ in_step: 'off' });
      else output.done('fal CLI sync is off.');
      return 0;
    }
    const wanted = name ?? varvel.profiles.current();
    if (wanted === null) {
      throw new VarvelError(
        'not_found',
        'No current profile.',
        'Name a profile, or switch to one with `varvel switch`.',
      );
    }
    const profile = varvel.profiles.get(wanted);
    const withKey = values['with-key'] ?? false;
    const force = values.force ?? false;
    const { path, written, hasKey, notes } = await falcli.apply(profile, withKey, force);
    if (values['in-step']) falcli.setSync(withKey ? 'key' : 'profile', withKey && force);
    if (output.json) {
      output.document({
        path,
        profile: wanted,
        with_key: withKey,
        team: hasKey ? null : (profile.account?.nickname ?? null),
        written,
        in_step: values['in-step'] ?? null,
        notes,
      });
      return 0;
    }
    if (written) output.done(`The fal CLI now uses ${wanted} (${path}).`);
    else output.note(`The fal CLI already uses ${wanted}.`);
    if (!hasKey)
      output.note(`It has no key in that file: it uses FAL_KEY, or its own sign-in${forTeam(profile)}.`);
    if (values['in-step']) output.note('fal CLI sync is on: it follows every switch.');
    if (withKey) output.warn(`The key is in plain text in ${path}.`);
    for (const sentence of notes) output.warn(sentence);
    return 0;
  },
});

/** For whom the fal CLI acts without a key. */
const forTeam = ({ account }: Profile): string =>
  account ? `, acting for ${account.nickname}` : ', acting for its personal account';
