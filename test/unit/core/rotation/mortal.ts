import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createExports } from '../../../../core/exports/exports.ts';
import { createAdminKeys } from '../../../../core/keys/admin-keys.ts';
import type { KeyAccess, KeyManager } from '../../../../core/keys/key-access.ts';
import { createKeyStore } from '../../../../core/keys/key-store.ts';
import { createKeyTest } from '../../../../core/keys/key-test.ts';
import { VarvelError } from '../../../../core/model/error.ts';
import { joinKey, type Scope } from '../../../../core/model/fal/key.ts';
import type { GitState } from '../../../../core/model/machine/git-state.ts';
import type { Ports, SecretStore } from '../../../../core/ports.ts';
import { createRotations } from '../../../../core/rotation/rotations.ts';
import { createFiles } from '../../../../platform/files/files.ts';
import { createDyingProcess } from '../dying-process.ts';
import { clientsOf, createWorld } from '../world.ts';

const ada = { id: 'u1', nickname: 'ada' };
export const original = '# mine\nPORT=1\n';

/**
 * A rotation's world, in which the process can die before or after any call that leaves it: to fal, to the vault, to the
 * disk.
 */
export function createMortal() {
  const world = createWorld();
  const folder = mkdtempSync(join(tmpdir(), 'varvel-mortal-'));
  const atFal = new Map<string, { secret: string; alias: string }>();
  const dead: string[] = [];
  let made = 0;
  let busy: number[] = [];
  const { leaving: mortal, during } = createDyingProcess();
  /** How it answers; whether all keys are ADMIN keys; calls of the account's other keys are counted this late, in milliseconds. */
  const falIs = { busy: false, lateMs: 0, admin: false };
  const adminIs = { of: ada };
  const scopes: Scope[] = ['API', 'ADMIN'];
  /** Keys of another account are in no list here, and fal answers 204 for them. */
  const manages = { scopes, others: new Set<string>() };
  const manager: KeyManager = {
    account: ada,
    identityId: 'i',
    lists: (scope) => manages.scopes.includes(scope),
    list: () =>
      mortal(() =>
        [...atFal]
          .filter(([id]) => !manages.others.has(id))
          .map(([id, { alias }]) => ({
            id,
            alias,
            scope: 'API' as const,
            account: ada,
            createdAt: 1,
          })),
      ),
    create: (alias) =>
      mortal(() => {
        const parts = { id: `key-${++made}`, secret: `secret-${made}-end` };
        atFal.set(parts.id, { secret: parts.secret, alias });
        return parts;
      }),
    revoke: (keyId) =>
      mortal(() => {
        if (!manages.others.has(keyId)) atFal.delete(keyId);
        checkConsumers();
      }),
  };
  const keyAccess: KeyAccess = {
    adminOnly: () => [],
    for: () => manager,
    find: async () => manager,
    all: async () => ({ managers: [manager], problems: [] }),
  };
  const { secrets: memory } = world;
  const secrets: SecretStore = {
    ...memory,
    get: (name) => mortal(() => memory.get(name)),
    set: (name, value) => mortal(() => memory.set(name, value)),
    delete: (name) => mortal(() => memory.delete(name)),
  };
  /** The keys whose storing was begun and never ended: what recover finds, in the next process. */
  const halfStored = new Map<number, string>();
  const { intents } = world.state;
  const { begin, end } = intents;
  intents.begin = (intent) => {
    const id = begin(intent);
    if (intent.kind === 'store_key') halfStored.set(id, intent.key.id);
    return id;
  };
  intents.end = (id) => {
    end(id);
    halfStored.delete(id);
  };
  const plainFiles = createFiles(world.locks, world.state.temporaryFiles);
  const git: { state: GitState } = { state: 'none' };
  const ports: Ports = {
    ...world,
    secrets,
    files: {
      ...plainFiles,
      patch: (...args) => mortal(() => plainFiles.patch(...args)),
    },
    git: { state: async () => git.state },
    github: {
      ...world.github,
      setSecret: (...args) => mortal(() => world.github.setSecret(...args)),
    },
    falConfigPath: join(folder, 'config.toml'),
    startUpFiles: { look: async () => ({ shells: [], sets: [], command: null }) },
    toolFiles: { read: async () => [] },
  } as Partial<Ports> as Ports;
  const fal = clientsOf({
    platform: {
      price: (_, key) =>
        mortal(() => {
          if (falIs.busy) throw new VarvelError('rate_limited', 'Too many requests.', '');
          if (atFal.get(key.id)?.secret === key.secret) return null;
          throw new VarvelError('unauthorized', 'No user found.', '');
        }),
      isAdmin: async () => falIs.admin,
      busyMinutes: async (keyId, since) => {
        const minutes = keyId === 'key-1' ? busy : keyId === null ? [world.clock.now() - falIs.lateMs] : [];
        return minutes.filter((at) => at >= since);
      },
    },
    rest: {
      checkLock: async () => undefined,
      accountOf: async (by) => (by.kind === 'key' && by.key.id === 'admin' ? adminIs.of : ada),
    },
  });
  const store = createKeyStore(ports);
  const rotations = () =>
    createRotations(ports, {
      fal,
      adminKeys: createAdminKeys(ports, fal, store),
      keyAccess,
      store,
      test: createKeyTest(ports, fal, store),
    });
  const file = join(folder, '.env');
  const config = ports.falConfigPath ?? '';

  const keyIn = (path: string, pattern: RegExp) => readFileSync(path, 'utf8').match(pattern)?.[1] ?? '';
  const works = (key: string) => [...atFal].some(([id, { secret }]) => joinKey({ id, secret }) === key);

  /** Every consumer holds a key that fal knows. */
  function checkConsumers(): void {
    const profile = world.state.profiles.get('staging')?.keyId ?? '';
    const held = [
      keyIn(file, /FAL_KEY=(\S+)/),
      keyIn(config, /key = "([^"]+)"/),
      ...world.github.held.values(),
    ];
    if (!atFal.has(profile)) dead.push(`profile ${profile}`);
    for (const key of held) if (!works(key)) dead.push(key);
  }

  return {
    world,
    ports,
    atFal,
    /** The ids of the keys that the consumers have. */
    held: () => ({
      profile: world.state.profiles.get('staging')?.keyId ?? null,
      file: keyIn(file, /FAL_KEY=([^:]+)/),
      falcli: keyIn(config, /key = "([^:"]+)/),
      github: [...world.github.held.values()][0]?.split(':')[0] ?? null,
    }),
    dead,
    /** What git says of every file. */
    git,
    /** Which keys can be managed here. */
    manages,
    /** fal tells nobody whether a key works. */
    falIs,
    /** The account that fal says the ADMIN key is of. */
    adminIs,
    file,
    checkConsumers,
    rotations,
    store,
    /** When fal saw the first key. An ADMIN key of the account is here from now on. */
    async usedAt(minutes: number[]) {
      busy = minutes;
      const admin = { id: 'admin', secret: 'secret-admin' };
      await store.store({ id: 'admin', alias: null, scope: 'ADMIN', account: ada, createdAt: 1 }, admin);
    },
    async prepare() {
      const parts = await manager.create('bots', 'API');
      await store.store({ id: parts.id, alias: 'bots', scope: 'API', account: ada, createdAt: 1 }, parts);
      world.state.profiles.put({
        name: 'staging',
        account: ada,
        keyId: parts.id,
        host: null,
        color: 'teal',
        note: null,
      });
      writeFileSync(file, original);
      writeFileSync(config, `[staging]\nkey = "${joinKey(parts)}" # bots\n`);
      const profile = world.state.profiles.get('staging');
      if (!profile) throw new Error('no profile');
      const target = await createExports(ports).open(file);
      await (await target.plan({ profile, format: null, variable: null })).write();
      const github = await createExports(ports).github();
      await github.set(profile, { repository: 'acme/shop', environment: null, variable: 'FAL_KEY' });
    },
    undo: async () => (await createExports(ports).open(file)).undo(null),
    /** The keys that recover would find in the vault. */
    halfStored: () => [...halfStored.values()],
    /** As a dying process does, and then sees what the consumers have. */
    async during(...args: Parameters<typeof during>): Promise<void> {
      await during(...args);
      // the next process; intents of a dead one are what recover finds, and here all are of this one
      checkConsumers();
    },
    [Symbol.dispose]() {
      world[Symbol.dispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
