import { createLog } from '../activity/log.ts';
import type { KeyStore } from '../keys/key-store.ts';
import { hasCode, VarvelError } from '../model/error.ts';
import { joinKey, type KeyParts } from '../model/fal/key.ts';
import { type Ports, secretName } from '../ports.ts';
import { decodeBackup, encodeBackup } from './document.ts';
import { planRestore, type RestorePlan } from './restore-plan.ts';

export type Backup = ReturnType<typeof createBackup>;

/** What a new backup contains. */
export interface CreatedBackup {
  /** The file's path, with symbolic links resolved. */
  path: string;
  keys: number;
  profiles: number;
  /** The keys whose secret is not in the vault, or damaged there, by their ids. */
  withoutSecret: string[];
}

/**
 * Backs up and restores all keys and profiles of an environment. Sign-ins are left out: fal's refresh tokens change at
 * each use, and a copied one signs both machines out.
 */
export function createBackup(
  {
    state,
    secrets,
    clock,
    environment,
    backupFiles,
  }: Pick<Ports, 'state' | 'secrets' | 'clock' | 'environment' | 'backupFiles'>,
  store: KeyStore,
) {
  const addToLog = createLog({ state, clock });
  const log = (kind: 'backed_up' | 'restored', detail: string) =>
    addToLog({
      kind,
      detail,
    });

  /** One damaged file of the vault mustn't keep all other keys out of a backup, or the key that mends it. */
  async function secretOf(keyId: string): Promise<KeyParts | null> {
    const parts = await store.readOrDamaged(keyId);
    return parts === 'damaged' ? null : parts;
  }

  /**
   * @returns the text, which holds whole keys and must only be written encrypted; its counts; and the
   * keys whose secret is not in the vault, or damaged there
   * @throws VarvelError `vault_*`
   */
  async function textOfAll(): Promise<{
    text: string;
    keys: number;
    profiles: number;
    withoutSecret: string[];
  }> {
    await secrets.check();
    const keys = [];
    // they end before a backup is needed
    const temporary = new Set(state.temporaryKeys.all().map(({ keyId }) => keyId));
    for (const { id, alias, scope, account, createdAt } of state.keys.all()) {
      if (temporary.has(id)) continue;
      const parts = await secretOf(id);
      keys.push({ id, alias, scope, account, created_at: createdAt, key: parts && joinKey(parts) });
    }
    const profiles = state.profiles.all().map(({ name, account, keyId, host, color, note }) => {
      return { name, account, key_id: temporary.has(keyId) ? null : keyId, host, color, note };
    });
    const text = encodeBackup({
      varvel_backup: 1,
      made_at: new Date(clock.now()).toISOString(),
      environment: environment.name,
      current: state.profiles.current(),
      keys,
      profiles,
    });
    const withoutSecret = keys.filter(({ key }) => key === null).map(({ id }) => id);
    return { text, keys: keys.length - withoutSecret.length, profiles: profiles.length, withoutSecret };
  }

  /** A backup that lacks secrets must not replace one that may be the last to have them. */
  async function keepFullerBackup(file: string, withoutSecret: string[]): Promise<void> {
    try {
      await backupFiles.refuseToReplace(file);
    } catch (error) {
      if (!hasCode(error, 'conflict')) throw error;
      if (withoutSecret.length === 0)
        throw new VarvelError(
          'conflict',
          `${file} was not replaced: there is nothing here to back up.`,
          'Check VARVEL_HOME and VARVEL_ENVIRONMENT. If the database was lost, reconcile the keys first.',
          { cause: error },
        );
      throw new VarvelError(
        'conflict',
        `${file} was not replaced: it may have secrets that a new backup would lack, since they are not in this vault, or damaged: ${withoutSecret.join(', ')}.`,
        'Back up to another file, or use the vault that has these secrets.',
        { cause: error },
      );
    }
  }

  return {
    /**
     * Writes all keys and profiles into an age file.
     * @param passphrase asked for after checking that the file may be written and the vault can be read
     * @param replace whether an existing file may be replaced; one that lacks secrets replaces none
     * @throws VarvelError `conflict`, `invalid`, `not_found`, `storage_*`, `vault_*`
     */
    async create(file: string, passphrase: () => Promise<string>, replace: boolean): Promise<CreatedBackup> {
      if (!replace) await backupFiles.refuseToReplace(file);
      const { text, ...made } = await textOfAll();
      const isWhole = made.withoutSecret.length === 0 && made.keys + made.profiles > 0;
      if (replace && !isWhole) await keepFullerBackup(file, made.withoutSecret);
      const path = await backupFiles.write(file, text, await passphrase(), replace && isWhole);
      log('backed_up', amounts(made.keys, made.profiles));
      return { path, ...made };
    },

    /**
     * What restoring a backup would do.
     * @param passphrase asked for after checking that the file is a backup
     * @throws VarvelError `not_found`, `wrong_passphrase`, `invalid` when it is not a backup, `conflict` for another environment, `vault_*`
     */
    async plan(path: string, passphrase: () => Promise<string>): Promise<RestorePlan> {
      const document = decodeBackup(await backupFiles.read(path, passphrase), path);
      if (document.environment !== environment.name) {
        throw new VarvelError(
          'conflict',
          `${path} is a backup of the environment “${document.environment}”, but this is “${environment.name}”.`,
          { action: 'change_environment', environment: document.environment },
        );
      }
      await secrets.check();
      return planRestore(document, {
        current: state.profiles.current(),
        secret: async (keyId) => (await secretOf(keyId))?.secret ?? null,
        hasOtherVault: (keyId) => state.secretVaults.otherThan(secrets.kind, secretName.key(keyId)) !== null,
        key: (keyId) => state.keys.get(keyId),
        profile: (name) => state.profiles.get(name),
      });
    },

    /** Restores only what the plan calls new, and switches to nothing. @throws VarvelError `vault_*`, `storage_*`; can be repeated then */
    async restore({ keys, profiles }: RestorePlan): Promise<void> {
      await secrets.prepare();
      const newKeys = keys.filter(({ outcome }) => outcome.kind === 'new');
      for (const { key, parts } of newKeys) if (parts) await store.restore(key, parts);
      const newProfiles = profiles.filter(({ outcome }) => outcome.kind === 'new');
      state.transaction(() => {
        for (const { profile } of newProfiles) {
          // someone may have created one meanwhile
          if (state.profiles.get(profile.name)) continue;
          const owner = profile.keyId === null ? null : state.keys.get(profile.keyId)?.account;
          state.profiles.put({ ...profile, account: owner ?? profile.account });
        }
        log('restored', amounts(newKeys.length, newProfiles.length));
      });
    },
  };
}

const amounts = (keys: number, profiles: number): string =>
  `${keys} ${keys === 1 ? 'key' : 'keys'}, ${profiles} ${profiles === 1 ? 'profile' : 'profiles'}`;
