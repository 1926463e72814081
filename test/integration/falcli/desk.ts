import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createFalcli, type Falcli } from '../../../core/falcli/falcli.ts';
import { falcliFiles } from '../../../core/falcli/replace-key.ts';
import type { AccountName } from '../../../core/model/fal/account.ts';
import type { Profile } from '../../../core/model/profile.ts';
import { secretName } from '../../../core/ports.ts';
import { createFiles } from '../../../platform/files/files.ts';
import { createGit } from '../../../platform/git/git-state.ts';
import { createLocks } from '../../../platform/process/locks.ts';
import { openState } from '../../../platform/state/open-state.ts';
import { createFixedClock } from '../../fakes/fixed-clock.ts';
import { createMemorySecrets, type MemorySecrets } from '../../fakes/memory-secrets.ts';

export interface Desk extends Disposable {
  falcli: Falcli;
  /** The same where FAL_CONFIG_PATH says something else. */
  at(path: string): Falcli;
  /** The fal CLI's files that a rotation would look at. */
  files(): Promise<string[]>;
  secrets: MemorySecrets;
  path: string;
  /** Makes a profile of ours, with a key. */
  profile(name: string, host?: string | null): Profile;
  state: ReturnType<typeof openState>;
}

export const secretOf = (name: string): string => `our-${name}:topsecret-${name}`;

/**
 * The core's falcli over real files and a real database, with a vault in memory.
 * @param account that of every profile
 */
export function openDesk(folder: string, account: AccountName | null = null): Desk {
  const home = join(folder, 'home');
  mkdirSync(home, { recursive: true });
  const state = openState(home);
  const secrets = createMemorySecrets();
  const path = join(folder, 'config.toml');
  const locks = createLocks(home);
  const ports = {
    state,
    secrets,
    files: createFiles(locks, state.temporaryFiles),
    locks,
    clock: createFixedClock(),
    git: createGit(),
    falConfigPath: path,
  };
  const at = (falConfigPath: string) =>
    createFalcli({ ...ports, falConfigPath }, { storeKey: async () => {}, createProfile: () => {} });
  return {
    falcli: at(path),
    at,
    files: async () => (await falcliFiles(ports)).map((file) => file.path),
    secrets,
    path,
    state,
    profile(name, host = null) {
      const keyId = `our-${name}`;
      secrets.entries.set(secretName.key(keyId), secretOf(name));
      state.keys.put({ id: keyId, alias: name, scope: 'API', account, createdAt: null });
      const profile: Profile = { name, account, keyId, host, color: 'brass', note: null };
      state.profiles.put(profile);
      return profile;
    },
    [Symbol.dispose]: () => state.close(),
  };
}
