import type { Input } from '../../../contract/methods.ts';
import { call } from '../../bridge.ts';
import { problemOf } from '../../call-error.ts';
import { showProblem } from './toasts.ts';

/** Opens a page of fal in the system's browser. */
export async function openFalPage(page: Input<'app.openPage'>['page']): Promise<void> {
  try {
    await call('app.openPage', { page });
  } catch (error) {
    showProblem(problemOf(error));
  }
}
