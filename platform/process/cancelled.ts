import { VarvelError } from '../../core/model/error.ts';

/** What is thrown where the caller's signal ended the work. */
export const cancelled = (): VarvelError =>
  new VarvelError('cancelled', 'Cancelled.', 'Start it again when you want to go on.');
