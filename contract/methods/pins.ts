import * as z from 'zod/mini';
import { type PinnedFolder, pinStates } from '../../core/model/machine/pinned-folder.ts';
import { method, name, nothing, path, text } from '../method.ts';

const pinnedFolder = z.object({
  folder: text,
  profile: text,
  state: z.enum(pinStates),
}) satisfies z.ZodMiniType<PinnedFolder>;

export const pinMethods = {
  /** The folders that were pinned on this machine, with their state. */
  'pins.list': method(nothing, z.array(pinnedFolder)),
  'pins.add': method(z.object({ profile: name, folder: path }), z.object({ changed: z.boolean() })),
  'pins.remove': method(z.object({ folder: path }), nothing),
};
