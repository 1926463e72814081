import * as z from 'zod/mini';

/**
 * What the helper is asked and answers, a line of JSON each. Both sides decode it.
 * A call has the names of keytar's own methods and parameters.
 */
export const call = z.discriminatedUnion('method', [
  z.object({ id: z.int(), method: z.literal('getPassword'), service: z.string(), account: z.string() }),
  z.object({
    id: z.int(),
    method: z.literal('setPassword'),
    service: z.string(),
    account: z.string(),
    password: z.string(),
  }),
  z.object({ id: z.int(), method: z.literal('deletePassword'), service: z.string(), account: z.string() }),
  z.object({ id: z.int(), method: z.literal('findCredentials'), service: z.string() }),
]);
export type Call = z.infer<typeof call>;

export const credentials = z.array(z.object({ account: z.string(), password: z.string() }));

export const answer = z.union([
  z.object({ id: z.int(), ok: z.union([z.nullable(z.string()), z.boolean(), credentials]) }),
  z.object({ id: z.int(), error: z.string() }),
]);
export type Answer = z.infer<typeof answer>;

/** One line: readline also splits at two separators that JSON leaves as they are. */
export const lineOf = (said: Call | Answer): string =>
  `${JSON.stringify(said)
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029')}\n`;
