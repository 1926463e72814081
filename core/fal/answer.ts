import * as z from 'zod/mini';
import { type ErrorCode, VarvelError } from '../model/error.ts';
import type { Hint } from '../model/hint.ts';

const refusalShapes = z.union([
  z.object({ error: z.object({ message: z.string() }) }),
  z.object({ detail: z.string() }),
  z.object({ detail: z.array(z.object({ msg: z.string() })).check(z.minLength(1)) }),
  z.object({ message: z.string() }),
]);

/** fal's own words in a refusal's body, of whichever of its servers' shapes; null when there are none. */
export function falWordsOf(body: string): string | null {
  let document: unknown;
  try {
    document = JSON.parse(body);
  } catch {
    return null;
  }
  const result = z.safeParse(refusalShapes, document);
  if (!result.success) return null;
  const shape = result.data;
  if ('error' in shape) return oneLine(shape.error.message);
  if ('message' in shape) return oneLine(shape.message);
  if (typeof shape.detail === 'string') return oneLine(shape.detail);
  return oneLine(shape.detail.map(({ msg }) => msg).join('; '));
}

/** Control characters out of a server's words, since they end up on a terminal; and no novel. */
export const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').slice(0, 500);

/** fal's reason for a lock, from `User is locked. Reason: …`; null when this is no lock. */
export const lockReasonOf = (words: string): string | null =>
  words.match(/User is locked\.(?:\s*Reason:\s*(.+))?/)?.[1]?.trim() ??
  (words.includes('User is locked') ? words : null);

const hints: Partial<Record<ErrorCode, Hint | string>> = {
  unauthorized: { action: 'renew_access' },
  locked: { action: 'top_up' },
  forbidden: 'This needs more rights: an ADMIN key, or an account that may do it.',
  rate_limited: { action: 'wait' },
  server_error: { action: 'wait_for_fal' },
  refused: 'Look at what fal says above.',
};

/** What a refusal by status and words is. */
export function refusalCode(status: number, words: string): ErrorCode {
  if (status === 401) return 'unauthorized';
  if (status === 403) return lockReasonOf(words) === null ? 'forbidden' : 'locked';
  if (status === 429) return 'rate_limited';
  return status >= 500 ? 'server_error' : 'refused';
}

/** The error of a refusal. @param asked what was asked of fal, for the message: “list keys” */
export function falRefusal(asked: string, status: number, words: string | null): VarvelError {
  const code = refusalCode(status, words ?? '');
  return new VarvelError(
    code,
    `fal would not ${asked}: ${words ?? 'no reason given'} (HTTP ${status}).`,
    hints[code] ?? '',
  );
}

/**
 * Reads an answer as JSON of a known shape.
 * @throws VarvelError by refusalCode when fal refused, `server_error` when the answer has another shape
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
    throw unknownShape(asked, 'it is not JSON', cause);
  }
  const result = z.safeParse(schema, document);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw unknownShape(
    asked,
    issue ? `${issue.path.join('.')}: ${issue.message}` : 'wrong shape',
    result.error,
  );
}

const unknownShape = (asked: string, what: string, cause: unknown) =>
  new VarvelError(
    'server_error',
    `fal’s answer when asked to ${asked} is not one this version of Varvel understands: ${what}.`,
    { action: 'update_varvel' },
    { cause },
  );
