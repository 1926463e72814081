import { isCancelled, problemOf } from '../../call-error.ts';
import { testKey } from '../../stores/keys/tests.ts';
import { showProblem } from '../../stores/window/toasts.ts';

/** Tests a key from a row or the palette. Every row of the key shows the result. */
export async function testNow(keyId: string): Promise<void> {
  try {
    await testKey(keyId);
  } catch (error) {
    const problem = problemOf(error);
    if (!isCancelled(problem)) showProblem(problem);
  }
}
