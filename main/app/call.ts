import * as z from 'zod/mini';
import type { Answer } from '../../contract/bridge.ts';
import { type Input, type MethodName, methods, type Output } from '../../contract/methods.ts';
import type { Problem } from '../../contract/problem.ts';
import { VarvelError } from '../../core/model/error.ts';
import type { Hint } from '../../core/model/hint.ts';
import { hintWords } from './hint-words.ts';

export type Call = <Name extends MethodName>(name: Name, input: Input<Name>) => Promise<Output<Name>>;
export type Serve = (method: unknown, input: unknown) => Promise<Answer>;

/** An error that the bridge answered with, as a message and a hint for people. */
export class CallFailed extends Error {
  readonly hint: Hint;
  constructor({ message, hint }: Problem) {
    super(message);
    this.hint = hint;
  }
}

/** The contract's schemas, typed so that the compiler checks each answer against its method. */
const schemas: { [Name in MethodName]: { output: z.ZodMiniType<Output<Name>> } } = methods;

/** Lets the tray and the menu call the window's methods, through the same handlers. */
export function createCall(serve: Serve): Call {
  return async (name, input) => {
    const answer = await serve(name, input);
    if ('error' in answer) throw new CallFailed(answer.error);
    return z.parse(schemas[name].output, answer.ok);
  };
}

/** The message and hint to show for an error. */
export const errorText = (error: unknown): { message: string; hint: string } =>
  error instanceof CallFailed || error instanceof VarvelError
    ? { message: error.message, hint: hintWords(error.hint) }
    : {
        message: error instanceof Error ? error.message : String(error),
        hint: hintWords({ action: 'report_problem' }),
      };
