import { randomBytes, randomUUID } from 'node:crypto';
import { falEnvironment } from '../../core/model/fal/fal-environment.ts';
import type { VaultKind } from '../../core/model/machine/vault.ts';
import { secretName } from '../../core/ports.ts';
import { openHome } from '../../platform/places/home.ts';
import { openState } from '../../platform/state/open-state.ts';
import { keychainService, openVault } from '../../platform/vault/open-vault.ts';

/** A home with profiles in it, for measuring. */
export interface FilledHome {
  /** For VARVEL_HOME. */
  folder: string;
  /** A profile in the middle of them all. */
  profile: string;
  another: string;
  /** The keychain's item of that profile's key, as its attributes. */
  item: { service: string; account: string };
}

/**
 * Secrets in a home, however many profiles there are: gnome-keyring writes its whole file for each one, so that
 * 10,000 would take it half an hour. The profiles share them.
 */
const keyCount = 10;

/** As long as a name may be. */
const nameLength = 64;

/** Where a window that took it for more than text would be slow, or worse. */
const note = '<img src=x onerror="alert(1)"><b>bold</b> & “quotes” <script>alert(2)</script> '
  .repeat(3)
  .trim();

/** Fills a home through the program's own parts. @param env says where the vault is, as for the program */
export async function fillHome(
  folder: string,
  profileCount: number,
  kind: VaultKind,
  env: NodeJS.ProcessEnv,
): Promise<FilledHome> {
  const home = openHome({ variables: { ...env, VARVEL_HOME: folder } });
  const inner = home.environmentFolder(falEnvironment.name);
  const vault = await openVault({ kind, folder: inner, env, ask: false });
  const account = { id: 'user-bench', nickname: 'bench' };
  const ids = Array.from({ length: keyCount }, () => randomUUID());
  await vault.prepare();
  for (const id of ids) await vault.set(secretName.key(id), `${id}:${randomBytes(16).toString('hex')}`);
  const name = (index: number) =>
    `profile-${String(index).padStart(5, '0')}-`.padEnd(nameLength, 'long_name.of-a-profile_');
  const state = openState(inner);
  state.transaction(() => {
    for (const id of ids) {
      state.keys.put({ id, alias: null, scope: 'API', account, createdAt: null });
      const message = 'It works: scope API, account bench.';
      state.verdicts.put(id, {
        kind: 'valid',
        scope: 'API',
        account,
        latencyMs: 80,
        message,
        testedAt: 0,
      });
    }
    for (let index = 0; index < profileCount; index += 1) {
      const keyId = ids[index % keyCount] ?? null;
      state.profiles.put({ name: name(index), account, keyId, host: null, color: 'brass', note });
    }
  });
  state.close();
  const middle = Math.floor(profileCount / 2);
  return {
    folder,
    profile: name(middle),
    another: name(middle + 1),
    item: { service: keychainService(inner), account: secretName.key(ids[middle % keyCount] ?? '') },
  };
}
