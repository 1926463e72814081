import { VarvelError } from '../../model/error.ts';
import type { Hint } from '../../model/hint.ts';

/** A value that a format can't hold. The message never repeats the value. */
export const notCarried = (name: string, what: string, carrier: string, instead: Hint): VarvelError =>
  new VarvelError('invalid', `The value of ${name} has ${what}, which ${carrier} can’t hold.`, instead);
