import { judge } from '../../../host/open.ts';
import { passphraseSource } from '../../../platform/vault/passphrase.ts';
import { defineCommand } from '../../framework/command.ts';
import { givenPath } from '../../framework/given-path.ts';
import { count, listed } from '../../framework/words.ts';
import { backupWords } from './backup-words.ts';

export const command = defineCommand({
  summary: 'Back up keys and profiles to an encrypted file',
  details:
    'Writes all keys with their secrets, and all profiles, to an age file. The passphrase comes from VARVEL_PASSPHRASE, VARVEL_PASSPHRASE_FILE or a prompt. You can also open the file without Varvel: `age -d FILE`. Sign-ins are not included: sign in again after a restore. A backup that lacks secrets replaces no file.',
  examples: ['varvel backup varvel-2026-11.age', 'age -d varvel-2026-11.age | less'],
  options: { force: { type: 'boolean', describe: 'replace an existing backup' } },
  positionals: [{ name: 'FILE', completes: 'files' }],
  async run({ output, open, env, cwd }, { force = false }, [given = '']) {
    const file = givenPath(given, { cwd });
    const varvel = await open();
    const passphrase = passphraseSource({ env, words: backupWords, warn: output.warn, judge });
    const backup = await varvel.backup();
    const { path, keys, profiles, withoutSecret } = await backup.create(
      file,
      () => passphrase('set up'),
      force,
    );
    if (output.json) {
      output.document({ file: path, keys, profiles, without_secret: withoutSecret });
      return 0;
    }
    output.done(
      `${count(keys, 'key')} and ${count(profiles, 'profile')} backed up to ${path}, encrypted with the passphrase.`,
    );
    if (withoutSecret.length > 0) {
      output.warn(
        `Backed up without their secrets, which are not in this vault, or damaged: ${listed(withoutSecret)}.`,
      );
    }
    return 0;
  },
});
