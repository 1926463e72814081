import type { Problem } from '../../contract/rows.ts';
import type { VarvelError } from '../../core/model/error.ts';

/** An error as it crosses the bridge, with the words for the window. */
export const problemRow = ({ code, message, windowHint }: VarvelError): Problem => ({
  code,
  message,
  hint: windowHint,
});
