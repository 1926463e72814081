import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { openHome } from '../platform/places/home.ts';
import type { Keytar } from '../platform/vault/keychain.ts';
import { keychainService } from '../platform/vault/open-vault.ts';
import { startKeyring } from '../test/integration/keyring.ts';

/** A keychain for a script, which doesn't change the user's items. */
export interface OwnKeychain extends AsyncDisposable {
  /** Variables for the processes that use it. */
  env: Record<string, string>;
  /** Its description. */
  words: string;
}

/** No keychain is available, and none could be started. */
export class NoKeychain extends Error {}

/**
 * On Linux, a gnome-keyring on a private D-Bus session. macOS and Windows have one keychain per user: there
 * it is used, and disposing removes what was stored.
 * @param homes the VARVEL_HOMEs of these items
 * @throws NoKeychain
 */
export async function openOwnKeychain(...homes: string[]): Promise<OwnKeychain> {
  if (process.platform !== 'linux') {
    return {
      env: {},
      words: 'your system’s keychain; its new items are removed at the end',
      [Symbol.asyncDispose]: async () => {
        for (const home of homes) await removeItems(home);
      },
    };
  }
  const keyring = await startKeyring().catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new NoKeychain(
      `Couldn’t start a private keychain (${why}). Check that gnome-keyring is installed.`,
      {
        cause,
      },
    );
  });
  const own = Object.entries(keyring.env).filter(([name]) => /^(HOME|XDG_RUNTIME_DIR|DBUS_\w+)$/.test(name));
  return {
    env: Object.fromEntries(own),
    words: 'a private gnome-keyring',
    [Symbol.asyncDispose]: () => keyring.close(),
  };
}

async function removeItems(home: string): Promise<void> {
  const keytar: Keytar = createRequire(import.meta.url)('@github/keytar');
  const { folder } = openHome({ variables: { VARVEL_HOME: home } });
  for (const environment of await readdir(folder)) {
    const service = keychainService(join(folder, environment));
    for (const { account } of await keytar.findCredentials(service)) {
      await keytar.deletePassword(service, account);
    }
  }
}
