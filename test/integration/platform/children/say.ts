import { writeSync } from 'node:fs';
import { hintWords } from '../../../../cli/framework/hint-words.ts';
import { VarvelError } from '../../../../core/model/error.ts';

/** Prints a line before it returns, so that a kill afterwards can't take it back. */
export function say(line: string): void {
  writeSync(1, `${line}\n`);
}

/** Runs work and prints how it failed, if it did: `CODE MESSAGE | HINT`. */
export async function sayFailure(work: () => unknown): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof VarvelError)) throw error;
    say(`${error.code} ${error.message} | ${hintWords(error.hint)}`);
  }
}

/** Resolves when the parent says so by closing stdin or writing a line. */
export const told = (): Promise<void> =>
  new Promise((resolve) => {
    process.stdin.once('data', () => resolve());
    process.stdin.once('end', () => resolve());
  });
