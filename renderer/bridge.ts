import * as z from 'zod/mini';
import { answer, type Bridge } from '../contract/bridge.ts';
import { type EventName, type EventPayload, events } from '../contract/events.ts';
import { type Input, type MethodName, methods, type Output } from '../contract/methods.ts';
import { toHint } from '../core/model/hint.ts';
import { CallError } from './call-error.ts';

declare global {
  interface Window {
    readonly varvel?: Bridge;
  }
}

// a strict CSP reports even the attempt to compile a schema
z.config({ jitless: true });

// the same tables, with what each schema gives told by the name
const outputs: { readonly [Name in MethodName]: { output: z.ZodMiniType<Output<Name>> } } = methods;
const payloads: { readonly [Name in EventName]: z.ZodMiniType<EventPayload<Name>> } = events;

function bridge(): Bridge {
  if (window.varvel) return window.varvel;
  throw new CallError({
    code: 'unexpected',
    message: 'This page is not connected to Varvel.',
    hint: toHint('Open it from Varvel itself, or with `varvel web`.'),
  });
}

const unreadable = (what: string, cause: unknown): CallError =>
  new CallError(
    {
      code: 'unexpected',
      message: `What Varvel says on ${what} could not be read.`,
      hint: toHint('Restart Varvel: its window and its core may be of different versions.'),
    },
    { cause },
  );

const failureListeners = new Set<(method: MethodName, error: CallError) => void>();

/** Tells of every call that Varvel refuses, whoever made it. Returns what ends the listening. */
export function onRefusal(listener: (method: MethodName, error: CallError) => void): () => void {
  failureListeners.add(listener);
  return () => void failureListeners.delete(listener);
}

/**
 * Calls a method of the bridge; the one way out of the window.
 * @throws CallError
 */
export async function call<Name extends MethodName>(name: Name, input: Input<Name>): Promise<Output<Name>> {
  let given: unknown;
  try {
    given = await bridge().call(name, input);
  } catch (error) {
    if (error instanceof CallError) throw error;
    throw new CallError(
      {
        code: 'unexpected',
        message: 'Varvel does not answer.',
        hint: toHint('It may have been quit: start it again.'),
      },
      { cause: error },
    );
  }
  const answered = z.safeParse(answer, given);
  if (!answered.success) throw unreadable(name, answered.error);
  if ('error' in answered.data) {
    const error = new CallError(answered.data.error);
    for (const listener of failureListeners) listener(name, error);
    throw error;
  }
  return decoded(outputs[name].output, answered.data.ok, name);
}

/** @throws CallError for what the contract does not know */
function decoded<Schema extends z.ZodMiniType>(
  schema: Schema,
  given: unknown,
  name: string,
): z.infer<Schema> {
  const result = z.safeParse(schema, given);
  if (result.success) return result.data;
  throw unreadable(name, result.error);
}

/** Listens to an event; what can't be decoded is left out. Returns what ends the listening. */
export function on<Name extends EventName>(
  name: Name,
  listener: (payload: EventPayload<Name>) => void,
): () => void {
  return bridge().on(name, (payload) => {
    try {
      listener(decoded(payloads[name], payload, name));
    } catch (error) {
      console.error(error);
    }
  });
}

/** Names a piece of long work, so that its progress can be told and it can be cancelled. */
export const newRun = (): string => crypto.randomUUID();
