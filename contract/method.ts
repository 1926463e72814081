import * as z from 'zod/mini';

/** A method of the bridge: what goes in and what comes out. */
export interface Method<Input extends z.ZodMiniType, Output extends z.ZodMiniType> {
  input: Input;
  output: Output;
}

export const method = <Input extends z.ZodMiniType, Output extends z.ZodMiniType>(
  input: Input,
  output: Output,
): Method<Input, Output> => ({ input, output });

/** What goes in is bounded; what comes out is plain data: times are milliseconds since 1970, and no row holds a secret. */
export const nothing = z.null();
export const text = z.string();
export const textOrNull = z.nullable(z.string());
export const timeOrNull = z.nullable(z.number());
export const name = z.string().check(z.minLength(1), z.maxLength(64));
export const id = z.string().check(z.minLength(1), z.maxLength(512));
/** Names a piece of long work, so that its progress can be told and it can be cancelled; chosen by the caller. */
export const run = z.string().check(z.minLength(8), z.maxLength(64));
export const passphrase = z.string().check(z.minLength(1), z.maxLength(4096));
export const short = z.string().check(z.maxLength(512));
/** Of a file or folder: absolute, or beginning with ~/. */
export const path = z.string().check(z.minLength(1), z.maxLength(4096));
