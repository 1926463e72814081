import { createAccounts } from './accounts/accounts.ts';
import { createActivity } from './activity/activity.ts';
import { createExports } from './exports/exports.ts';
import type { Falcli } from './falcli/falcli.ts';
import { createFollow } from './falcli/follow.ts';
import type { FindWork } from './find/collect.ts';
import { createIdentities } from './identities/identities.ts';
import { createLeftOver } from './identities/left-over.ts';
import { createSessions } from './identities/sessions.ts';
import { createAdminKeys } from './keys/admin-keys.ts';
import { createKeyAccess } from './keys/key-access.ts';
import { createKeyList } from './keys/key-list.ts';
import { createKeyStore } from './keys/key-store.ts';
import { createKeyTest } from './keys/key-test.ts';
import { createKeys } from './keys/keys.ts';
import type { Balance } from './model/fal/budget.ts';
import { parseKey } from './model/fal/key.ts';
import type { KeyComparison } from './model/key-comparison.ts';
import type { Rotation } from './model/machine/rotation.ts';
import type { Snippet, SnippetLanguage } from './model/machine/snippet.ts';
import type { VaultKind } from './model/machine/vault.ts';
import type { Money } from './money/money.ts';
import type { Ports } from './ports.ts';
import { isForeignPin } from './profiles/foreign-pin.ts';
import { createPins } from './profiles/pin-file.ts';
import { type PinSurroundings, pinWarnings } from './profiles/pin-warnings.ts';
import { createProfiles } from './profiles/profiles.ts';
import { createReminders } from './reminders/reminders.ts';
import type { Rotations } from './rotation/rotations.ts';
import { giveUpVault } from './settings/keychain-place.ts';
import { createSettings } from './settings/settings.ts';
import { chooseVault, chosenVault } from './settings/vault-choice.ts';
import { createTemporaryKeys } from './temporary/temporary-keys.ts';
import type { WhichRequest } from './which/which-here.ts';

export type Varvel = ReturnType<typeof createVarvel>;

/**
 * Puts the subjects together: every face calls this. Building it touches neither the vault nor the
 * network; what talks to fal is loaded when first needed, so that `varvel env` doesn't pay for it.
 */
export function createVarvel(ports: Ports) {
  let clients: ReturnType<typeof load> | undefined;
  const load = async () => (await import('./fal/clients.ts')).createFalClients(ports);
  const fal = () => {
    clients ??= load();
    return clients;
  };

  const sessions = createSessions(ports, fal);
  const leftOver = createLeftOver(ports, fal, sessions);
  const identities = createIdentities(ports, fal, sessions);
  const accounts = createAccounts(ports, fal, sessions);
  const profiles = createProfiles(ports);
  const activity = createActivity(ports);
  const store = createKeyStore(ports);
  const test = createKeyTest(ports, fal, store);
  const adminKeys = createAdminKeys(ports, fal, store);
  const keyAccess = createKeyAccess(ports, fal, sessions, accounts, adminKeys);
  const temporaryKeys = createTemporaryKeys(ports, { keyAccess, store });
  const keyList = createKeyList(ports, keyAccess, temporaryKeys);
  const keys = createKeys(ports, { keyAccess, keyList, store, test, profiles, temporaryKeys });

  let falcli: Promise<Falcli> | undefined;
  const loadFalcli = () => {
    falcli ??= import('./falcli/falcli.ts').then(({ createFalcli }) =>
      createFalcli(ports, {
        storeKey: async (text, alias) => {
          const parts = parseKey(text);
          const known = ports.state.keys.get(parts.id);
          await store.store(
            known ?? { id: parts.id, alias, scope: null, account: null, createdAt: null },
            parts,
          );
        },
        createProfile: (name, keyId, host) =>
          void profiles.create(name, { key: keyId === null ? null : ports.state.keys.get(keyId), host }),
      }),
    );
    return falcli;
  };
  let money: Promise<Money> | undefined;
  let rotations: Promise<Rotations> | undefined;
  const follow = createFollow(ports, async () => (await loadFalcli()).sync());

  return {
    environment: ports.environment,
    /** Which vault holds the secrets. */
    vault: ports.secrets.kind,
    identities,
    accounts,
    keys,
    keyTest: test,
    temporaryKeys,
    reminders: createReminders(ports),
    /** A picture that a test generated, as a data: URL. @throws VarvelError `refused`, `unreachable` */
    pictureData: async (address: string, signal: AbortSignal) =>
      (await import('./keys/picture.ts')).pictureData(address, ports, signal),
    profiles,
    /** The fal CLI. */
    falcli: loadFalcli,
    pins: createPins(ports),
    /** The shells of this machine, and the hook's line in their start-up files. */
    shellHooks: async () => (await import('./shells/shell-hooks.ts')).createShellHooks(ports),
    /** What is wrong or surprising about a folder's pin. */
    pinWarnings: (surroundings: Omit<PinSurroundings, 'isForeign'>) =>
      pinWarnings({ ...surroundings, isForeign: isForeignPin(surroundings.pin, ports) }, ports.state),
    /** The active key of a process in a folder, for Varvel's and fal's tools. */
    which: async (request: WhichRequest) => (await import('./which/which-here.ts')).whichHere(ports, request),
    /** The fal keys that other tools keep by themselves, for programs in a folder. */
    toolKeys: async (folder: string) =>
      (await import('./which/tool-keys.ts')).toolKeys(await ports.toolFiles.read(folder)),
    /** What has keys: profiles, files, GitHub secrets, and other tools' files for programs in a folder. */
    lookForUses: async (folder: string) =>
      (await import('./rotation/consumers/key-uses.ts')).lookForUses(ports, folder),
    /** Backs up and restores all keys and profiles. */
    backup: async () => (await import('./backup/backup.ts')).createBackup(ports, store),
    /** What accounts have spent. */
    usage: async () => (await import('./usage/usage.ts')).createUsage(ports, fal, accounts, adminKeys),
    /** What accounts have, and what people want to spend. */
    money: async () => {
      money ??= import('./money/money.ts').then(({ createMoney }) =>
        createMoney(ports, { fal, accounts, adminKeys }),
      );
      return money;
    },
    /** A program that calls a model with a profile's key. @throws VarvelError `invalid` for a model's ID that can't be */
    snippet: async (language: SnippetLanguage, profile: string, model: string): Promise<Snippet> =>
      (await import('./snippets/snippet.ts')).snippet(language, {
        profile,
        model,
        runUrl: ports.environment.runUrl,
      }),
    /** Replaces keys by new ones. */
    rotations: async (): Promise<Rotations> => {
      rotations ??= import('./rotation/rotations.ts').then(({ createRotations }) =>
        createRotations(ports, { fal, adminKeys, keyAccess, store, test }),
      );
      return rotations;
    },
    /** Why fal refuses keys. */
    lockDoctor: async () =>
      (await import('./lock-doctor/lock-doctor.ts')).createLockDoctor(ports, {
        sessions,
        accounts,
        store,
        test,
      }),
    /** An account's balance as it was read last; cheap, and loads nothing. */
    knownBalance: (accountId: string): Balance | null => ports.state.balances.get(accountId),
    /** Rotations that haven't ended, as the database has them; cheap, and loads nothing. */
    activeRotations: (): Rotation[] => ports.state.rotations.active(),
    /** Resolves when the fal CLI's file has followed the current profile, if it does, or a warning has said why not. */
    followCurrent: () => follow.catchUp(),
    /** Whether a rotation, a temporary key, an interrupted sign-out or the fal CLI's file may wait for somebody; cheap, and loads nothing. */
    anyDue: (): boolean =>
      follow.isDue() ||
      ports.state.rotations.active().length > 0 ||
      temporaryKeys.anyDue() ||
      identities.anyInterrupted() ||
      leftOver.any(),
    /** Finds copies of keys in files and git histories, and removes them. */
    find: async () => (await import('./find/find.ts')).createFind(ports),
    /** Searches what the next commit of the repository around a folder adds or changes. @throws as findStaged */
    findStaged: async (folder: string, work: FindWork) =>
      (await import('./find/staged.ts')).findStaged(ports, folder, work),
    exports: createExports(ports),
    activity,
    settings: createSettings(ports, activity),
    /** Finishes what a process that died left half done; cheap when there is nothing. */
    recover: () => store.recover(),
    /** Deletes what this vault still has of what was deleted while the other one was in use. @throws as LeftOver.finish */
    deleteLeftOver: () => leftOver.finish(),
    /** Compares the vault, the index and fal. @throws VarvelError `vault_*`, as KeyList.list for the account */
    compareKeys: async (account: string | null, signal?: AbortSignal): Promise<KeyComparison> =>
      (await import('./keys/compare-keys.ts')).compareKeys({ store, keyList, test }, account, signal),
    /** Compares the vault with the index; for `varvel doctor`. */
    reconcile: () => store.reconcile(),
    /** @throws VarvelError `vault_*` when secrets can't be read; changes nothing */
    checkVault: () => ports.secrets.check(),
    /** Forgets what opened the passphrase vault. */
    lockVault: (): void => ports.secrets.lock?.(),
    /** The vault that was chosen; null is the usual one. */
    chosenVault: (): VaultKind | null => chosenVault(ports.state),
    /** Uses another vault from the next start on. */
    chooseVault: (kind: VaultKind | null): void => chooseVault(ports.state, kind),
    /** The vault in use is lost: nothing of it is expected any more. */
    giveUpVault: (): void => giveUpVault(ports),
    /** Makes sure that a secret could be stored now; sets the vault up on first use. */
    prepareVault: () => ports.secrets.prepare(),
    /** Whether fal's servers answer; for `varvel doctor`. */
    reachServers: async () =>
      (await import('./fal/reach.ts')).reachServers(ports.environment, ports.http, ports.clock),
    /** How often each topic has changed; see State. */
    topics: () => ports.state.topics(),
    /** Closes the database, after pending writes. */
    close: (): void | Promise<void> => {
      const pending = follow.pending();
      return pending ? pending.then(() => ports.state.close()) : ports.state.close();
    },
  };
}
