import * as z from 'zod/mini';
import { keyPlaces, type WhichReport } from '../../core/model/machine/which.ts';
import { method, text, textOrNull } from '../method.ts';

const place = z.enum(keyPlaces);
const decision = z.object({
  winner: z.object({ source: z.nullable(place), profile: textOrNull, keyId: textOrNull }),
  chain: z.array(z.object({ source: place, value: textOrNull, wins: z.boolean(), reason: text })),
});

const whichReport = z.object({
  folder: text,
  here: decision,
  tools: z.array(z.object({ name: text, verdict: decision })),
  otherKeys: z.array(z.object({ tool: text, path: text, server: textOrNull, keyId: textOrNull })),
  advice: z.array(text),
}) satisfies z.ZodMiniType<WhichReport>;

export const whichMethods = {
  /** The active key of new shells, and of programs started in a folder with this program's variables. Null stands for the home folder. */
  'which.explain': method(z.nullable(z.object({ folder: text })), whichReport),
};
