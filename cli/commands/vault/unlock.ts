import { parseSpan } from '../../../core/activity/activity.ts';
import { isNotWritable, VarvelError } from '../../../core/model/error.ts';
import { localTime } from '../../../core/model/local-time.ts';
import { findPlace } from '../../../host/open.ts';
import { agentWord } from '../../../platform/vault/helper-words.ts';
import { vaultFolder } from '../../../platform/vault/open-vault.ts';
import { passphraseSource } from '../../../platform/vault/passphrase.ts';
import { startUnlock } from '../../../platform/vault/unlock.ts';
import { type Context, defineCommand } from '../../framework/command.ts';
import { isoTime } from '../../framework/words.ts';

/** Longest time a vault may stay unlocked, in milliseconds. */
const longest = 86_400_000;

export const command = defineCommand({
  summary: 'Unlock the passphrase vault for a while',
  details:
    'Asks for the passphrase once and starts an agent that keeps the vault unlocked in memory. Commands need no passphrase until the time is up or you run `varvel vault lock`. While the agent runs, every program you run can read the vault.',
  examples: ['varvel vault unlock --for 1h'],
  options: { for: { type: 'string', value: 'DURATION', describe: 'how long (default: 15m, at most 24h)' } },
  positionals: [],
  async run({ output, open, env }, { for: duration = '15m' }) {
    if ((await open()).vault === 'keychain') {
      throw new VarvelError(
        'usage',
        'Your system unlocks the keychain, not Varvel.',
        'To use the passphrase vault instead, set VARVEL_VAULT=file.',
      );
    }
    const forMs = parseSpan(duration);
    if (forMs > longest || forMs === 0) {
      throw new VarvelError('invalid', `The vault can’t stay unlocked for ${duration}.`, 'Use 1m to 24h.');
    }
    const { folder } = findPlace(env);
    const until = await startUnlock({
      vault: vaultFolder(folder),
      passphrase: passphraseSource({ env, warn: output.warn }),
      forMs,
      program: [process.execPath, process.argv[1] ?? '', agentWord],
    });
    await wakeShells(open);
    if (output.json) output.document({ vault: 'file', state: 'unlocked', unlocked_until: isoTime(until) });
    else
      output.done(
        `Passphrase vault unlocked until ${localTime(until)}. Lock it now with \`varvel vault lock\`.`,
      );
    return 0;
  },
});

/** Shells that couldn't read the vault ask again at their next prompt, and not only after a while. */
async function wakeShells(open: Context['open']): Promise<void> {
  try {
    (await open()).exports.wakeShells();
  } catch (error) {
    // they ask again by themselves
    if (!isNotWritable(error)) throw error;
  }
}
