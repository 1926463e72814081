import * as z from 'zod/mini';
import { type ErrorCode, hasCode, VarvelError } from '../model/error.ts';
import { keyLocked } from '../model/fal/verdict.ts';
import type { Hint } from '../model/hint.ts';
import { printable } from '../model/printable.ts';

const refusalFormats = z.union([
  z.object({ error: z.object({ message: z.string() }) }),
  z.object({ detail: z.string() }),
  z.object({ detail: z.array(z.object({ msg: z.string() })).check(z.minLength(1)) }),
  z.object({ message: z.string() }),
]);

/** fal's own words from the body of an error, in any of its servers' formats; null when there are none. */
export function falWordsOf(body: string): string | null {
  let document: unknown;
  try {
    document = JSON.parse(body);
  } catch {
    return null;
  }
  const result = z.safeParse(refusalFormats, document);
  if (!result.success) return null;
  const refusal = result.data;
  if ('error' in refusal) return oneLine(refusal.error.message);
  if ('message' in refusal) return oneLine(refusal.message);
  if (typeof refusal.detail === 'string') return oneLine(refusal.detail);
  return oneLine(refusal.detail.map(({ msg }) => msg).join('; '));
}

/** A server's words on one line, shortened. */
export const oneLine = (text: string): string => printable(text.slice(0, 5000)).slice(0, 500);

/** fal's reason for a lock, from `User is locked. Reason: …`; null when it is not a lock. */
export const lockReasonOf = (words: string): string | null =>
  words.match(/User is locked\.(?:\s*Reason:\s*(.+))?/)?.[1]?.trim() ??
  (words.includes('User is locked') ? words : null);

/**
 * What to do about a lock. An account can also lock one of its keys, by a spending limit. Source:
 * https://fal.ai/docs/documentation/organizations/spending-controls; the words of such a lock are not documented.
 */
export const lockHint = (words: string | null): Hint => ({
  action: namesKey(words) ? 'raise_key_limit' : 'top_up',
});

const namesKey = (words: string | null): boolean => /\bkeys?\b/i.test((words && lockReasonOf(words)) ?? '');

const hints: Partial<Record<ErrorCode, Hint | string>> = {
  unauthorized: { action: 'renew_access' },
  forbidden: 'Use an ADMIN key, or an account with permission.',
  rate_limited: { action: 'wait' },
  server_error: { action: 'wait_for_fal' },
  refused: 'Check fal’s reason.',
};

/** The error code for fal's HTTP status and words. */
export function refusalCode(status: number, words: string): ErrorCode {
  if (status === 401) return 'unauthorized';
  if (status === 403) return lockReasonOf(words) === null ? 'forbidden' : 'locked';
  if (status === 429) return 'rate_limited';
  return status >= 500 ? 'server_error' : 'refused';
}

/**
 * What fal refused, for people. A lock says only fal's reason, since every request fails until it is lifted.
 * @param status for example “HTTP 403”
 */
export function refusalMessage(code: ErrorCode, asked: string, words: string | null, status: string): string {
  if (code === 'locked') {
    const reason = words && lockReasonOf(words);
    const what = namesKey(words) ? keyLocked : 'Account locked';
    return reason && reason !== words ? `${what}: ${reason.replace(/\.$/, '')}.` : `${what}.`;
  }
  const verb = code === 'server_error' || code === 'rate_limited' ? 'couldn’t' : 'refused to';
  return `fal ${verb} ${asked}: ${words ?? 'no reason given'} (${status}).`;
}

/** The error for a failed request. @param asked what fal was asked to do, for the message: “list keys” */
export function falRefusal(asked: string, status: number, words: string | null): VarvelError {
  const code = refusalCode(status, words ?? '');
  const hint = code === 'locked' ? lockHint(words) : (hints[code] ?? '');
  return new VarvelError(code, refusalMessage(code, asked, words, `HTTP ${status}`), hint);
}

/** A failure to create a key, which says to look for one where fal may have created it all the same. */
export const maybeCreated = (error: unknown): unknown =>
  hasCode(error, 'unreachable', 'cancelled', 'server_error')
    ? new VarvelError(error.code, error.message, { action: 'find_created_key' }, { cause: error })
    : error;

/**
 * Reads an answer as JSON of a known shape.
 * @throws VarvelError by refusalCode when fal refused, `server_error` for an answer in another format
 */
export async function decodeAnswer<Schema extends z.ZodMiniType>(
  asked: string,
  response: Response,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const body = await response.text();
  if (!response.ok) throw falRefusal(asked, response.status, falWordsOf(body));
  let document: unknown;
  try {
    document = JSON.parse(body);
  } catch (cause) {
    throw unknownFormat(asked, 'not JSON', cause);
  }
  const result = z.safeParse(schema, document);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw unknownFormat(
    asked,
    issue ? `${issue.path.join('.')}: ${issue.message}` : 'wrong format',
    result.error,
  );
}

const unknownFormat = (asked: string, what: string, cause: unknown) =>
  new VarvelError(
    'server_error',
    `This version of Varvel doesn’t understand fal’s answer (${asked}): ${what}.`,
    { action: 'update_varvel' },
    { cause },
  );
