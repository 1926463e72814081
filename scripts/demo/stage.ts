import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import type { VaultKind } from '../../core/model/machine/vault.ts';
import { openOwnKeychain } from '../own-keychain.ts';

export const root = join(import.meta.dirname, '..', '..');

/** The demo's own home, vault and variables: nothing of the user's is changed. */
export interface Stage extends AsyncDisposable {
  /** For every command. */
  env: NodeJS.ProcessEnv;
  /** A temporary folder, removed at the end. */
  folder: string;
  /** The vault's description. */
  vault: string;
}

/** Sets up the stage. The caller must dispose it, however the demo ends. */
export async function openStage(vault: VaultKind): Promise<Stage> {
  await using undo = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'varvel-demo-'));
  undo.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));
  const env: NodeJS.ProcessEnv = {
    ...inherited(),
    // macOS and Windows find the keychain by the user's home
    ...(process.platform === 'linux' || vault === 'file'
      ? { HOME: folder }
      : { FAL_CONFIG_PATH: join(folder, '.fal', 'config.toml') }),
    VARVEL_HOME: join(folder, 'varvel'),
    SHELL: existsSync('/bin/bash') ? '/bin/bash' : '/bin/sh',
    PATH: [join(root, 'bin'), dirname(process.execPath), process.env.PATH].join(delimiter),
  };
  let words = 'a passphrase vault';
  if (vault === 'file') {
    Object.assign(env, { VARVEL_VAULT: 'file', VARVEL_PASSPHRASE: randomBytes(16).toString('hex') });
  } else {
    const keychain = undo.use(await openOwnKeychain(join(folder, 'varvel')));
    const { HOME: _, ...bus } = keychain.env;
    Object.assign(env, bus);
    words = keychain.words;
  }
  const kept = undo.move();
  return { env, folder, vault: words, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

/** The caller's variables, without those that lead a command or fal's client to the user's own data. */
function inherited(): NodeJS.ProcessEnv {
  const excluded =
    /^(VARVEL_|FAL_|XDG_|DBUS_|GNOME_KEYRING_|npm_)|^(DISPLAY|WAYLAND_DISPLAY|BROWSER|SSH_AUTH_SOCK)$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !excluded.test(name)));
}
