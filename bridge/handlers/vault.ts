import type { Vault } from '../../contract/methods/vault.ts';
import { isVaultProblem } from '../../core/model/error.ts';
import { passphraseStrength } from '../../core/passphrase/strength.ts';
import type { HandlerContext, Handlers, MethodsOf } from './handler.ts';
import { problemRow } from './problem-row.ts';

export function vaultHandlers({ session }: HandlerContext): Handlers<MethodsOf<'vault'>> {
  async function read(): Promise<Vault> {
    const { vault: kind } = session.varvel();
    try {
      await session.checkVault();
      return { kind, setUp: await session.isVaultSetUp(), problem: null };
    } catch (error) {
      if (!isVaultProblem(error)) throw error;
      return { kind, setUp: await seemsSetUp(), problem: problemRow(error) };
    }
  }

  /** A vault that can't be read was set up once. */
  async function seemsSetUp(): Promise<boolean> {
    try {
      return await session.isVaultSetUp();
    } catch (error) {
      if (!isVaultProblem(error)) throw error;
      return true;
    }
  }

  return {
    'vault.read': read,

    'vault.unlock': async ({ passphrase }) => {
      await session.unlock(passphrase);
      return read();
    },

    'vault.lock': async () => {
      await session.lock();
      return read();
    },

    'vault.changePassphrase': async ({ from, to }) => {
      await session.changePassphrase(from, to);
      return read();
    },

    'vault.choosePassphraseVault': async ({ passphrase }) => {
      await session.choosePassphraseVault(passphrase);
      return read();
    },

    'vault.judge': ({ passphrase }) => passphraseStrength(passphrase),
  };
}
