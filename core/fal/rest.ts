import * as z from 'zod/mini';
import type { Account, AccountKind, AccountName } from '../model/fal/account.ts';
import type { Environment } from '../model/fal/fal-environment.ts';
import type { KeyParts } from '../model/fal/key.ts';
import type { Http } from '../ports.ts';
import { decodeAnswer, falRefusal, falWordsOf } from './answer.ts';
import { type Credential, restHeaders } from './credential.ts';

const team = z.object({
  user_id: z.string(),
  nickname: z.string(),
  full_name: z.nullish(z.string()),
  is_personal: z.nullish(z.boolean()),
  is_org: z.nullish(z.boolean()),
  lock_reason: z.nullish(z.string()),
});

const currentUser = z.object({
  user_id: z.string(),
  nickname: z.string(),
  lock_reason: z.nullish(z.string()),
});

/** What fal's storage answers to the start of an upload, which it treats like a call that costs money. */
export interface UploadAnswer {
  status: number;
  /** fal's words of a refusal. */
  words: string | null;
}

/** fal's words for an account that is gone. Source: the official CLI's account list. */
export const archived = 'This account has been archived. Please contact support@fal.ai.';

const kindOf = (row: z.infer<typeof team>): AccountKind =>
  row.is_personal ? 'personal' : row.is_org ? 'organization' : 'team';

export type Rest = ReturnType<typeof createRest>;

/** fal's REST hosts: users, accounts, balance, and starting an upload, which shows a lock for free. */
export function createRest(environment: Environment, http: Http) {
  const get = (path: string, credential: Credential, signal?: AbortSignal) =>
    http.fetch(`${environment.restUrl}${path}`, {
      headers: restHeaders(credential),
      ...(signal && { signal }),
    });

  /** Starts an upload and never sends it, which is free. */
  async function startUpload(key: KeyParts, signal?: AbortSignal): Promise<UploadAnswer> {
    const response = await http.fetch(
      `${environment.storageUrl}/storage/upload/initiate?storage_type=fal-cdn-v3`,
      {
        method: 'POST',
        headers: { ...restHeaders({ kind: 'key', key }), 'content-type': 'application/json' },
        body: JSON.stringify({ content_type: 'text/plain', file_name: 'varvel-key-test.txt' }),
        ...(signal && { signal }),
      },
    );
    const body = await response.text();
    return { status: response.status, words: response.ok ? null : falWordsOf(body) };
  }

  /** The account that a token or key belongs to, and fal's reason if it is locked. */
  async function owner(
    credential: Credential,
    signal?: AbortSignal,
  ): Promise<{ account: AccountName; lockReason: string | null }> {
    const user = await decodeAnswer(
      'accept this key',
      await get('/users/current', credential, signal),
      currentUser,
    );
    return { account: { id: user.user_id, nickname: user.nickname }, lockReason: user.lock_reason || null };
  }

  return {
    startUpload,

    /** The accounts an identity can act for, without archived ones, like fal's own tools. */
    async accounts(identityId: string, token: string, signal?: AbortSignal): Promise<Account[]> {
      const credential: Credential = { kind: 'token', token, accountId: null };
      const rows = await decodeAnswer(
        'list your accounts',
        await get('/users/teams', credential, signal),
        z.array(team),
      );
      return rows
        .filter((row) => row.lock_reason !== archived)
        .map((row) => ({
          id: row.user_id,
          nickname: row.nickname,
          name: row.full_name || row.nickname,
          kind: kindOf(row),
          lockReason: row.lock_reason || null,
          identityId,
        }));
    },

    owner,

    /** The account that a token or key belongs to. */
    accountOf: async (credential: Credential, signal?: AbortSignal): Promise<AccountName> =>
      (await owner(credential, signal)).account,

    /** An account's balance in US dollars. Source: users' reports; fal documents no such call. */
    async balance(credential: Credential, signal?: AbortSignal): Promise<number> {
      const response = await get('/billing/user_balance', credential, signal);
      return decodeAnswer('report the balance', response, z.number());
    },

    /** @throws VarvelError `locked` with fal's reason, or why the key is refused */
    async checkLock(key: KeyParts, signal?: AbortSignal): Promise<void> {
      const { status, words } = await startUpload(key, signal);
      if (status < 200 || status > 299) throw falRefusal('accept this key', status, words);
    },
  };
}
