import { appendFileSync } from 'node:fs';
import { z } from 'zod/mini';

/** How many times as much an attack does as in CI: `npm run attacks` sets it. */
export const attackRounds = Math.max(1, Math.trunc(Number(process.env.VARVEL_ATTACK_ROUNDS ?? 1)) || 1);

/** What one run of an attack counted, for a promise of docs/promises.md. */
export const figureSchema = z.object({
  /** 0: beyond the twenty. */
  promise: z.int(),
  attack: z.string(),
  counts: z.record(z.string(), z.number()),
});

/**
 * Prints what an attack counted, and notes it in the file that `npm run attacks` adds up.
 * @param attack what was tried
 * @param counts what was counted, in words: `{ 'writers killed': 40, 'writes lost': 0 }`
 */
export function figure(promise: number, attack: string, counts: Record<string, number>): void {
  const words = Object.entries(counts).map(([what, count]) => `${what}: ${count}`);
  console.log(`${promise === 0 ? 'beyond' : `promise ${promise}`}, ${attack}: ${words.join('; ')}`);
  const file = process.env.VARVEL_ATTACK_FIGURES;
  if (file) appendFileSync(file, `${JSON.stringify({ promise, attack, counts })}\n`);
}
