import { previewChange } from '../../core/preview/file-change.ts';
import { maskedLine } from '../../core/preview/mask.ts';
import { hookIn } from '../../core/shells/hook-line.ts';
import type { HandlerContext, Handlers, MethodsOf } from './handler.ts';

export function shellHandlers({ session }: HandlerContext): Handlers<MethodsOf<'shells'>> {
  const hooks = () => session.varvel().shellHooks();
  return {
    'shells.list': async () => (await hooks()).look(),

    'shells.planHook': async ({ shell, add }) =>
      // a line that loads the hook is shown as it is; it holds no secret, and is what this is about
      previewChange(await (await hooks()).plan(shell, add), (line) =>
        hookIn(line) ? line : maskedLine(line, []),
      ),

    'shells.changeHook': async ({ shell, add }) => (await hooks()).change(shell, add),
  };
}
