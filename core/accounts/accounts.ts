import type { FalClients } from '../fal/clients.ts';
import type { Sessions } from '../identities/sessions.ts';
import { type Account, byFalOrder } from '../model/account.ts';
import { hasCode, VarvelError } from '../model/error.ts';
import type { Identity } from '../model/identity.ts';
import type { Problem } from '../model/problem.ts';
import { nearest } from '../nearest.ts';
import type { Ports } from '../ports.ts';

export type Accounts = ReturnType<typeof createAccounts>;

/** The accounts that the signed-in identities may act for, in one list. */
export function createAccounts(
  { state }: Pick<Ports, 'state'>,
  fal: () => Promise<FalClients>,
  sessions: Sessions,
) {
  const known = (): Account[] => state.accounts.all().sort(byFalOrder);

  function signedIn(): Identity[] {
    const identities = state.identities.all();
    const active = identities.filter((identity) => identity.signedIn);
    if (active.length > 0) return active;
    const ended = identities.map(({ email }) => email).join(', ');
    throw new VarvelError(
      'not_signed_in',
      ended ? `The sign-in of ${ended} has ended.` : 'Nobody is signed in.',
      { action: 'sign_in', connection: null },
    );
  }

  /**
   * Asks fal anew, for every identity.
   * @returns what is known now, and what went wrong for single identities
   * @throws VarvelError when it went wrong for all of them
   */
  async function refresh(signal?: AbortSignal): Promise<{ accounts: Account[]; problems: Problem[] }> {
    const { rest } = await fal();
    const problems: Problem[] = [];
    const identities = signedIn();
    await Promise.all(
      identities.map(async (identity) => {
        try {
          const accounts = await sessions.withToken(identity, (token) =>
            rest.accounts(identity.id, token, signal),
          );
          state.transaction(() => state.accounts.replace(identity.id, accounts));
        } catch (error) {
          if (!(error instanceof VarvelError)) throw error;
          problems.push({ about: identity.email || identity.name, error });
        }
      }),
    );
    const [first] = problems;
    if (first && problems.length === identities.length) throw first.error;
    return { accounts: known(), problems };
  }

  /** One account may be reached by several identities: the one that is signed in, and came last, acts. */
  function preferred(accounts: Account[]): Account | undefined {
    const identities = new Map(state.identities.all().map((identity) => [identity.id, identity]));
    const rank = (account: Account): number => {
      const identity = identities.get(account.identityId);
      return identity?.signedIn ? identity.signedInAt : -1;
    };
    return accounts.toSorted((a, b) => rank(b) - rank(a))[0];
  }

  /** By id, or by nickname as fal compares it: without regard to case. Undefined when none matches. */
  function match(text: string): Account | undefined {
    const wanted = text.toLowerCase();
    const accounts = known();
    const byId = accounts.filter((account) => account.id === text);
    const found =
      byId.length > 0 ? byId : accounts.filter((account) => account.nickname.toLowerCase() === wanted);
    if (new Set(found.map(({ id }) => id)).size > 1) {
      throw new VarvelError(
        'ambiguous',
        `Several accounts are called “${text}”: ${found.map(({ id, name }) => `${name} (${id})`).join(', ')}.`,
        'Use the account’s id.',
      );
    }
    return preferred(found);
  }

  return {
    /** As last heard from fal, without asking. */
    known,
    refresh,

    /** The account as one of our identities reaches it; undefined when none does. Asks nobody. */
    reach: (accountId: string): Account | undefined =>
      preferred(state.accounts.all().filter((account) => account.id === accountId)),

    /** An account's balance in US dollars; null when fal does not say. @throws VarvelError `not_signed_in`, `unreachable` */
    async balance(account: Account, signal?: AbortSignal): Promise<number | null> {
      const identity = state.identities.get(account.identityId);
      if (!identity) return null;
      const { rest } = await fal();
      try {
        return await sessions.withToken(identity, (token) =>
          rest.balance({ kind: 'token', token, accountId: account.id }, signal),
        );
      } catch (error) {
        // not documented: an account of which fal won't say it is no failure
        if (hasCode(error, 'forbidden', 'refused', 'locked', 'server_error')) return null;
        throw error;
      }
    },

    /**
     * The one account that a text means; asks fal when it isn't among those last heard of.
     * @throws VarvelError `not_found`, `ambiguous`, `not_signed_in`, or what kept an identity from being asked
     */
    async find(text: string, signal?: AbortSignal): Promise<Account> {
      const account = match(text);
      if (account) return account;
      const { problems } = await refresh(signal);
      const now = match(text);
      if (now) return now;
      // it may be an account of the identity that could not be asked
      const [problem] = problems;
      if (problem) throw problem.error;
      const ended = state.identities.all().filter(({ signedIn: active }) => !active);
      throw new VarvelError('not_found', `No account is called “${text.slice(0, 80)}”.`, {
        action: 'list_accounts',
        nearest: nearest(
          text,
          known().map(({ nickname }) => nickname),
        ),
        ended: ended.map(({ email }) => email),
      });
    },

    /**
     * The account to act for when none was named: the current profile's, else the only identity's personal one.
     * @throws VarvelError `not_signed_in`, or `ambiguous` when several identities are signed in
     */
    async usual(signal?: AbortSignal): Promise<Account> {
      const current = state.profiles.current();
      const profile = current === null ? null : state.profiles.get(current);
      if (profile?.account) {
        const reached = match(profile.account.id);
        if (reached) return reached;
      }
      const identities = signedIn();
      const [identity] = identities;
      if (!identity || identities.length > 1) {
        throw new VarvelError('ambiguous', 'Several identities are signed in, and no account was named.', {
          action: 'choose_account',
        });
      }
      const { accounts } = await refresh(signal);
      const account = accounts.find(({ kind }) => kind === 'personal') ?? accounts[0];
      if (account) return account;
      throw new VarvelError(
        'not_found',
        `${identity.email} has no account at fal.`,
        'Look at fal’s dashboard.',
      );
    },
  };
}
