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

// the same tables, typed so that a name gives its schema's type
const outputs: { readonly [Name in MethodName]: { output: z.ZodMiniType<Output<Name>> } } = methods;
const payloads: { readonly [Name in EventName]: z.ZodMiniType<EventPayload<Name>> } = events;

function bridge(): Bridge {
  if (window.varvel) return window.varvel;
  throw new CallError({
    code: 'unexpected',
    message: 'This page isn’t connected to Varvel.',
    hint: toHint('Open it from Varvel, or run `varvel web`.'),
  });
}

const unreadable = (name: string, cause: unknown): CallError =>
  new CallError(
    {
      code: 'unexpected',
      message: `Varvel sent data that this window can’t read (${name}).`,
      hint: toHint('Restart Varvel. Its window and core may be different versions.'),
    },
    { cause },
  );

const failureListeners = new Set<(method: MethodName, error: CallError) => void>();

/** Listens to every failed call. Returns a function that stops listening. */
export function onCallFailed(listener: (method: MethodName, error: CallError) => void): () => void {
  failureListeners.add(listener);
  return () => void failureListeners.delete(listener);
}

const successListeners = new Set<(method: MethodName) => void>();

/** Listens to every call that succeeds. Returns a function that stops listening. */
export function onCallSucceeded(listener: (method: MethodName) => void): () => void {
  successListeners.add(listener);
  return () => void successListeners.delete(listener);
}

/**
 * Calls a method of the bridge, the window's only way out.
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
        message: 'Varvel isn’t responding.',
        hint: toHint('It may have quit. Start it again.'),
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
  const output = decoded(outputs[name].output, answered.data.ok, name);
  for (const listener of successListeners) listener(name);
  return output;
}

/** @throws CallError for data that doesn't match the contract */
function decoded<Schema extends z.ZodMiniType>(
  schema: Schema,
  given: unknown,
  name: string,
): z.infer<Schema> {
  const result = z.safeParse(schema, given);
  if (result.success) return result.data;
  throw unreadable(name, result.error);
}

/** Listens to an event, and skips payloads that don't match the contract. Returns a function that stops listening. */
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

/** Creates the id of a long operation, which reports its progress and can be cancelled. */
export const newRun = (): string => crypto.randomUUID();
