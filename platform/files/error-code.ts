/** The code of a Node error (`ENOENT`, `ERR_SQLITE_ERROR`), or null. */
export const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;

/** Whether something thrown is a Node error with one of these codes. */
export const hasErrorCode = (error: unknown, ...codes: string[]): boolean =>
  codes.includes(codeOf(error) ?? '');
