import { previewChange } from '../../core/preview/file-change.ts';
import { maskedLine } from '../../core/preview/mask.ts';
import { hookIn } from '../../core/shells/hook-line.ts';
import type { HandlerContext, Handlers, MethodsOf } from './handler.ts';

export function shellHandlers({ session }: HandlerContext): Handlers<MethodsOf<'shells'>> {
  const hooks = () => session.varvel().shellHooks();
  return {
    'shells.list': async () => (await hooks()).look(),

    'shells.planHook': async ({ shell, add }) =>
      // shows a line that loads the hook as it is: it has no secret, and is what people want to see
      previewChange(await (await hooks()).plan(shell, add), (line) =>
        hookIn(line) ? line : maskedLine(line, []),
      ),

    'shells.changeHook': async ({ shell, add }) => (await hooks()).change(shell, add),
  };
}
