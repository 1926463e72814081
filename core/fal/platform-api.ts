import * as z from 'zod/mini';
import type { AccountName } from '../model/fal/account.ts';
import type { Environment } from '../model/fal/fal-environment.ts';
import type { KeyParts, RemoteKey } from '../model/fal/key.ts';
import type { UsageLine } from '../model/fal/usage.ts';
import type { Http } from '../ports.ts';
import { decodeAnswer, falRefusal, falWordsOf, maybeCreated } from './answer.ts';
import { restHeaders } from './credential.ts';

const keyPage = z.object({
  keys: z.array(
    z.object({ key_id: z.string(), alias: z.nullish(z.string()), created_at: z.nullish(z.string()) }),
  ),
  next_cursor: z.nullish(z.string()),
  has_more: z.boolean(),
});

const createdKey = z.object({ key_id: z.string(), key_secret: z.string() });

const pricing = z.object({
  prices: z.array(
    z.object({ endpoint_id: z.string(), unit_price: z.number(), unit: z.string(), currency: z.string() }),
  ),
});

const billing = z.object({
  username: z.string(),
  credits: z.object({ current_balance: z.number(), currency: z.string() }),
});

const usagePage = z.object({
  time_series: z.array(
    z.object({
      bucket: z.string(),
      results: z.array(
        z.object({
          endpoint_id: z.string(),
          unit: z.string(),
          quantity: z.number(),
          cost_total: z.optional(z.number()),
          /** Its older name; the only one in an answer without discounts. */
          cost: z.optional(z.number()),
          currency: z.string(),
          /** The team, in an organization's usage. */
          username: z.optional(z.string()),
          auth_method_structured: z.optional(
            z.object({
              detail: z.string(),
              api_key_id: z.nullish(z.string()),
              login_username: z.nullish(z.string()),
            }),
          ),
        }),
      ),
    }),
  ),
  next_cursor: z.nullish(z.string()),
  has_more: z.optional(z.boolean()),
});

/** Usage without its account; the caller has fal's name. */
type UsageRow = Omit<UsageLine, 'account'>;

type UsageResult = z.infer<typeof usagePage>['time_series'][number]['results'][number];

const usageRow = (
  bucket: string,
  { endpoint_id, unit, quantity, cost_total, cost, currency, auth_method_structured: by }: UsageResult,
): UsageRow => ({
  // a bucket has its zone's offset, so it begins with the day in that zone
  day: bucket.slice(0, 10),
  endpointId: endpoint_id,
  unit,
  quantity,
  cost: cost_total ?? cost ?? 0,
  currency,
  keyId: by?.api_key_id || null,
  member: by?.login_username || null,
  caller: by?.detail ?? '',
});

const dayQuery = (from: string, zone: string): string =>
  `start=${from}&timezone=${encodeURIComponent(zone)}&timeframe=day&expand=time_series,auth_method_structured`;

/** What one unit of a model's output costs. */
export interface Price {
  amount: number;
  /** For example `USD`. */
  currency: string;
  /** For example `megapixel` or `image`. */
  unit: string;
}

const timeOf = (text: string | null | undefined): number | null => {
  const ms = Date.parse(text ?? '');
  return Number.isNaN(ms) ? null : ms;
};

/** More pages than any account has: a limit for a server that never ends. */
const mostPages = 1000;

export type PlatformApi = ReturnType<typeof createPlatformApi>;

/** fal's Platform API, used with a key. Its `/keys` needs an ADMIN key and manages API-scoped keys only. */
export function createPlatformApi(environment: Environment, http: Http) {
  const ask = (path: string, key: KeyParts, signal?: AbortSignal, method = 'GET', body?: unknown) =>
    http.fetch(`${environment.platformUrl}${path}`, {
      method,
      headers: {
        ...restHeaders({ kind: 'key', key }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    });

  /** The pages of an account's usage. @param query all but the cursor */
  async function* usageSeries(path: string, query: string, key: KeyParts, signal?: AbortSignal) {
    let cursor = '';
    for (let page = 0; page < mostPages; page++) {
      const more = cursor && `&cursor=${encodeURIComponent(cursor)}`;
      const response = await ask(`${path}?${query}${more}`, key, signal);
      const answer = await decodeAnswer('report usage', response, usagePage);
      yield answer.time_series;
      if (!answer.has_more || !answer.next_cursor) return;
      cursor = answer.next_cursor;
    }
  }

  return {
    /** The API-scoped keys of the ADMIN key's account, page by page. */
    async listKeys(account: AccountName, key: KeyParts, signal?: AbortSignal): Promise<RemoteKey[]> {
      const found: RemoteKey[] = [];
      let cursor = '';
      for (let page = 0; page < mostPages; page++) {
        const query = cursor && `?cursor=${encodeURIComponent(cursor)}`;
        const answer = await decodeAnswer('list keys', await ask(`/keys${query}`, key, signal), keyPage);
        for (const row of answer.keys) {
          found.push({
            id: row.key_id,
            alias: row.alias || null,
            scope: 'API',
            account,
            createdAt: timeOf(row.created_at),
          });
        }
        if (!answer.has_more || !answer.next_cursor) break;
        cursor = answer.next_cursor;
      }
      return found;
    },

    async createKey(alias: string, key: KeyParts, signal?: AbortSignal): Promise<KeyParts> {
      try {
        const created = await ask('/keys', key, signal, 'POST', { alias });
        const answer = await decodeAnswer('create the key', created, createdKey);
        return { id: answer.key_id, secret: answer.key_secret };
      } catch (error) {
        throw maybeCreated(error);
      }
    },

    /** fal answers 204 even for a key that is already gone. */
    async revokeKey(keyId: string, key: KeyParts, signal?: AbortSignal): Promise<void> {
      const response = await ask(`/keys/${encodeURIComponent(keyId)}`, key, signal, 'DELETE');
      const body = await response.text();
      if (!response.ok) throw falRefusal('revoke the key', response.status, falWordsOf(body));
    },

    /** True for an ADMIN key. @throws VarvelError for anything but a plain yes or no */
    async isAdmin(key: KeyParts, signal?: AbortSignal): Promise<boolean> {
      const response = await ask('/keys?limit=1', key, signal);
      const body = await response.text();
      if (response.ok) return true;
      if (response.status === 403) return false;
      throw falRefusal('accept this key', response.status, falWordsOf(body));
    },

    /**
     * An account's usage, a row for each day, model, key and member. Needs an ADMIN key.
     * @param from the first day, in the zone: 2026-11-22
     * @param zone the time zone of the days, by its IANA name
     */
    async usage(
      from: string,
      key: KeyParts,
      signal?: AbortSignal,
      zone: string = 'UTC',
    ): Promise<UsageRow[]> {
      const rows: UsageRow[] = [];
      for await (const series of usageSeries('/models/usage', dayQuery(from, zone), key, signal))
        for (const { bucket, results } of series)
          for (const result of results) rows.push(usageRow(bucket, result));
      return rows;
    },

    /**
     * The usage of an organization's teams, each row with its team's nickname. Needs an ADMIN key of the organization's
     * root team. Source: fal’s Platform API, `GET /organization/usage`, for enterprise customers.
     */
    async organizationUsage(
      from: string,
      key: KeyParts,
      signal?: AbortSignal,
    ): Promise<(UsageRow & { team: string })[]> {
      const rows: (UsageRow & { team: string })[] = [];
      for await (const series of usageSeries('/organization/usage', dayQuery(from, 'UTC'), key, signal))
        for (const { bucket, results } of series)
          for (const result of results)
            rows.push({ ...usageRow(bucket, result), team: result.username ?? '' });
      return rows;
    },

    /**
     * The minutes in which a key was used since a time, in milliseconds since 1970. Needs an ADMIN key of its account.
     * @param keyId null for any key of the account
     * Source: fal’s Platform API, `GET /models/usage` with `timeframe=minute` and `api_key_id`.
     */
    async busyMinutes(
      keyId: string | null,
      since: number,
      key: KeyParts,
      signal?: AbortSignal,
    ): Promise<number[]> {
      const minutes: number[] = [];
      const start = encodeURIComponent(new Date(since).toISOString());
      const ofKey = keyId === null ? '' : `&api_key_id=${encodeURIComponent(keyId)}`;
      const query = `start=${start}&timeframe=minute${ofKey}&expand=time_series,auth_method_structured`;
      for await (const series of usageSeries('/models/usage', query, key, signal)) {
        for (const { bucket, results } of series) {
          // a server that knows no such filter reports every key
          const isUsed = results.some(({ quantity, auth_method_structured: by }) => {
            return quantity > 0 && (keyId === null || by?.api_key_id == null || by.api_key_id === keyId);
          });
          const at = timeOf(bucket);
          if (isUsed && at !== null) minutes.push(at);
        }
      }
      return minutes;
    },

    /**
     * The credits of the ADMIN key's account. fal never reports less than zero here.
     * Source: fal’s Platform API, `GET /account/billing?expand=credits`.
     */
    async credits(key: KeyParts, signal?: AbortSignal): Promise<{ amount: number; currency: string }> {
      const response = await ask('/account/billing?expand=credits', key, signal);
      const { credits } = await decodeAnswer('report the balance', response, billing);
      return { amount: credits.current_balance, currency: credits.currency };
    },

    /**
     * The price of one unit of a model's output. Works with any valid key.
     * @returns null when fal names none. It answers 404 or 400 for a model it has no price for, whatever the key.
     */
    async price(endpoint: string, key: KeyParts, signal?: AbortSignal): Promise<Price | null> {
      const path = `/models/pricing?endpoint_id=${encodeURIComponent(endpoint)}`;
      const response = await ask(path, key, signal);
      if (response.status === 404 || response.status === 400) {
        await response.text();
        return null;
      }
      const answer = await decodeAnswer('accept this key', response, pricing);
      const row = answer.prices.find((price) => price.endpoint_id === endpoint);
      return row ? { amount: row.unit_price, currency: row.currency, unit: row.unit } : null;
    },
  };
}
