import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { accounts, seedKeys } from './accounts.ts';
import { writePrivately } from './private-files.ts';

const Scope = z.enum(['API', 'ADMIN']);

const Key = z.object({
  key_id: z.string(),
  key_secret: z.string(),
  alias: z.string(),
  scope: Scope,
  /** The account's user_id. */
  account: z.string(),
  created_at: z.string(),
  /** Id of the person who created it. */
  creator: z.string(),
});

const Call = z.object({
  id: z.string(),
  /** Milliseconds since 1970. */
  at: z.number(),
  account: z.string(),
  key_id: z.string(),
  /** The nickname of the member whose sign-in made it; absent for a call with a key. */
  login: z.optional(z.string()),
  endpoint_id: z.string(),
  quantity: z.number(),
});

const Picture = z.object({ prompt: z.string(), width: z.number(), height: z.number(), seed: z.number() });

/** An artifact of the OpenID provider: token, code, grant, interaction. Only the provider knows its other members. */
const Artifact = z.looseObject({
  exp: z.optional(z.number()),
  grantId: z.optional(z.string()),
  accountId: z.optional(z.string()),
  userCode: z.optional(z.string()),
  uid: z.optional(z.string()),
  consumed: z.optional(z.union([z.number(), z.boolean()])),
});

const State = z.object({
  version: z.literal(1),
  /** When this state was created, in milliseconds since 1970: the thirty days of usage end here. */
  seeded_at: z.number(),
  /** The provider's RS256 key pair as a JWK. Kept on a reset, since clients remember the public half. */
  signing_key: z.record(z.string(), z.string()),
  cookie_key: z.string(),
  keys: z.array(Key),
  /** The aliases of revoked keys, for usage reports. No secrets. */
  revoked: z.record(z.string(), z.object({ alias: z.string(), account: z.string() })),
  /** Lock reasons by user_id. */
  locks: z.record(z.string(), z.string()),
  /** Lock reasons by key_id: spending limits of single keys. A state of before has none. */
  key_locks: z._default(z.record(z.string(), z.string()), {}),
  /** Lock reasons by `user_id person`: spending limits of members. */
  member_locks: z._default(z.record(z.string(), z.string()), {}),
  /** US dollars by user_id. */
  balances: z.record(z.string(), z.number()),
  /** What the Platform API says instead, by user_id, where its balance contradicts the other one. */
  credits: z._default(z.record(z.string(), z.number()), {}),
  /** The balances of before a lock, by user_id; an unlock brings them back. */
  before_lock: z._default(z.record(z.string(), z.number()), {}),
  calls: z.array(Call),
  pictures: z.record(z.string(), Picture),
  /** Signed-in people, by the browser's cookie value. */
  sessions: z.record(z.string(), z.object({ person: z.string(), connection: z.string() })),
  artifacts: z.record(z.string(), z.record(z.string(), Artifact)),
  /** What an Idempotency-Key has created, by `user_id key`. */
  idempotency: z.record(z.string(), z.object({ alias: z.string(), key_id: z.string() })),
});

export type KeyScope = z.infer<typeof Scope>;
export type FalKey = z.infer<typeof Key>;
export type ModelCall = z.infer<typeof Call>;
export type Picture = z.infer<typeof Picture>;
export type Artifact = z.infer<typeof Artifact>;
export type SandboxState = z.infer<typeof State>;
export type SigningKey = SandboxState['signing_key'];

const day = 24 * 60 * 60 * 1000;

const freshState = (signingKey: SigningKey): SandboxState => {
  const now = Date.now();
  return {
    version: 1,
    seeded_at: now,
    signing_key: signingKey,
    cookie_key: randomBytes(32).toString('base64url'),
    keys: seedKeys.map(({ key_id, alias, scope, account, age }) => ({
      key_id,
      key_secret: randomBytes(16).toString('hex'),
      alias,
      scope,
      account: account.user_id,
      created_at: new Date(now - age * day).toISOString(),
      creator: account.members[0] ?? 'ada',
    })),
    revoked: {},
    locks: Object.fromEntries(
      accounts.flatMap(({ user_id, lock }) => (lock === undefined ? [] : [[user_id, lock]])),
    ),
    key_locks: {},
    member_locks: {},
    credits: {},
    before_lock: {},
    balances: Object.fromEntries(accounts.map(({ user_id, balance }) => [user_id, balance])),
    calls: [],
    pictures: {},
    sessions: {},
    artifacts: {},
    idempotency: {},
  };
};

/** The sandbox's memory: read it as it stands, change it through `change`, and it is on disk when that returns. */
export interface Store {
  readonly state: SandboxState;
  /** Changes the state and writes it down before it returns, so that not even a kill loses it. */
  change<T>(work: (state: SandboxState) => T): T;
  /** Back to the first day: new secrets, nobody signed in. The signing key stays. */
  reset(): void;
}

/** Drops artifacts that expired more than a day ago. Before that they are kept, so that "expired" can be told from "unknown". */
const prune = (state: SandboxState): void => {
  const limit = Date.now() / 1000 - 24 * 60 * 60;
  for (const artifacts of Object.values(state.artifacts))
    for (const [id, { exp }] of Object.entries(artifacts))
      if (exp !== undefined && exp < limit) delete artifacts[id];
};

const readState = (path: string): SandboxState | undefined => {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw cause;
  }
  return State.parse(JSON.parse(text));
};

/**
 * Opens the state in a folder, or creates one in memory when there is no folder.
 * @param makeSigningKey called only when there is no state yet
 * @throws Error when the state file can't be read or is not valid; the file is not changed
 */
export const openStore = async (
  folder: string | undefined,
  makeSigningKey: () => Promise<SigningKey>,
): Promise<Store> => {
  const path = folder === undefined ? undefined : join(folder, 'state.json');
  let state = (path === undefined ? undefined : readState(path)) ?? freshState(await makeSigningKey());
  const save = (): void => {
    if (path !== undefined) writePrivately(path, JSON.stringify(state));
  };
  prune(state);
  save();
  return {
    get state() {
      return state;
    },
    change(work) {
      const result = work(state);
      save();
      return result;
    },
    reset() {
      state = freshState(state.signing_key);
      save();
    },
  };
};
