import { fileChange } from '../../core/preview/file-change.ts';
import { maskedLine } from '../../core/preview/mask.ts';
import { hookIn } from '../../core/shells/hook-line.ts';
import type { HookShell } from '../../core/shells/shells.ts';
import { lookAtShells } from '../shells.ts';
import type { Desk, Handlers, MethodsOf } from './handler.ts';

export function shellHandlers({ session }: Desk): Handlers<MethodsOf<'shells'>> {
  /** The file that loads the hook, else the one where it belongs; null when there is nothing to change. */
  function placeOf(shell: HookShell, add: boolean): { path: string; nothing: boolean } {
    const state = lookAtShells(session.env).shells.find((known) => known.shell === shell);
    return { path: state?.hook?.file ?? state?.file ?? '', nothing: add === Boolean(state?.hook) };
  }

  return {
    'shells.list': () => lookAtShells(session.env),

    'shells.planHook': async ({ shell, add }) => {
      const { path } = placeOf(shell, add);
      const planned = await (await session.varvel().shellHooks()).plan(shell, path, add);
      // a line that loads the hook is shown as it is; it holds no secret, and is what this is about
      return fileChange({ path, ...planned }, (line) => (hookIn(line) ? line : maskedLine(line, [])));
    },

    'shells.changeHook': async ({ shell, add }) => {
      const { path, nothing } = placeOf(shell, add);
      if (nothing) return { path, written: false };
      return { path, ...(await (await session.varvel().shellHooks()).change(shell, path, add)) };
    },
  };
}
