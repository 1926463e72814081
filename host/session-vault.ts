import { hasCode, VarvelError } from '../core/model/error.ts';
import type { WindowTopic } from '../core/model/topic.ts';
import { refuseWeak } from '../core/passphrase/strength.ts';
import type { SecretStore } from '../core/ports.ts';
import type { Varvel } from '../core/varvel.ts';
import { uninterruptedEnds } from '../platform/process/uninterrupted.ts';
import { vaultFolder } from '../platform/vault/open-vault.ts';
import type { PassphraseSource } from '../platform/vault/passphrase.ts';

export interface SessionVaultOptions {
  env: NodeJS.ProcessEnv;
  /** Instead of the vault from VARVEL_VAULT. */
  secrets?: SecretStore | undefined;
  /** The core in use, and the folder of its environment. */
  current: () => { varvel: Varvel; folder: string };
  /** Does work when no other change of the environment or its vault runs. */
  inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  /** Opens that core again, with another vault. */
  reopen: () => Promise<void>;
  changed: (topics: WindowTopic[]) => void;
}

const notSetUp = () =>
  new VarvelError('vault_locked', 'The passphrase vault is not set up yet.', { action: 'set_up_vault' });

/** A passphrase, and the folder of the environment that it was entered in; null for one of all. */
interface Entered {
  text: string;
  folder: string | null;
}

/** The vault of a session: it remembers the passphrase that was entered in the window. */
export function createSessionVault({ env, secrets, current, inTurn, reopen, changed }: SessionVaultOptions) {
  let entered: Entered | null = env.VARVEL_PASSPHRASE ? { text: env.VARVEL_PASSPHRASE, folder: null } : null;
  let otherSecrets = secrets;

  const enter = (text: string): Entered => ({ text, folder: current().folder });

  /** Whether a vault may be set up with it: one of another environment opens that one, but nobody has chosen it here. */
  const setsUp = (): boolean => entered !== null && [null, current().folder].includes(entered.folder);

  const askWindow: PassphraseSource = async (purpose) => {
    if (entered === null)
      throw new VarvelError('vault_locked', 'The passphrase vault is locked.', { action: 'unlock_vault' });
    if (purpose === 'set up' && !setsUp()) throw notSetUp();
    return entered.text;
  };

  /** False for a passphrase vault without a passphrase yet. */
  async function isVaultSetUp(): Promise<boolean> {
    return current().varvel.vault === 'keychain' || (await isPassphraseSet());
  }

  async function isPassphraseSet(): Promise<boolean> {
    const { readVaultState } = await import('../platform/vault/unlock.ts');
    return (await readVaultState(vaultFolder(current().folder))) !== 'not set up';
  }

  async function checkGiven(passphrase: string): Promise<void> {
    const { checkPassphrase } = await import('../platform/vault/change-passphrase.ts');
    await checkPassphrase(vaultFolder(current().folder), passphrase);
  }

  function refuseKeychain(): void {
    if (current().varvel.vault === 'keychain')
      throw new VarvelError('usage', 'Your system locks the keychain, not Varvel.', '');
  }

  function refuseFile(what: string): void {
    if (!env.VARVEL_PASSPHRASE_FILE) return;
    throw new VarvelError(
      'conflict',
      `This program reads the passphrase from VARVEL_PASSPHRASE_FILE, ${what}.`,
      'Start Varvel without VARVEL_PASSPHRASE_FILE to enter the passphrase yourself.',
    );
  }

  return {
    /** What a core is opened with. */
    options: () => ({
      ...(!env.VARVEL_PASSPHRASE_FILE && { passphrase: askWindow }),
      ...(otherSecrets && { secrets: otherSecrets }),
    }),

    /** What a session offers of it. */
    methods: {
      isVaultSetUp,

      /** @throws VarvelError `vault_*` or `wrong_passphrase` unless secrets can be read and stored without a prompt */
      async checkVault(): Promise<void> {
        await current().varvel.checkVault();
        const knowsPassphrase = setsUp() || Boolean(env.VARVEL_PASSPHRASE_FILE);
        if (!knowsPassphrase && !(await isVaultSetUp())) throw notSetUp();
      },

      /**
       * Unlocks the vault; the first passphrase sets it up.
       * @throws VarvelError `wrong_passphrase`, `vault_*`, `invalid` for a first one that is easy to guess
       */
      unlock: (given: string): Promise<void> =>
        inTurn(async () => {
          if (!(await isVaultSetUp())) {
            refuseFile('so the vault gets that one');
            await refuseWeak(given);
          }
          // an open vault would not look at it
          else if (current().varvel.vault === 'file') await checkGiven(given);
          const before = entered;
          entered = enter(given);
          try {
            await current()
              .varvel.prepareVault()
              .catch((error: unknown) => {
                if (!hasCode(error, 'wrong_passphrase')) throw error;
                // a running attempt is shared, and may have started with the previous passphrase
                return current().varvel.prepareVault();
              });
          } catch (error) {
            entered = before;
            throw error;
          }
          changed(['vault']);
        }),

      /** Locks the passphrase vault. @throws VarvelError `usage`, `conflict` when a file unlocks it */
      lock: (): Promise<void> =>
        inTurn(async () => {
          refuseKeychain();
          refuseFile('so it can’t be locked here');
          const { endUnlock } = await import('../platform/vault/unlock.ts');
          // a token that was spent can only be replaced in an open vault
          await uninterruptedEnds();
          entered = null;
          current().varvel.lockVault();
          await endUnlock(vaultFolder(current().folder));
          changed(['vault']);
        }),

      /** @throws VarvelError `wrong_passphrase`, `vault_*`, `invalid` for a new one that is easy to guess */
      changePassphrase: (from: string, to: string): Promise<void> =>
        inTurn(async () => {
          refuseKeychain();
          refuseFile('so change it with the command line');
          await refuseWeak(to);
          const { reencryptIdentity } = await import('../platform/vault/change-passphrase.ts');
          await reencryptIdentity(
            vaultFolder(current().folder),
            async () => from,
            async () => to,
          );
          entered = enter(to);
          changed(['vault']);
        }),

      /** Uses a passphrase vault from now on. @throws VarvelError as `unlock`, `conflict` when VARVEL_VAULT chooses */
      choosePassphraseVault: (given: string): Promise<void> =>
        inTurn(async () => {
          if (env.VARVEL_VAULT) {
            throw new VarvelError(
              'conflict',
              `VARVEL_VAULT is set to ${env.VARVEL_VAULT}, which chooses the vault.`,
              'Unset VARVEL_VAULT and start Varvel again.',
            );
          }
          if (await isPassphraseSet()) await checkGiven(given);
          else {
            refuseFile('so the vault gets that one');
            await refuseWeak(given);
          }
          const before = { entered, otherSecrets };
          const chosenBefore = current().varvel.chosenVault();
          current().varvel.chooseVault('file');
          [entered, otherSecrets] = [enter(given), undefined];
          try {
            await reopen();
            await current().varvel.prepareVault();
          } catch (error) {
            current().varvel.chooseVault(chosenBefore);
            ({ entered, otherSecrets } = before);
            await reopen();
            throw error;
          }
          changed(['vault', 'accounts', 'keys', 'profiles']);
        }),
    },
  };
}
