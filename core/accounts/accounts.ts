import type { FalClients } from '../fal/clients.ts';
import type { Sessions } from '../identities/sessions.ts';
import { hasCode, VarvelError } from '../model/error.ts';
import { type Account, type AccountName, byFalOrder } from '../model/fal/account.ts';
import type { Identity } from '../model/fal/identity.ts';
import type { PartialFailure } from '../model/partial-failure.ts';
import { nearest } from '../nearest.ts';
import type { Ports } from '../ports.ts';

export type Accounts = ReturnType<typeof createAccounts>;

/** The accounts that the signed-in identities can act for, in one list. */
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
      ended ? `The session of ${ended} has ended.` : 'Nobody is signed in.',
      { action: 'sign_in', connection: null },
    );
  }

  /**
   * Refreshes the accounts of every identity from fal.
   * @returns the known accounts, and the identities that failed
   * @throws VarvelError when all identities failed
   */
  async function refresh(signal?: AbortSignal): Promise<{ accounts: Account[]; problems: PartialFailure[] }> {
    const { rest } = await fal();
    const problems: PartialFailure[] = [];
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

  /** Picks the identity for an account that several reach: the latest one that is signed in. */
  function preferred(accounts: Account[]): Account | undefined {
    const identities = new Map(state.identities.all().map((identity) => [identity.id, identity]));
    const rank = (account: Account): number => {
      const identity = identities.get(account.identityId);
      return identity?.signedIn ? identity.signedInAt : -1;
    };
    return accounts.toSorted((a, b) => rank(b) - rank(a))[0];
  }

  /** Finds an account by id, or by nickname ignoring case, as fal does. */
  function match(text: string): Account | undefined {
    const wanted = text.toLowerCase();
    const accounts = known();
    const byId = accounts.filter((account) => account.id === text);
    const found =
      byId.length > 0 ? byId : accounts.filter((account) => account.nickname.toLowerCase() === wanted);
    if (new Set(found.map(({ id }) => id)).size > 1) {
      throw new VarvelError(
        'ambiguous',
        `Several accounts match “${text}”: ${found.map(({ id, name }) => `${name} (${id})`).join(', ')}.`,
        'Use the account’s id.',
      );
    }
    return preferred(found);
  }

  /** The current profile's account; null when there is no such profile, or it has none. */
  function ofCurrent(): AccountName | null {
    const current = state.profiles.current();
    return (current === null ? null : state.profiles.get(current))?.account ?? null;
  }

  return {
    /** The last known accounts, without asking fal. */
    known,
    ofCurrent,
    refresh,

    /** The account as one of the identities reaches it; undefined when none does. Doesn't ask fal. */
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
        // not documented: no balance is not an error
        if (hasCode(error, 'forbidden', 'refused', 'locked', 'server_error')) return null;
        throw error;
      }
    },

    /**
     * Finds one account by id or nickname; asks fal when it isn't known yet.
     * @throws VarvelError `not_found`, `ambiguous`, `not_signed_in`, or why an identity could not be refreshed
     */
    async find(text: string, signal?: AbortSignal): Promise<Account> {
      const account = match(text);
      if (account) return account;
      const { problems } = await refresh(signal);
      const now = match(text);
      if (now) return now;
      // it may belong to the identity that could not be refreshed
      const [problem] = problems;
      if (problem) throw problem.error;
      const ended = state.identities.all().filter(({ signedIn: active }) => !active);
      throw new VarvelError('not_found', `No account “${text.slice(0, 80)}”.`, {
        action: 'list_accounts',
        nearest: nearest(
          text,
          known().map(({ nickname }) => nickname),
        ),
        ended: ended.map(({ email }) => email),
      });
    },

    /**
     * The default account: the current profile's, else the only identity's personal one.
     * @throws VarvelError `not_signed_in`, also for an account that nobody here reaches, `ambiguous` when several identities are
     * signed in, or why an identity could not be refreshed
     */
    async usual(signal?: AbortSignal): Promise<Account> {
      const ofProfile = ofCurrent();
      if (ofProfile) {
        const known = match(ofProfile.id);
        if (known) return known;
        const { problems } = await refresh(signal);
        const reached = match(ofProfile.id);
        if (reached) return reached;
        // it may belong to the identity that could not be refreshed
        const [problem] = problems;
        if (problem) throw problem.error;
        // a key of another account would become the profile's
        throw new VarvelError(
          'not_signed_in',
          `Nobody is signed in to ${ofProfile.nickname}, the current profile’s account.`,
          { action: 'choose_account' },
        );
      }
      const identities = signedIn();
      const [identity] = identities;
      if (!identity || identities.length > 1) {
        throw new VarvelError('ambiguous', 'Several identities are signed in. Choose an account.', {
          action: 'choose_account',
        });
      }
      const { accounts } = await refresh(signal);
      const account = accounts.find(({ kind }) => kind === 'personal') ?? accounts[0];
      if (account) return account;
      throw new VarvelError(
        'not_found',
        `${identity.email} has no account at fal.`,
        'Check fal’s dashboard.',
      );
    },
  };
}
