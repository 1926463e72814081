import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { openHome } from '../platform/files/home.ts';
import type { Keytar } from '../platform/vault/keychain.ts';
import { keychainService } from '../platform/vault/open-vault.ts';
import { startKeyring } from '../test/integration/keyring.ts';

/** A keychain that a script may fill: what is the user's own stays as it is. */
export interface OwnKeychain extends AsyncDisposable {
  /** For the processes that shall use it. */
  env: Record<string, string>;
  /** What it is, in words. */
  words: string;
}

/** There is none, and none could be started. */
export class NoKeychain extends Error {}

/**
 * On Linux a gnome-keyring on a D-Bus session of its own. macOS and Windows have one keychain for each user: there
 * it is that one, and disposing removes what was stored.
 * @param homes the VARVEL_HOMEs whose items these are
 * @throws NoKeychain
 */
export async function openOwnKeychain(...homes: string[]): Promise<OwnKeychain> {
  if (process.platform !== 'linux') {
    return {
      env: {},
      words: 'the system’s keychain, from which what this stores is removed at the end',
      [Symbol.asyncDispose]: async () => {
        for (const home of homes) await removeItems(home);
      },
    };
  }
  const keyring = await startKeyring().catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new NoKeychain(`A keychain of its own could not be started (${why}). Is gnome-keyring installed?`, {
      cause,
    });
  });
  const own = Object.entries(keyring.env).filter(([name]) => /^(HOME|XDG_RUNTIME_DIR|DBUS_\w+)$/.test(name));
  return {
    env: Object.fromEntries(own),
    words: 'a private gnome-keyring on a D-Bus session of its own',
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
