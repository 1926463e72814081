import { join } from 'node:path';
import { keychainWord } from '../../platform/vault/helper-words.ts';
import type { Keytar } from '../../platform/vault/keychain.ts';
import { keytarInHelper } from '../../platform/vault/keychain-helper/keytar-in-helper.ts';

/**
 * On macOS a packaged window reaches the keychain by the command line's program, so that both are one to the keychain,
 * which else asks for each item of the other. Null elsewhere, where items belong to the user.
 * @param resources the folder `resources` of the package
 */
export function keychainOfCommandLine(
  platform: NodeJS.Platform,
  isPackaged: boolean,
  resources: string,
): (() => Keytar) | null {
  if (platform !== 'darwin' || !isPackaged) return null;
  const cli = join(resources, 'cli');
  const keytar = keytarInHelper([join(cli, 'node'), join(cli, 'dist', 'cli', 'varvel.cjs'), keychainWord]);
  return () => keytar;
}
