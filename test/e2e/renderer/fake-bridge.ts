import type { Answer, Bridge } from '../../../contract/bridge.ts';
import type { EventName, EventPayload } from '../../../contract/events.ts';
import { type Input, type MethodName, methods, type Output } from '../../../contract/methods.ts';
import type {
  Activity,
  Identity,
  Key,
  Problem,
  Profile,
  Settings,
  Start,
  Vault,
  Verdict,
} from '../../../contract/rows.ts';
import {
  accounts,
  asProfile,
  canary,
  drafts,
  type FakeKey,
  keyId,
  manyProfiles,
  people,
  seedKeys,
} from './fake-people.ts';

export interface FakeOptions {
  face?: Start['face'];
  platform?: string;
  environment?: string;
  /** Nobody, nothing. */
  firstRun?: boolean;
  /** So many profiles instead of the usual ones. */
  profiles?: number;
  lastConnection?: string | null;
  vault?: Vault;
  settings?: Partial<Settings>;
  /** How long an answer takes, in ms. */
  latency?: number;
  /** How long a person takes in the browser, in ms; never without. */
  signInAfter?: number;
  /** How long one key's test takes, in ms. */
  testTime?: number;
  /** Methods that fail from the beginning. */
  failures?: Partial<Record<MethodName, Problem>>;
}

/** The bridge, in memory, and what a test can do to it. */
export interface FakeWorld {
  bridge: Bridge;
  /** From now on the method fails so; null ends it. */
  fail: (method: MethodName, problem: Problem | null) => void;
  emit: <Name extends EventName>(name: Name, payload: EventPayload<Name>) => void;
  /** Switches as another process does. */
  switchElsewhere: (name: string) => void;
  /** Silently: as a keychain that locks by itself. */
  setVault: (vault: Vault, silently?: boolean) => void;
  /** Keeps the next key that is made out of the vault. */
  failNextStore: () => void;
  traffic: { method: string; input: unknown; answer: unknown }[];
  clipboard: () => string;
}

class Refusal extends Error {
  readonly problem: Problem;
  constructor(code: string, message: string, hint: string) {
    super(message);
    this.problem = { code, message, hint };
  }
}

const minute = 60_000;

export function createFakeWorld(options: FakeOptions = {}): FakeWorld {
  const now = (): number => Date.now();
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  const failures = new Map<string, Problem>(Object.entries(options.failures ?? {}));
  const traffic: FakeWorld['traffic'] = [];
  const running = new Map<string, AbortController>();
  let clipboard = `${keyId(900)}:${canary}`;
  let storeFails = false;
  let made = 500;

  let keys: FakeKey[] = [];
  let profiles: Omit<Profile, 'scope' | 'verdict'>[] = [];
  let identities: Identity[] = [];
  let current: string | null = null;
  let activity: Activity[] = [];
  let environment = options.environment ?? 'sandbox';
  let vault: Vault = options.vault ?? { kind: 'keychain', problem: null };
  let settings: Settings = {
    theme: 'system',
    clipboardSeconds: 45,
    startAtLogin: false,
    ...options.settings,
  };
  if (options.face === 'web') settings.startAtLogin = null;
  let lastConnection = options.lastConnection ?? null;
  let heardAccounts = false;

  const verdictOf = (key: FakeKey, testedAt = now()): Verdict => {
    const locked = accounts.find(({ id }) => id === key.account?.id)?.lockReason ?? null;
    const kind = !key.atFal ? 'invalid' : locked !== null ? 'locked' : 'valid';
    const words = {
      invalid: ['fal does not know this key.', 'Make a new one with `varvel keys create`.'],
      locked: [locked ?? '', 'Top up the account’s balance.'],
      valid: [key.scope === 'ADMIN' ? 'Works, with all rights.' : 'Works for calling models.', ''],
    }[kind];
    return {
      kind,
      scope: kind === 'invalid' ? null : key.scope,
      account: kind === 'invalid' ? null : key.account,
      latencyMs: 84,
      message: words[0] ?? '',
      next: words[1] ?? '',
      testedAt,
    };
  };

  function fill(): void {
    keys = seedKeys(now());
    profiles = [];
    identities = [];
    activity = [];
    current = null;
    heardAccounts = false;
    if (options.firstRun) return;
    const ada = people[0];
    if (ada) identities = [asIdentity(ada, 'github')];
    const wanted = options.profiles;
    profiles =
      wanted === undefined ? drafts.map((draft) => asProfile(draft, keys)) : manyProfiles(wanted, keys);
    const used = new Set(profiles.map((profile) => profile.keyId));
    for (const [index, key] of keys.entries()) {
      if (!used.has(key.id)) continue;
      key.stored = true;
      if (index % 4 !== 1) key.verdict = verdictOf(key, now() - index * index * 3 * minute);
    }
    keys.push({
      id: keyId(77),
      alias: 'old-laptop',
      scope: 'API',
      account: { id: 'user-ada', nickname: 'ada' },
      createdAt: now() - 400 * 24 * 60 * minute,
      stored: true,
      atFal: false,
      verdict: null,
    });
    current = profiles[0]?.name ?? null;
    heardAccounts = true;
    lastConnection ??= 'github';
    for (let index = 60; index > 0; index--) {
      const profile = profiles[index % Math.max(1, Math.min(profiles.length, 7))];
      log((['switched', 'key_tested', 'exported', 'ran', 'key_revealed'] as const)[index % 5] ?? 'ran', {
        profile: index % 5 === 1 ? null : (profile?.name ?? null),
        keyId: profile?.keyId ?? null,
        account: profile?.account?.nickname ?? null,
        detail: index % 5 === 3 ? 'npm run dev' : '',
        at: now() - index * index * 2 * minute,
      });
    }
  }

  const asIdentity = (person: (typeof people)[number], connection: string): Identity => ({
    id: person.id,
    name: person.name,
    email: person.email,
    connection,
    signedIn: true,
    signedInAt: now(),
  });

  function log(kind: string, about: Partial<Activity> = {}): void {
    activity.unshift({
      at: now(),
      kind,
      identityId: null,
      account: null,
      keyId: null,
      profile: null,
      detail: '',
      ...about,
    });
  }

  function emit(name: string, payload: unknown): void {
    for (const listener of listeners.get(name) ?? []) listener(structuredClone(payload));
  }

  const changed = (...topics: EventPayload<'changed'>['topics']): void =>
    void setTimeout(() => emit('changed', { topics: [...topics, 'activity'] }), 5);

  const keyRow = (key: FakeKey, asked: boolean): Key => {
    const { atFal, ...rest } = key;
    return {
      ...rest,
      remote: asked ? atFal : null,
      profiles: profiles.filter((profile) => profile.keyId === key.id).map(({ name }) => name),
    };
  };

  const keyOf = (id: string): FakeKey => {
    const key = keys.find((each) => each.id === id);
    if (!key) throw new Refusal('not_found', `No key matches “${id}”.`, 'Refresh the list.');
    return key;
  };
  const profileOf = (name: string) => {
    const profile = profiles.find((each) => each.name === name);
    if (!profile)
      throw new Refusal('not_found', `There is no profile “${name}”.`, 'It may have been renamed.');
    return profile;
  };
  const profileRow = (profile: (typeof profiles)[number], byId: Map<string, FakeKey>): Profile => {
    const key = profile.keyId === null ? undefined : byId.get(profile.keyId);
    return { ...profile, scope: key?.scope ?? null, verdict: key?.verdict ?? null };
  };
  const rows = (): Profile[] => {
    const byId = new Map(keys.map((key) => [key.id, key]));
    return profiles.map((profile) => profileRow(profile, byId));
  };
  const needVault = (): void => {
    if (vault.problem) throw new Refusal(vault.problem.code, vault.problem.message, vault.problem.hint);
  };
  const reached = () =>
    accounts.flatMap(({ members, balance: _, ...account }) =>
      identities
        .filter(({ id, signedIn }) => signedIn && members.includes(id))
        .map(({ id }) => ({ ...account, identityId: id })),
    );
  const needSomebody = (): void => {
    if (reached().length > 0) return;
    throw new Refusal('not_signed_in', 'Nobody is signed in.', 'Sign in with `varvel login`.');
  };

  function wait(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = (): void => reject(new Refusal('cancelled', 'It was cancelled.', 'Begin again.'));
      if (signal?.aborted) return stop();
      const timer = setTimeout(resolve, ms);
      signal?.addEventListener('abort', () => {
        clearTimeout(timer);
        stop();
      });
    });
  }

  async function work<Result>(run: string, doIt: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const controller = new AbortController();
    running.set(run, controller);
    try {
      return await doIt(controller.signal);
    } finally {
      running.delete(run);
    }
  }

  function pointAt(name: string, key: FakeKey): void {
    const there = profiles.find((profile) => profile.name === name);
    if (there) Object.assign(there, { keyId: key.id, account: key.account });
    else profiles.push({ name, account: key.account, keyId: key.id, host: null, color: 'brass', note: null });
  }

  function apply(profile: (typeof profiles)[number], change: Input<'profiles.create'>['change']) {
    const before = profile.account;
    if (change.host !== undefined) profile.host = change.host;
    if (change.color !== undefined) profile.color = change.color;
    if (change.note !== undefined) profile.note = change.note;
    if (change.keyId !== undefined) profile.keyId = change.keyId;
    if (change.accountId !== undefined) {
      const account = accounts.find(({ id }) => id === change.accountId);
      profile.account = account ? { id: account.id, nickname: account.nickname } : null;
    }
    const owner = profile.keyId === null ? null : keyOf(profile.keyId).account;
    if (owner) profile.account = owner;
    if (!before || !owner || before.id === owner.id) return null;
    return { from: before.nickname, to: owner.nickname };
  }

  async function add(
    text: string,
    alias: string | null,
    profile: string | null,
  ): Promise<Output<'keys.add'>> {
    needVault();
    const [id, secret] = text.trim().split(':');
    if (!id || !secret) {
      throw new Refusal(
        'invalid',
        'That is not a fal key: it has no colon.',
        'A key looks like KEY_ID:KEY_SECRET.',
      );
    }
    const already = keys.find((key) => key.id === id && key.stored);
    let key = already ?? keys.find((each) => each.id === id);
    if (!key) {
      key = {
        id,
        alias,
        scope: 'API',
        account: { id: 'user-ada', nickname: 'ada' },
        createdAt: null,
        stored: true,
        atFal: true,
        verdict: null,
      };
      keys.push(key);
    }
    key.stored = true;
    key.verdict = verdictOf(key);
    if (profile !== null) pointAt(profile, key);
    log('key_added', { keyId: id });
    changed('keys', 'profiles');
    return { key: keyRow(key, false), already: Boolean(already), unusual: false, verdict: key.verdict };
  }

  function forget(id: string): string[] {
    const bereft = profiles.filter((profile) => profile.keyId === id);
    for (const profile of bereft) profile.keyId = null;
    return bereft.map(({ name }) => name);
  }

  type Handlers = { [Name in MethodName]: (input: Input<Name>) => Output<Name> | Promise<Output<Name>> };

  const handlers: Handlers = {
    'app.start': () => ({
      version: '0.1.0',
      face: options.face ?? 'desktop',
      platform: options.platform ?? 'linux',
      environment: {
        name: environment,
        flows: environment === 'sandbox' ? ['loopback', 'device'] : ['device'],
      },
      lastConnection,
      vault,
    }),
    'app.openPage': () => null,
    'app.quit': () => null,
    'app.setEnvironment': ({ name }) => {
      environment = name;
      fill();
      setTimeout(() => emit('environment', { name }), 5);
      return null;
    },
    'vault.look': () => vault,
    'vault.unlock': ({ passphrase }) => {
      if (passphrase !== 'open sesame') {
        throw new Refusal(
          'wrong_passphrase',
          'That is not the passphrase.',
          'Try again; nothing was changed.',
        );
      }
      vault = { ...vault, problem: null };
      changed('vault');
      return vault;
    },
    'settings.read': () => settings,
    'settings.change': (change) => {
      const { theme = settings.theme, clipboardSeconds = settings.clipboardSeconds } = change;
      const { startAtLogin = settings.startAtLogin } = change;
      settings = { theme, clipboardSeconds, startAtLogin };
      changed('settings');
      return settings;
    },
    'identities.list': () => identities,
    'identities.signIn': ({ run, connection, flow }) =>
      work(run, async (signal) => {
        await wait(60, signal);
        const device = flow !== 'loopback';
        const url = 'https://auth.example.com/device?user_code=WDJB-MJHT&connection=github';
        emit('signIn', {
          run,
          step: device ? 'confirm_code' : 'open_page',
          userCode: device ? 'WDJB-MJHT' : null,
          url,
          opened: true,
        });
        await wait(options.signInAfter ?? 3_600_000, signal);
        const person = people.find(({ connections }) => connections.includes(connection ?? 'github'));
        if (!person)
          throw new Refusal('refused', `Nobody can sign in by ${connection}.`, 'Check the domain.');
        const twin = identities.find(({ id, email }) => id !== person.id && email === person.email);
        const identity = asIdentity(person, connection ?? 'github');
        identities = [...identities.filter(({ id }) => id !== person.id), identity];
        lastConnection = connection;
        log('signed_in', { identityId: identity.id, detail: `${identity.email} by ${connection}` });
        changed('accounts');
        const warning = twin
          ? `${person.email} is also signed in by ${twin.connection}. For fal these are two users: SSO never shares accounts or keys with GitHub or Google, even with the same e-mail.`
          : null;
        return { identity, warning };
      }),
    'identities.signOut': ({ id }) => {
      identities = identities.filter((identity) => identity.id !== id);
      log('signed_out', { identityId: id });
      changed('accounts');
      return { revoked: true, reason: null };
    },
    'accounts.list': () => (heardAccounts ? reached() : []),
    'accounts.refresh': () => {
      needSomebody();
      heardAccounts = true;
      changed('accounts');
      return { accounts: reached(), problems: [] };
    },
    'accounts.balance': ({ accountId }) => ({
      balance: accounts.find(({ id }) => id === accountId)?.balance ?? null,
    }),
    'keys.list': () => keys.filter(({ stored }) => stored).map((key) => keyRow(key, false)),
    'keys.refresh': () => {
      needSomebody();
      const ids = new Set(reached().map(({ id }) => id));
      const seen = keys.filter((key) => key.stored || (key.atFal && ids.has(key.account?.id ?? '')));
      return { keys: seen.map((key) => keyRow(key, ids.has(key.account?.id ?? ''))), problems: [] };
    },
    'keys.create': ({ alias, scope, accountId, profile }) => {
      needVault();
      needSomebody();
      const account = accounts.find(({ id }) => id === accountId);
      if (!account) throw new Refusal('not_found', 'There is no such account.', 'Refresh the accounts.');
      if (account.lockReason !== null) {
        throw new Refusal('locked', account.lockReason, 'Top up the account’s balance.');
      }
      const key: FakeKey = {
        id: keyId(made++),
        alias,
        scope,
        account: { id: account.id, nickname: account.nickname },
        createdAt: now(),
        stored: !storeFails,
        atFal: true,
        verdict: null,
      };
      keys.push(key);
      if (storeFails) {
        storeFails = false;
        const message = 'The keychain stopped answering.';
        return {
          outcome: 'not_stored',
          key: keyRow(key, true),
          secret: `${key.id}:${canary}`,
          message,
          hint: 'Unlock it.',
        };
      }
      if (profile !== null) pointAt(profile, key);
      log('key_created', { keyId: key.id, account: account.nickname, detail: `${scope} ${alias}` });
      changed('keys');
      return { outcome: 'stored', key: keyRow(key, true), profile };
    },
    'keys.add': ({ text, alias, profile }) => add(text, alias, profile),
    'keys.addFromClipboard': ({ alias, profile }) => add(clipboard, alias, profile),
    'keys.copy': ({ id }) => {
      needVault();
      clipboard = `${keyOf(id).id}:${canary}`;
      return { seconds: settings.clipboardSeconds };
    },
    'keys.reveal': ({ id }) => {
      needVault();
      log('key_revealed', { keyId: id });
      changed();
      return { key: `${keyOf(id).id}:${canary}` };
    },
    'keys.test': ({ run, ids }) =>
      work(run, async (signal) => {
        needVault();
        const tested = keys.filter((key) => key.stored && (ids === null || ids.includes(key.id)));
        const results: { keyId: string; verdict: Verdict }[] = [];
        for (const key of tested) {
          await wait(options.testTime ?? 120, signal);
          const verdict = verdictOf(key);
          key.verdict = verdict;
          results.push({ keyId: key.id, verdict });
          log('key_tested', { keyId: key.id, account: key.account?.nickname ?? null, detail: verdict.kind });
          emit('tested', { run, keyId: key.id, verdict, done: results.length, total: tested.length });
          changed('keys');
        }
        return results;
      }),
    'keys.price': () => ({ amount: 0.003, currency: 'USD', unit: 'megapixels' }),
    'keys.generate': ({ run, id }) =>
      work(run, async (signal) => {
        needVault();
        await wait(400, signal);
        const key = keyOf(id);
        key.verdict = {
          ...verdictOf(key),
          ...(key.atFal && {
            message: verdictOf(key).kind === 'valid' ? 'Made a picture.' : exhaustedWords(key),
          }),
        };
        changed('keys');
        return { verdict: key.verdict, picture: key.verdict.kind === 'valid' ? picture() : null };
      }),
    'keys.revoke': ({ id }) => {
      needSomebody();
      const key = keyOf(id);
      const wasAtFal = key.atFal;
      keys = keys.filter((each) => each.id !== id);
      log('key_revoked', { keyId: id, account: key.account?.nickname ?? null, detail: key.alias ?? '' });
      changed('keys', 'profiles');
      return { profiles: forget(id), wasAtFal };
    },
    'keys.forget': ({ id }) => {
      const key = keyOf(id);
      key.stored = false;
      if (!key.atFal) keys = keys.filter((each) => each.id !== id);
      log('key_forgotten', { keyId: id });
      changed('keys', 'profiles');
      return { profiles: forget(id) };
    },
    'profiles.list': () => ({ current, profiles: rows() }),
    'profiles.read': ({ name }) => profileRow(profileOf(name), new Map(keys.map((key) => [key.id, key]))),
    'profiles.create': ({ name, change }) => {
      if (profiles.some((profile) => profile.name === name)) {
        throw new Refusal('conflict', `A profile “${name}” is already there.`, 'Choose another name.');
      }
      const profile = { name, account: null, keyId: null, host: null, color: 'brass', note: null };
      const followed = apply(profile, change);
      profiles.push(profile);
      profiles.sort((a, b) => a.name.localeCompare(b.name));
      log('profile_created', { profile: name });
      changed('profiles');
      return { followed };
    },
    'profiles.change': ({ name, change }) => {
      const followed = apply(profileOf(name), change);
      log('profile_changed', { profile: name, detail: Object.keys(change).join(', ') });
      changed('profiles');
      return { followed };
    },
    'profiles.rename': ({ from, to }) => {
      const profile = profileOf(from);
      if (profiles.some((each) => each.name === to)) {
        throw new Refusal('conflict', `A profile “${to}” is already there.`, 'Choose another name.');
      }
      profile.name = to;
      if (current === from) current = to;
      log('profile_renamed', { profile: to, detail: `was ${from}` });
      changed('profiles');
      return null;
    },
    'profiles.delete': ({ name }) => {
      profileOf(name);
      profiles = profiles.filter((profile) => profile.name !== name);
      const wasCurrent = current === name;
      if (wasCurrent) current = null;
      log('profile_deleted', { profile: name, detail: wasCurrent ? 'was current' : '' });
      changed('profiles');
      return { wasCurrent };
    },
    'profiles.switch': ({ name }) => {
      if (name !== null) profileOf(name);
      current = name;
      log('switched', { profile: name, detail: name === null ? 'to none' : '' });
      changed('profiles');
      return null;
    },
    'profiles.copyExport': ({ name, shell }) => {
      needVault();
      profileOf(name);
      clipboard = shell === 'fish' ? 'varvel env | source' : 'eval "$(varvel env)"';
      log('exported', { profile: name });
      changed();
      return { seconds: settings.clipboardSeconds };
    },
    'activity.list': ({ sinceMs, keyId: only, limit }) =>
      activity
        .filter(
          (entry) => (sinceMs === null || entry.at >= sinceMs) && (only === null || entry.keyId === only),
        )
        .slice(0, limit),
    'work.cancel': ({ run }) => {
      running.get(run)?.abort();
      return null;
    },
  };

  async function answer<Name extends MethodName>(method: Name, input: unknown): Promise<Answer> {
    try {
      if (options.latency) await wait(options.latency);
      const failure = failures.get(method);
      if (failure) return { error: failure };
      const schemas: { [Each in MethodName]: { input: { parse: (given: unknown) => Input<Each> } } } =
        methods;
      return { ok: structuredClone(await handlers[method](schemas[method].input.parse(input))) };
    } catch (error) {
      if (error instanceof Refusal) return { error: error.problem };
      console.error('The fake bridge failed', method, error);
      return { error: { code: 'invalid', message: 'The call is not of the contract.', hint: String(error) } };
    }
  }

  fill();
  return {
    bridge: {
      async call(method, input) {
        const known = Object.keys(methods).find((each): each is MethodName => each === method);
        const given = known
          ? await answer(known, input)
          : { error: { code: 'invalid', message: `There is no ${method}.`, hint: '' } };
        traffic.push({ method, input, answer: given });
        return given;
      },
      on(event, listener) {
        const all = listeners.get(event) ?? new Set();
        listeners.set(event, all.add(listener));
        return () => void all.delete(listener);
      },
    },
    fail: (method, problem) => void (problem ? failures.set(method, problem) : failures.delete(method)),
    emit,
    switchElsewhere: (name) => {
      current = name;
      changed('profiles');
    },
    setVault: (next, silently = false) => {
      vault = next;
      if (!silently) changed('vault');
    },
    failNextStore: () => {
      storeFails = true;
    },
    traffic,
    clipboard: () => clipboard,
  };
}

const exhaustedWords = (key: FakeKey): string =>
  accounts.find(({ id }) => id === key.account?.id)?.lockReason ?? 'Made a picture.';

/** A picture of a few pixels, drawn where the page runs. */
function picture(): string {
  const canvas = document.createElement('canvas');
  canvas.width = 512;
  canvas.height = 384;
  const pen = canvas.getContext('2d');
  if (pen) {
    const sky = pen.createLinearGradient(0, 0, 0, 384);
    sky.addColorStop(0, '#27364a');
    sky.addColorStop(1, '#e2b65f');
    pen.fillStyle = sky;
    pen.fillRect(0, 0, 512, 384);
    pen.lineWidth = 34;
    pen.strokeStyle = '#8a5d0c';
    pen.beginPath();
    pen.arc(256, 200, 92, 0, Math.PI * 2);
    pen.stroke();
  }
  return canvas.toDataURL('image/png');
}
