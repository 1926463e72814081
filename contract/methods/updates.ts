import * as z from 'zod/mini';
import { type Updates, updateChannels, updateObstacles } from '../../core/model/machine/updates.ts';
import { method, nothing, text, textOrNull } from '../method.ts';

const now = z.discriminatedUnion('state', [
  z.object({ state: z.literal('off'), why: z.enum(updateObstacles) }),
  z.object({ state: z.literal('current'), checkedAt: z.nullable(z.number()) }),
  z.object({ state: z.literal('checking') }),
  z.object({ state: z.literal('downloading'), version: text, percent: z.number() }),
  z.object({ state: z.literal('ready'), version: text, notes: textOrNull }),
  z.object({ state: z.literal('failed'), message: text }),
]);

const choice = { channel: z.enum(updateChannels), automatic: z.boolean() };

export const updates = z.object({ ...choice, now }) satisfies z.ZodMiniType<Updates>;

export const updateMethods = {
  /** Null on a face that isn't a program of its own. */
  'updates.read': method(nothing, z.nullable(updates)),
  /** Looks for a newer release and downloads it; the event `updates` tells how it goes. */
  'updates.check': method(nothing, nothing),
  /** Ends the program, replaces it by the downloaded release and starts that. */
  'updates.install': method(nothing, nothing),
  'updates.change': method(z.partial(z.object(choice)), nothing),
};
