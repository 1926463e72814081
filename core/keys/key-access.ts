import type { Accounts } from '../accounts/accounts.ts';
import type { FalClients } from '../fal/clients.ts';
import type { Sessions } from '../identities/sessions.ts';
import { hasCode, VarvelError } from '../model/error.ts';
import type { Account, AccountName } from '../model/fal/account.ts';
import type { KeyParts, RemoteKey, Scope } from '../model/fal/key.ts';
import type { PartialFailure } from '../model/partial-failure.ts';
import type { Ports } from '../ports.ts';
import type { AdminKeys } from './admin-keys.ts';

/** A way to manage the keys of one account. */
export interface KeyManager {
  account: AccountName;
  /** The identity that acts; null for an ADMIN key. */
  identityId: string | null;
  list(signal?: AbortSignal): Promise<RemoteKey[]>;
  /** Whether its list holds keys of this scope. */
  lists(scope: Scope): boolean;
  create(alias: string, scope: Scope, signal?: AbortSignal): Promise<KeyParts>;
  /** Revoking a key that is already gone is not an error. */
  revoke(keyId: string, signal?: AbortSignal): Promise<void>;
}

export type KeyAccess = ReturnType<typeof createKeyAccess>;

/**
 * Finds how to manage an account's keys: a signed-in identity over gRPC, which manages both scopes, or an
 * ADMIN key in the vault over the Platform API, which manages API keys only.
 */
export function createKeyAccess(
  { state }: Pick<Ports, 'state'>,
  fal: () => Promise<FalClients>,
  sessions: Sessions,
  accounts: Accounts,
  adminKeys: AdminKeys,
) {
  function byIdentity(account: Account): KeyManager {
    const asAccount = async <T>(ask: (token: string) => Promise<T>): Promise<T> => {
      const identity = state.identities.get(account.identityId);
      if (identity) return sessions.withToken(identity, ask);
      throw new VarvelError('not_signed_in', 'That identity is signed out.', {
        action: 'sign_in',
        connection: null,
      });
    };
    const credential = (token: string) => ({ kind: 'token', token, accountId: account.id }) as const;
    return {
      account: { id: account.id, nickname: account.nickname },
      identityId: account.identityId,
      lists: () => true,
      list: async (signal) => {
        const { keyService } = await fal();
        return asAccount((token) => keyService.list(account, credential(token), signal));
      },
      create: async (alias, scope, signal) => {
        const { keyService } = await fal();
        return asAccount((token) => keyService.create(alias, scope, credential(token), signal));
      },
      revoke: async (keyId, signal) => {
        const { keyService } = await fal();
        try {
          await asAccount((token) => keyService.revoke(keyId, credential(token), signal));
        } catch (error) {
          if (!hasCode(error, 'not_found')) throw error;
        }
      },
    };
  }

  function byAdminKey(account: AccountName): KeyManager {
    return {
      account,
      identityId: null,
      lists: (scope) => scope === 'API',
      list: async (signal) => {
        const { platform } = await fal();
        return adminKeys.ask(account, (key) => platform.listKeys(account, key, signal), signal);
      },
      create: async (alias, scope, signal) => {
        if (scope === 'ADMIN') {
          throw new VarvelError(
            'not_signed_in',
            `An ADMIN key of ${account.nickname} can only create API keys.`,
            { action: 'sign_in_for_admin_key' },
          );
        }
        const { platform } = await fal();
        return adminKeys.ask(account, (key) => platform.createKey(alias, key, signal), signal);
      },
      revoke: async (keyId, signal) => {
        const { platform } = await fal();
        return adminKeys.ask(account, (key) => platform.revokeKey(keyId, key, signal), signal);
      },
    };
  }

  /** Accounts that only ADMIN keys in the vault reach. */
  const adminOnly = (): KeyManager[] =>
    adminKeys
      .accounts()
      .filter(({ id }) => !signedInReach(id))
      .map(byAdminKey);

  function signedInReach(accountId: string): Account | undefined {
    const account = accounts.reach(accountId);
    return account && state.identities.get(account.identityId)?.signedIn ? account : undefined;
  }

  /** The known accounts that nobody can ask for their keys, because their sign-in has ended. */
  function notAsked(): PartialFailure[] {
    const asked = new Set(adminOnly().map(({ account }) => account.id));
    const problems: PartialFailure[] = [];
    for (const { id, nickname, identityId } of accounts.known()) {
      const identity = state.identities.get(identityId);
      if (!identity || asked.has(id) || signedInReach(id)) continue;
      asked.add(id);
      const { email, name, connection } = identity;
      const error = new VarvelError(
        'not_signed_in',
        `Not refreshed, because the session of ${email || name} has ended.`,
        { action: 'sign_in', connection },
      );
      problems.push({ about: nickname, error });
    }
    return problems;
  }

  return {
    adminOnly,

    /** The manager for a known account; undefined when nothing here reaches it. */
    for(accountId: string): KeyManager | undefined {
      const account = signedInReach(accountId);
      return account ? byIdentity(account) : adminOnly().find((manager) => manager.account.id === accountId);
    },

    /**
     * The manager for a named account, or for the default one.
     * @throws VarvelError `not_found`, `ambiguous`, `not_signed_in`
     */
    async find(text: string | null, signal?: AbortSignal): Promise<KeyManager> {
      try {
        return byIdentity(await (text === null ? accounts.usual(signal) : accounts.find(text, signal)));
      } catch (error) {
        if (!hasCode(error, 'not_signed_in', 'not_found')) throw error;
        const wanted = text ?? accounts.ofCurrent()?.id;
        const found = adminOnly().filter(
          ({ account }) =>
            wanted === undefined ||
            account.nickname.toLowerCase() === wanted.toLowerCase() ||
            account.id === wanted,
        );
        const [only, another] = found;
        if (!only || another) throw error;
        return only;
      }
    },

    /** The managers for all accounts. @throws VarvelError `not_signed_in` when there are none */
    async all(signal?: AbortSignal) {
      try {
        const { accounts: reached, problems } = await accounts.refresh(signal);
        const ids = [...new Set(reached.map(({ id }) => id))];
        const managers = ids.flatMap((id) => {
          const account = signedInReach(id);
          return account ? [byIdentity(account)] : [];
        });
        return { managers: [...managers, ...adminOnly()], problems: [...problems, ...notAsked()] };
      } catch (error) {
        const byKey = adminOnly();
        if (!hasCode(error, 'not_signed_in') || byKey.length === 0) throw error;
        return { managers: byKey, problems: notAsked() };
      }
    },
  };
}
