import type { Problem } from '../../contract/problem.ts';
import type { VarvelError } from '../../core/model/error.ts';

/** An error as it crosses the bridge. */
export const problemRow = ({ code, message, hint }: VarvelError): Problem => ({ code, message, hint });
