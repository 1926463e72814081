import { VarvelError } from '../../core/model/error.ts';

/** The error for work that the caller's signal stopped. */
export const cancelled = (): VarvelError =>
  new VarvelError('cancelled', 'Cancelled.', 'Run it again to continue.');
