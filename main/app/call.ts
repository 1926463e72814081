import * as z from 'zod/mini';
import type { Answer } from '../../contract/bridge.ts';
import { type Input, type MethodName, methods, type Output } from '../../contract/methods.ts';
import type { Problem } from '../../contract/problem.ts';
import { VarvelError } from '../../core/model/error.ts';
import type { Hint } from '../../core/model/hint.ts';
import { hintWords } from './hint-words.ts';

export type Call = <Name extends MethodName>(name: Name, input: Input<Name>) => Promise<Output<Name>>;
export type Serve = (method: unknown, input: unknown) => Promise<Answer>;

/** An error that came over the bridge. Its code is for faces that need one; people read message and hint. */
export class CallFailed extends Error {
  readonly hint: Hint;
  constructor({ message, hint }: Problem) {
    super(message);
    this.hint = hint;
  }
}

/** The contract's schemas, in the form that lets the compiler see that a method's answer fits its schema. */
const schemas: { [Name in MethodName]: { output: z.ZodMiniType<Output<Name>> } } = methods;

/** Lets the tray and the menu call what the window calls, by the same table of handlers. */
export function createCall(serve: Serve): Call {
  return async (name, input) => {
    const answer = await serve(name, input);
    if ('error' in answer) throw new CallFailed(answer.error);
    return z.parse(schemas[name].output, answer.ok);
  };
}

/** What a person reads of an error. */
export const wordsOf = (error: unknown): { message: string; hint: string } =>
  error instanceof CallFailed || error instanceof VarvelError
    ? { message: error.message, hint: hintWords(error.hint) }
    : {
        message: error instanceof Error ? error.message : String(error),
        hint: hintWords({ action: 'report_problem' }),
      };
