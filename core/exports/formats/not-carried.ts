import { VarvelError } from '../../model/error.ts';

/** A format is told apart from its neighbours by what it can't hold; the value itself is never repeated. */
export const notCarried = (
  name: string,
  what: string,
  carrier: string,
  instead: { terminal: string; window: string },
): VarvelError =>
  new VarvelError('invalid', `The value of ${name} holds ${what}, which ${carrier} can't carry.`, {
    terminal: `Use ${instead.terminal}, or \`varvel run\`, which writes nothing.`,
    window: `Choose ${instead.window} instead.`,
  });
