/** Whether something thrown is a system error with one of these codes, such as ENOENT. */
export const hasErrorCode = (error: unknown, ...codes: string[]): error is NodeJS.ErrnoException =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code);
