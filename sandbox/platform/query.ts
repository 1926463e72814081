import * as z from 'zod/mini';

/** A list in a query: given once, several times, or with commas. Empty entries are ignored. */
export const List = z.pipe(
  z.optional(z.union([z.string(), z.array(z.string())])),
  z.transform((value: string | string[] | undefined): string[] =>
    [value ?? []]
      .flat()
      .flatMap((text) => text.split(','))
      .map((text) => text.trim())
      .filter((text) => text !== ''),
  ),
);

/** A list of at most 50 ids, fal's limit. */
export const Ids = List.check(z.refine((ids) => ids.length <= 50, 'At most 50 values are accepted'));

/** The requested page. The cursor is the page number in base64 (`Mg==` is page 2), as in fal's description. */
export const Paging = z.object({
  limit: z.optional(z.string().check(z.regex(/^[1-9]\d{0,5}$/, 'must be a positive integer'))),
  cursor: z.optional(
    z.pipe(
      z.string(),
      z.transform((cursor, context): number => {
        const text = Buffer.from(cursor, 'base64').toString('latin1');
        if (/^[1-9]\d{0,5}$/.test(text) && Buffer.from(text).toString('base64') === cursor)
          return Number(text);
        context.issues.push({ code: 'custom', message: 'is not a cursor of this API', input: cursor });
        return z.NEVER;
      }),
    ),
  ),
});

/** The default and the largest page size. */
const pageSize = { usual: 50, most: 100 } as const;

/** One page of a list, with the Platform API's data about the next one. */
export const pageOf = <T>(
  items: readonly T[],
  { limit, cursor }: z.infer<typeof Paging>,
): { page: readonly T[]; next_cursor: string | null; has_more: boolean } => {
  const size = Math.min(limit === undefined ? pageSize.usual : Number(limit), pageSize.most);
  const number = cursor ?? 1;
  const has_more = items.length > number * size;
  return {
    page: items.slice((number - 1) * size, number * size),
    next_cursor: has_more ? Buffer.from(String(number + 1)).toString('base64') : null,
    has_more,
  };
};

/** The problems of a query or a body, in one line. */
export const queryProblem = (error: z.core.$ZodError): string =>
  `Invalid request parameters: ${error.issues
    .map(({ path, message }) => (path.length > 0 ? `${path.join('.')} ${message}` : message))
    .join('; ')}`;
