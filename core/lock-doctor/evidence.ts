import type { Accounts } from '../accounts/accounts.ts';
import { lockReasonOf } from '../fal/answer.ts';
import { createPlatformApi } from '../fal/platform-api.ts';
import { createRest, type Rest } from '../fal/rest.ts';
import type { Sessions } from '../identities/sessions.ts';
import { createAdminKeys } from '../keys/admin-keys.ts';
import type { KeyStore } from '../keys/key-store.ts';
import { VarvelError } from '../model/error.ts';
import type { AccountName } from '../model/fal/account.ts';
import type { BalanceReading, Diagnosis, TwoBalances } from '../model/fal/diagnosis.ts';
import type { KeyParts, StoredKey } from '../model/fal/key.ts';
import type { Ports } from '../ports.ts';
import { type CallAnswer, nameLock } from './name-lock.ts';
import { recordRequests } from './recorded-http.ts';
import { withoutSecrets } from './without-secrets.ts';

/** The longest that a request takes: those that decide, and those that tell more. In milliseconds. */
const decidingMs = 10_000;
const furtherMs = 2500;
/** How many other keys of an account are tried. */
const mostSiblings = 2;
/** How long a balance that rose explains a lock that is still there, in milliseconds. */
const recentMs = 86_400_000;

export interface EvidenceParts {
  sessions: Sessions;
  accounts: Accounts;
  store: KeyStore;
}

/**
 * Finds out why fal refuses a key, with calls that cost nothing: the start of an upload (refused as a paid call is), the
 * key's owner, both balances as far as a sign-in or an ADMIN key here can read them, and other keys of the account.
 * Source: docs/locks.md.
 */
export function createEvidence(
  { environment, http, clock, state }: Pick<Ports, 'environment' | 'http' | 'clock' | 'state'>,
  { sessions, accounts, store }: EvidenceParts,
) {
  /**
   * @param expected the account that the key should belong to
   * @throws VarvelError `cancelled`, `vault_*`, `not_found` without its secret
   */
  return async function gather(
    key: StoredKey,
    expected: AccountName | null,
    signal?: AbortSignal,
  ): Promise<Diagnosis> {
    const at = clock.now();
    const secret = await store.readOrFail(key.id);
    let limitMs = decidingMs;
    const recorded = recordRequests(http, clock, () => limitMs);
    const rest = createRest(environment, recorded.http);
    const platform = createPlatformApi(environment, recorded.http);

    /** The key's answers; what it belongs to decides which other keys and sign-ins can tell more. */
    const [call, owner] = await Promise.all([
      callAnswer(rest, secret, signal),
      rest.owner({ kind: 'key', key: secret }, signal).catch(unlessCancelled),
    ]);
    const account = owner?.account ?? expected;
    const isElsewhere = owner && expected ? owner.account.id !== expected.id : null;
    limitMs = furtherMs;
    const others = state.keys
      .all()
      .filter(({ id, account: its }) => id !== key.id && account !== null && its?.id === account.id);

    async function userBalance(): Promise<BalanceReading> {
      const reached = account && accounts.reach(account.id);
      const identity = reached && state.identities.get(reached.identityId);
      return reading(async () => {
        const amount = identity?.signedIn
          ? await sessions.withToken(identity, (token) =>
              rest.balance({ kind: 'token', token, accountId: reached?.id ?? null }, signal),
            )
          : await rest.balance({ kind: 'key', key: secret }, signal);
        return { amount, currency: 'USD' };
      });
    }

    async function creditBalance(): Promise<BalanceReading> {
      if (owner && key.scope === 'ADMIN') return reading(() => platform.credits(secret, signal));
      const adminKeys = createAdminKeys({ state }, async () => ({ rest }), store);
      if (!account || !adminKeys.accounts().some(({ id }) => id === account.id))
        return { state: 'unread', why: 'It needs an ADMIN key of the account here.' };
      return reading(() => adminKeys.ask(account, (admin) => platform.credits(admin, signal), signal));
    }

    async function trySiblings(): Promise<Diagnosis['siblings']> {
      const tried = await Promise.all(
        others.slice(0, mostSiblings).map(async ({ id }) => {
          const parts = await store.read(id);
          return parts && callAnswer(rest, parts, signal);
        }),
      );
      const answers = tried.filter((answer) => answer?.state === 'allowed' || answer?.state === 'locked');
      return {
        tried: answers.length,
        working: answers.filter((answer) => answer?.state === 'allowed').length,
      };
    }

    const asksMore = call.state === 'locked';
    const [user, credits, siblings] = await Promise.all([
      asksMore ? userBalance() : notAsked,
      asksMore ? creditBalance() : notAsked,
      asksMore ? trySiblings() : { tried: 0, working: 0 },
    ]);
    const balances: TwoBalances = { user, credits };
    const roseFrom = rise(account, balances);
    keepBalance(account, balances);
    const named = nameLock({
      call,
      isElsewhere,
      isAccountLocked: owner && owner.lockReason !== null,
      siblings,
      balances,
      rose: roseFrom !== null,
    });
    /** fal's servers may send back what they were sent. */
    const clean = (text: string) => withoutSecrets(text, recorded.secrets);
    const cleanName = (name: AccountName | null) =>
      name && { id: clean(name.id), nickname: clean(name.nickname) };
    const cleanReading = (balance: BalanceReading): BalanceReading =>
      balance.state === 'read'
        ? { ...balance, currency: clean(balance.currency) }
        : { ...balance, why: clean(balance.why) };
    const reason =
      call.state === 'locked'
        ? (call.reason ?? owner?.lockReason ?? null)
        : 'words' in call
          ? call.words
          : null;
    return {
      ...named,
      at,
      keyId: key.id,
      alias: key.alias,
      scope: key.scope,
      account: cleanName(account),
      expected: isElsewhere ? expected : null,
      reason: reason === null ? null : clean(reason),
      balances: { user: cleanReading(user), credits: cleanReading(credits) },
      roseFrom,
      siblings,
      requests: recorded.requests.map((request) => ({
        ...request,
        path: clean(request.path),
        requestId: request.requestId && clean(request.requestId),
      })),
    };
  };

  /** What was read is what the faces show from now on. */
  function keepBalance(account: AccountName | null, { user, credits }: TwoBalances): void {
    const read = user.state === 'read' ? user : credits;
    if (!account || read.state !== 'read') return;
    const { amount, currency } = read;
    state.balances.put({ accountId: account.id, amount, currency, readAt: clock.now() });
  }

  /** A lower balance that Varvel saw before, not long ago. */
  function rise(account: AccountName | null, { user, credits }: TwoBalances): Diagnosis['roseFrom'] {
    const last = account && state.balances.get(account.id);
    if (!last) return null;
    const amounts = [user, credits].flatMap((balance) => (balance.state === 'read' ? [balance.amount] : []));
    const now = Math.max(...amounts);
    const earlier = [{ amount: last.amount, at: last.readAt }, ...(last.before ? [last.before] : [])];
    return earlier.find(({ amount, at }) => amount < now - 0.5 && clock.now() - at < recentMs) ?? null;
  }
}

const notAsked: BalanceReading = { state: 'unread', why: 'It wasn’t needed.' };

/** What a paid call would be told. @throws VarvelError `cancelled` */
export async function callAnswer(
  rest: Pick<Rest, 'startUpload'>,
  key: KeyParts,
  signal?: AbortSignal,
): Promise<CallAnswer> {
  try {
    const { status, words } = await rest.startUpload(key, signal);
    if (status >= 200 && status < 300) return { state: 'allowed' };
    if (status === 401) return { state: 'unauthorized', words };
    if (status === 403 && words?.includes('User is locked'))
      return { state: 'locked', reason: lockReasonOf(words) };
    if (status === 403 || status === 404) return { state: 'refused', words };
    return { state: 'failed', words: words ?? `HTTP ${status}` };
  } catch (error) {
    if (!(error instanceof VarvelError) || error.code === 'cancelled') throw error;
    return { state: 'failed', words: error.message };
  }
}

function unlessCancelled(error: unknown): null {
  if (!(error instanceof VarvelError) || error.code === 'cancelled') throw error;
  return null;
}

async function reading(ask: () => Promise<{ amount: number; currency: string }>): Promise<BalanceReading> {
  try {
    return { state: 'read', ...(await ask()) };
  } catch (error) {
    if (!(error instanceof VarvelError) || error.code === 'cancelled') throw error;
    return { state: 'unread', why: error.message };
  }
}
