import * as z from 'zod/mini';
import {
  activityDayChoices,
  clipboardRange,
  type FaceSettings,
  moneyReadings,
  themes,
} from '../../core/model/settings.ts';
import { method, nothing } from '../method.ts';
import { rotateAfterDays } from '../rotate-after.ts';

const { least, most } = clipboardRange;

const settings = z.object({
  theme: z.enum(themes),
  clipboardSeconds: z.number().check(z.int(), z.gte(least), z.lte(most)),
  activityDays: z.literal(activityDayChoices),
  rotateAfterDays: z.nullable(rotateAfterDays),
  moneyReading: z.enum(moneyReadings),
  startAtLogin: z.nullable(z.boolean()),
}) satisfies z.ZodMiniType<FaceSettings>;

export const settingsMethods = {
  'settings.read': method(nothing, settings),
  'settings.change': method(z.partial(settings), settings),
};
