import * as z from 'zod/mini';

/** A bridge method: its input and its output. */
export interface Method<Input extends z.ZodMiniType, Output extends z.ZodMiniType> {
  input: Input;
  output: Output;
}

export const method = <Input extends z.ZodMiniType, Output extends z.ZodMiniType>(
  input: Input,
  output: Output,
): Method<Input, Output> => ({ input, output });

/** Inputs are bounded. Outputs are plain data: times are milliseconds since 1970, and rows hold no secrets. */
export const nothing = z.null();
export const text = z.string();
export const textOrNull = z.nullable(z.string());
export const timeOrNull = z.nullable(z.number());
export const name = z.string().check(z.minLength(1), z.maxLength(64));
export const id = z.string().check(z.minLength(1), z.maxLength(512));
/** The caller's name for long work, for its progress events and for cancelling it. */
export const run = z.string().check(z.minLength(8), z.maxLength(64));
export const passphrase = z.string().check(z.minLength(1), z.maxLength(4096));
export const short = z.string().check(z.maxLength(512));
/** A file's or folder's path: absolute, or starting with ~/. */
export const path = z.string().check(z.minLength(1), z.maxLength(4096));
