import { VarvelError } from '../../model/error.ts';
import type { Hint } from '../../model/hint.ts';

/** A format is told apart from its neighbours by what it can't hold; the value itself is never repeated. */
export const notCarried = (name: string, what: string, carrier: string, instead: Hint): VarvelError =>
  new VarvelError('invalid', `The value of ${name} holds ${what}, which ${carrier} can't carry.`, instead);
