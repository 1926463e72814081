import { isCancelled, problemOf } from '../../call-error.ts';
import { testKey } from '../../stores/tests.ts';
import { showProblem } from '../../stores/window/toasts.ts';

/** Tests one key where a row or the palette asks for it; the verdict shows on every row of that key. */
export async function testNow(keyId: string): Promise<void> {
  try {
    await testKey(keyId);
  } catch (error) {
    const problem = problemOf(error);
    if (!isCancelled(problem)) showProblem(problem);
  }
}
