import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import type { Keytar } from '../../platform/vault/keychain.ts';
import { keychainService, type VaultKind } from '../../platform/vault/open-vault.ts';
import { startKeyring } from '../../test/integration/keyring.ts';

export const root = join(import.meta.dirname, '..', '..');

/** Where the demo plays: a home, a vault and variables of its own, so that nothing of the user's is touched. */
export interface Stage extends AsyncDisposable {
  /** For every command that is run. */
  env: NodeJS.ProcessEnv;
  /** A temporary folder, removed at the end. */
  folder: string;
  /** Where the secrets are, in words. */
  vault: string;
}

/** Sets the stage. Whoever calls this disposes of it, however the demo ends. */
export async function openStage(vault: VaultKind): Promise<Stage> {
  await using undo = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'varvel-demo-'));
  undo.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));
  const ownKeychain = process.platform === 'linux';
  const env: NodeJS.ProcessEnv = {
    ...inherited(),
    // macOS and Windows find their keychain by the user's own home
    ...(ownKeychain ? { HOME: folder } : { HOME: process.env.HOME }),
    VARVEL_HOME: join(folder, 'varvel'),
    SHELL: existsSync('/bin/bash') ? '/bin/bash' : '/bin/sh',
    PATH: [join(root, 'bin'), dirname(process.execPath), process.env.PATH].join(delimiter),
  };
  let words = 'a passphrase vault';
  if (vault === 'file') {
    Object.assign(env, { VARVEL_VAULT: 'file', VARVEL_PASSPHRASE: randomBytes(16).toString('hex') });
  } else if (ownKeychain) {
    const keyring = undo.use(await startKeyring());
    for (const [name, value] of Object.entries(keyring.env)) {
      if (/^(HOME$|XDG_|DBUS_)/.test(name)) env[name] = value;
    }
    words = 'a private gnome-keyring on a D-Bus session of its own';
  } else {
    undo.defer(() => emptyKeychain(join(folder, 'varvel')));
    words = 'the system’s keychain, from which the demo removes its items at the end';
  }
  const kept = undo.move();
  return { env, folder, vault: words, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

/** The caller's variables without those that would lead a command, or fal's client, to what is the user's. */
function inherited(): NodeJS.ProcessEnv {
  const theirs =
    /^(VARVEL_|FAL_|XDG_|DBUS_|GNOME_KEYRING_|npm_)|^(DISPLAY|WAYLAND_DISPLAY|BROWSER|SSH_AUTH_SOCK)$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !theirs.test(name)));
}

/** Removes from the real keychain what was stored there for this home. */
async function emptyKeychain(home: string): Promise<void> {
  const keytar: Keytar = createRequire(import.meta.url)('@github/keytar');
  for (const environment of await readdir(home).catch(() => [])) {
    const service = keychainService(join(home, environment));
    for (const { account } of await keytar.findCredentials(service))
      await keytar.deletePassword(service, account);
  }
}
