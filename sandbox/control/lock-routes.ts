import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod/mini';
import { exhaustedBalance, findAccount, keyLimit, memberLimit } from '../accounts.ts';
import type { KeyRegistry } from '../keys.ts';
import { personById } from '../people.ts';
import { memberLockId } from '../refusals.ts';
import type { SandboxState, Store } from '../state.ts';
import { type LockSubject, lockPatterns } from './lock-patterns.ts';

const Name = z.string().check(z.minLength(1), z.maxLength(256));

/** An account, one of its members (with the account), or a key. */
const Locked = { account: z.optional(Name), member: z.optional(Name), key_id: z.optional(Name) };

interface Subject {
  account?: string | undefined;
  member?: string | undefined;
  key_id?: string | undefined;
}

const oneOf = z.refine<Subject>(
  ({ account, member, key_id }) =>
    (account === undefined) !== (key_id === undefined) && !(key_id !== undefined && member !== undefined),
  'Name an account or a key_id',
);

const Lock = z
  .object({
    ...Locked,
    reason: z.optional(Name),
    /** A lock by its name, which sets the reason and the balances. */
    pattern: z.optional(z.enum(Object.keys(lockPatterns))),
    /** What the account's balance becomes, in US dollars. */
    balance: z.optional(z.number()),
  })
  .check(
    oneOf,
    z.refine(
      ({ pattern, ...subject }) => pattern === undefined || lockPatterns[pattern]?.on === subjectOf(subject),
      'This pattern is for another kind of subject',
    ),
  );
const Unlock = z.object(Locked).check(oneOf);
const Balance = z.object({ account: Name, balance: z.number(), credits: z.optional(z.number()) });
const Move = z.object({ key_id: Name, account: Name });

const subjectOf = ({ member, key_id }: Subject): LockSubject =>
  key_id !== undefined ? 'key' : member !== undefined ? 'member' : 'account';

const usualReason: Record<LockSubject, string> = {
  account: exhaustedBalance,
  member: memberLimit,
  key: keyLimit,
};

const locksOf = (state: SandboxState, subject: LockSubject): Record<string, string> =>
  ({ account: state.locks, member: state.member_locks, key: state.key_locks })[subject];

export interface LockRoutes {
  readonly store: Store;
  readonly keys: KeyRegistry;
  /** Decodes a body; undefined after refusing it. */
  read<T>(schema: z.ZodMiniType<T>, request: FastifyRequest, reply: FastifyReply): T | undefined;
  fail(reply: FastifyReply, status: number, error: string): FastifyReply;
}

/** Locks accounts, members and keys, sets balances, and moves a key to another account. */
export const lockRoutes = (app: FastifyInstance, { store, keys, read, fail }: LockRoutes): void => {
  /** Where the lock of a subject stands in the state, and its account; undefined after refusing it. */
  const find = (reply: FastifyReply, { account: name, member, key_id }: Subject) => {
    if (key_id !== undefined) {
      const key = keys.byId(key_id);
      if (key) return { id: key.key_id, userId: key.account };
      fail(reply, 404, 'Unknown key');
      return undefined;
    }
    const userId = findAccount(name ?? '')?.user_id;
    if (userId === undefined) {
      fail(reply, 404, 'Unknown account');
      return undefined;
    }
    if (member === undefined) return { id: userId, userId };
    if (personById(member)) return { id: memberLockId(userId, member), userId };
    fail(reply, 404, 'Unknown member');
    return undefined;
  };

  app.post('/lock', async (request, reply) => {
    const body = read(Lock, request, reply);
    if (!body) return reply;
    const found = find(reply, body);
    if (!found) return reply;
    const { id, userId } = found;
    const pattern = body.pattern === undefined ? undefined : lockPatterns[body.pattern];
    const subject = subjectOf(body);
    const balance = body.balance ?? pattern?.balance;
    store.change((state) => {
      locksOf(state, subject)[id] = body.reason ?? pattern?.reason ?? usualReason[subject];
      if (balance !== undefined) {
        state.before_lock[userId] ??= state.balances[userId] ?? 0;
        state.balances[userId] = balance;
      }
      if (pattern?.credits !== undefined) state.credits[userId] = pattern.credits;
    });
    return { ok: true };
  });

  app.post('/unlock', async (request, reply) => {
    const body = read(Unlock, request, reply);
    if (!body) return reply;
    const found = find(reply, body);
    if (!found) return reply;
    const { id, userId } = found;
    store.change((state) => {
      delete locksOf(state, subjectOf(body))[id];
      const before = state.before_lock[userId];
      if (before !== undefined) state.balances[userId] = before;
      delete state.before_lock[userId];
      delete state.credits[userId];
    });
    return { ok: true };
  });

  app.post('/balance', async (request, reply) => {
    const body = read(Balance, request, reply);
    if (!body) return reply;
    const userId = findAccount(body.account)?.user_id;
    if (userId === undefined) return fail(reply, 404, 'Unknown account');
    store.change((state) => {
      state.balances[userId] = body.balance;
      if (body.credits === undefined) delete state.credits[userId];
      else state.credits[userId] = body.credits;
    });
    return { ok: true };
  });

  app.post('/move', async (request, reply) => {
    const body = read(Move, request, reply);
    if (!body) return reply;
    const userId = findAccount(body.account)?.user_id;
    if (userId === undefined) return fail(reply, 404, 'Unknown account');
    if (!keys.byId(body.key_id)) return fail(reply, 404, 'Unknown key');
    store.change((state) => {
      for (const key of state.keys) if (key.key_id === body.key_id) key.account = userId;
    });
    return { ok: true };
  });
};
