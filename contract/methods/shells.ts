import * as z from 'zod/mini';
import { hookShellNames, shellNames } from '../../core/shells/shells.ts';
import type { ShellsHere } from '../../core/shells/shells-here.ts';
import { fileChange } from '../file-change.ts';
import { method, nothing, text, textOrNull } from '../method.ts';

const hookShell = z.enum(hookShellNames);
export const line = z.object({ file: text, line: z.number() });

const shellsHere = z.object({
  shells: z.array(
    z.object({
      shell: hookShell,
      installed: z.boolean(),
      login: z.boolean(),
      file: text,
      hook: z.nullable(line),
    }),
  ),
  sets: z.array(z.extend(line, { shells: z.array(z.enum(shellNames)), keyId: textOrNull })),
  command: textOrNull,
}) satisfies z.ZodMiniType<ShellsHere>;

export const shellMethods = {
  'shells.list': method(nothing, shellsHere),
  /** What adding or removing the hook's line in a shell's start-up file would do. */
  'shells.planHook': method(z.object({ shell: hookShell, add: z.boolean() }), fileChange),
  'shells.changeHook': method(
    z.object({ shell: hookShell, add: z.boolean() }),
    z.object({ path: text, written: z.boolean() }),
  ),
};
