import * as z from 'zod/mini';
import {
  type FalcliStatus,
  falcliDifferences,
  falcliSides,
  type ImportStep,
  inSteps,
} from '../../core/model/machine/falcli.ts';
import { gitStates } from '../../core/model/machine/git-state.ts';
import { fileChange } from '../file-change.ts';
import { method, name, nothing, text, textOrNull } from '../method.ts';
import { problem } from '../problem.ts';

const inStep = z.enum(inSteps);

const status = z.object({
  path: text,
  target: text,
  exists: z.boolean(),
  openToOthers: z.boolean(),
  profile: textOrNull,
  team: textOrNull,
  rows: z.array(
    z.object({
      name: text,
      where: z.enum(falcliSides),
      keyId: textOrNull,
      ourKeyId: textOrNull,
      host: textOrNull,
      differs: z.array(z.enum(falcliDifferences)),
      plainText: z.boolean(),
    }),
  ),
  inStep,
  commentsRemembered: z.boolean(),
  undoable: z.boolean(),
}) satisfies z.ZodMiniType<FalcliStatus>;

const falcliReading = z.extend(status, {
  /** Why its file can't be read; everything else is empty then. */
  problem: z.nullable(problem),
});
export type FalcliReading = z.infer<typeof falcliReading>;

const step = { name: text, keyId: textOrNull };
const importStep = z.discriminatedUnion('kind', [
  z.object({ ...step, kind: z.literal('new'), as: text, note: textOrNull }),
  z.object({ ...step, kind: z.literal('same') }),
  z.object({ ...step, kind: z.literal('name'), proposal: text }),
  z.object({ ...step, kind: z.literal('conflict'), reason: text }),
  z.object({ ...step, kind: z.literal('unusable'), reason: text }),
]) satisfies z.ZodMiniType<ImportStep>;

export const falcliMethods = {
  'falcli.status': method(nothing, falcliReading),
  /** What `apply` would do to the fal CLI's file, for a profile or none. `git` is null unless a key would be written. */
  'falcli.planApply': method(
    z.object({ profile: z.nullable(name), withKey: z.boolean() }),
    z.object({ change: fileChange, git: z.nullable(z.enum(gitStates)) }),
  ),
  /** Where git tracks the file, or can't tell, a key must be forced. */
  'falcli.apply': method(
    z.object({ profile: z.nullable(name), withKey: z.boolean(), force: z.boolean() }),
    z.object({ path: text, written: z.boolean(), hasKey: z.boolean(), notes: z.array(text) }),
  ),
  'falcli.setSync': method(z.object({ inStep, force: z.boolean() }), nothing),
  /** What `undo` would do; `left` is what another program has changed since. */
  'falcli.planUndo': method(nothing, z.object({ change: fileChange, left: z.array(text) })),
  'falcli.undo': method(nothing, z.object({ path: text, left: z.array(text), removed: z.boolean() })),
  'falcli.restoreComments': method(nothing, z.object({ changed: z.boolean() })),
  'falcli.planImport': method(nothing, z.array(importStep)),
  /** Imports what the plan says; with `rename`, also under proposed names. */
  'falcli.import': method(z.object({ rename: z.boolean() }), z.object({ imported: z.array(text) })),
};
