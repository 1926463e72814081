import * as z from 'zod/mini';
import { problem } from './problem.ts';

/** Every call's answer: errors cross as plain data and become errors again on the other side. */
export const answer = z.union([z.object({ ok: z.unknown() }), z.object({ error: problem })]);
export type Answer = z.infer<typeof answer>;

/** What preload, or the web view's client, provides to the renderer. */
export interface Bridge {
  call(method: string, input: unknown): Promise<Answer>;
  /** Returns a function that stops listening. */
  on(event: string, listener: (payload: unknown) => void): () => void;
}
