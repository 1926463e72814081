import type { EventPayload } from '../../../../contract/events.ts';
import type { Input, MethodName, Output } from '../../../../contract/methods.ts';
import type {
  Activity,
  Identity,
  InStep,
  Key,
  Problem,
  Profile,
  Settings,
  Start,
  Vault,
  Verdict,
} from '../../../../contract/rows.ts';
import { accounts, canary, type FakeKey, keyId } from '../fake-people.ts';

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
  /** How much longer all profiles take than the first of them, in ms. */
  restAfter?: number;
  /** How long a person takes in the browser, in ms; never without. */
  signInAfter?: number;
  /** How long after the identity is there the sign-in is answered, in ms. */
  signInAnswerAfter?: number;
  /** How long one key's test takes, in ms. */
  testTime?: number;
  falcli?: {
    /** Of fal's CLI; there and well without. */
    file?: 'missing' | 'malformed';
    /** So many profiles more than the usual ones. */
    profiles?: number;
    inStep?: InStep;
  };
  /** Shells don't find varvel. */
  noCommand?: boolean;
  /** What the person chooses in the system's dialog for a path; without, they close it. */
  chosenPath?: string;
  /** Methods that fail from the beginning. */
  failures?: Partial<Record<MethodName, Problem>>;
}

/** Answers of the methods of one subject. */
export type FakeHandlers<Subject extends string> = {
  [Name in Extract<MethodName, `${Subject}.${string}`>]: (
    input: Input<Name>,
  ) => Output<Name> | Promise<Output<Name>>;
};

export class Refusal extends Error {
  readonly problem: Problem;
  constructor(code: string, message: string, hint: string) {
    super(message);
    this.problem = { code, message, hint };
  }
}

export type FakeProfile = Omit<Profile, 'scope' | 'verdict'>;

/** What the fake knows; every subject reads and changes it in place. */
export interface FakeState {
  keys: FakeKey[];
  profiles: FakeProfile[];
  identities: Identity[];
  current: string | null;
  activity: Activity[];
  environment: string;
  vault: Vault;
  settings: Settings;
  lastConnection: string | null;
  heardAccounts: boolean;
  clipboard: string;
  /** The next key that is made stays out of the vault. */
  storeFails: boolean;
}

export type Memory = ReturnType<typeof createMemory>;

/** What the fake knows, and what all its subjects do with it. */
export function createMemory(options: FakeOptions) {
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  const running = new Map<string, AbortController>();
  const settings: Settings = {
    theme: 'system',
    clipboardSeconds: 45,
    startAtLogin: options.face === 'web' ? null : false,
    ...options.settings,
  };
  const state: FakeState = {
    keys: [],
    profiles: [],
    identities: [],
    current: null,
    activity: [],
    environment: options.environment ?? 'sandbox',
    vault: options.vault ?? { kind: 'keychain', setUp: true, problem: null },
    settings,
    lastConnection: options.lastConnection ?? null,
    heardAccounts: false,
    clipboard: `${keyId(900)}:${canary}`,
    storeFails: false,
  };

  function emit(name: string, payload: unknown): void {
    for (const listener of listeners.get(name) ?? []) listener(structuredClone(payload));
  }

  function on(event: string, listener: (payload: unknown) => void): () => void {
    const all = listeners.get(event) ?? new Set();
    listeners.set(event, all.add(listener));
    return () => void all.delete(listener);
  }

  const changed = (...topics: EventPayload<'changed'>['topics']): void =>
    void setTimeout(() => emit('changed', { topics: [...topics, 'activity'] }), 5);

  function log(kind: string, about: Partial<Activity> = {}): void {
    state.activity.unshift({
      at: Date.now(),
      kind,
      identityId: null,
      account: null,
      keyId: null,
      profile: null,
      detail: '',
      ...about,
    });
  }

  function needVault(): void {
    const { problem } = state.vault;
    if (problem) throw new Refusal(problem.code, problem.message, problem.hint);
  }

  const reached = () =>
    accounts.flatMap(({ members, balance: _, ...account }) =>
      state.identities
        .filter(({ id, signedIn }) => signedIn && members.includes(id))
        .map(({ id }) => ({ ...account, identityId: id })),
    );

  function needSomebody(): void {
    if (reached().length > 0) return;
    throw new Refusal('not_signed_in', 'Nobody is signed in.', 'Sign in with `varvel login`.');
  }

  const keyOf = (id: string): FakeKey => {
    const key = state.keys.find((each) => each.id === id);
    if (!key) throw new Refusal('not_found', `No key matches “${id}”.`, 'Refresh the list.');
    return key;
  };

  const profileOf = (name: string): FakeProfile => {
    const profile = state.profiles.find((each) => each.name === name);
    if (!profile)
      throw new Refusal('not_found', `There is no profile “${name}”.`, 'It may have been renamed.');
    return profile;
  };

  const keyRow = (key: FakeKey, asked: boolean): Key => {
    const { atFal, ...rest } = key;
    return {
      ...rest,
      remote: asked ? atFal : null,
      profiles: state.profiles.filter((profile) => profile.keyId === key.id).map(({ name }) => name),
    };
  };

  async function work<Result>(run: string, doIt: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const controller = new AbortController();
    running.set(run, controller);
    try {
      return await doIt(controller.signal);
    } finally {
      running.delete(run);
    }
  }

  return {
    options,
    state,
    emit,
    on,
    changed,
    log,
    needVault,
    reached,
    needSomebody,
    keyOf,
    profileOf,
    keyRow,
    work,
    isRunning: (run: string) => running.has(run),
    cancel: (run: string) => running.get(run)?.abort(),
  };
}

export function wait(ms: number, signal?: AbortSignal): Promise<void> {
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

export const lockReasonOf = (key: FakeKey): string | null =>
  accounts.find(({ id }) => id === key.account?.id)?.lockReason ?? null;

/** What a test of the key finds. */
export function verdictOf(key: FakeKey, testedAt = Date.now()): Verdict {
  const locked = lockReasonOf(key);
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
}
