import type { PassphraseWords } from '../../../platform/vault/passphrase.ts';

export const backupWords: PassphraseWords = {
  open: 'Backup passphrase: ',
  setUp: 'Choose a passphrase for the backup. Without it, nobody can open the backup, and it can’t be reset.',
  noTerminal: {
    message: 'The backup needs a passphrase, and there is no terminal to enter it.',
    hint: 'Set VARVEL_PASSPHRASE_FILE or VARVEL_PASSPHRASE.',
  },
};
