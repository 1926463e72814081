import type { PassphraseWords } from '../../../platform/vault/passphrase.ts';

export const backupWords: PassphraseWords = {
  open: 'Passphrase of the backup: ',
  setUp: 'The backup is put under a passphrase. Without it nobody can open it, nor mend that.',
  noTerminal: {
    message: 'There is no terminal to ask for the passphrase of the backup on.',
    hint: 'Set VARVEL_PASSPHRASE_FILE or VARVEL_PASSPHRASE.',
  },
};
