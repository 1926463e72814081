import { parseSpan } from '../../../core/activity/activity.ts';
import { VarvelError } from '../../../core/model/error.ts';
import { findPlace } from '../../../host/open.ts';
import { vaultFolder, vaultKind } from '../../../platform/vault/open-vault.ts';
import { passphraseSource } from '../../../platform/vault/passphrase.ts';
import { unlockVault } from '../../../platform/vault/unlock.ts';
import { defineCommand } from '../../framework/command.ts';
import { isoTime } from '../../framework/words.ts';
import { agentWord } from './agent-word.ts';

/** Longest time a vault may stay unlocked, in milliseconds. */
const longest = 86_400_000;

export const command = defineCommand({
  summary: 'Keep the passphrase vault open for a while',
  details:
    'Asks for the passphrase once and starts an agent that holds the opened vault in memory, so that commands need no passphrase until its time is over or `varvel vault lock` ends it. While it runs, every program of yours can read the vault.',
  examples: ['varvel vault unlock --for 1h'],
  options: { for: { type: 'string', value: 'SPAN', describe: 'how long; 15m when not given, 24h at most' } },
  positionals: [],
  async run({ output, env }, { for: span = '15m' }) {
    if (vaultKind(env) === 'keychain') {
      throw new VarvelError(
        'usage',
        'The keychain is unlocked by the system, not by Varvel.',
        'This is for the passphrase vault: VARVEL_VAULT=file.',
      );
    }
    const forMs = parseSpan(span);
    if (forMs > longest || forMs === 0) {
      throw new VarvelError('invalid', `${span} is no time to leave a vault open.`, 'Take 1m to 24h.');
    }
    const { folder } = findPlace(env);
    const until = await unlockVault({
      vault: vaultFolder(folder),
      passphrase: passphraseSource({ env, warn: output.warn }),
      forMs,
      program: [process.execPath, process.argv[1] ?? '', agentWord],
    });
    if (output.json) output.document({ vault: 'file', state: 'unlocked', unlocked_until: isoTime(until) });
    else
      output.note(
        `The passphrase vault is unlocked until ${isoTime(until)}; \`varvel vault lock\` locks it now.`,
      );
    return 0;
  },
});
