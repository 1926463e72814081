import * as z from 'zod/mini';
import { errorCodes } from '../../core/model/error.ts';
import { exportedFileStates } from '../../core/model/machine/export-record.ts';
import {
  type RotationPlan,
  type RotationView,
  rotationDirections,
  rotationSteps,
} from '../../core/model/machine/rotation.ts';
import { hint } from '../hint.ts';
import { id, method, nothing, run, text, textOrNull, timeOrNull } from '../method.ts';
import { scope } from '../verdict.ts';
import { accountName } from './accounts.ts';
import { githubTarget } from './exports.ts';

const rotation = z.object({
  id: z.number(),
  oldKeyId: text,
  newKeyId: textOrNull,
  alias: text,
  oldAlias: textOrNull,
  newAlias: textOrNull,
  scope,
  account: accountName,
  direction: z.enum(rotationDirections),
  step: z.enum(rotationSteps),
  graceMs: z.number(),
  startedAt: z.number(),
  switchedAt: timeOrNull,
  revokeAt: timeOrNull,
  lastUsedAt: timeOrNull,
  usageReadAt: timeOrNull,
  problem: z.nullable(z.object({ code: z.enum(errorCodes), message: text })),
  hint,
  failures: z.number(),
  retryAt: z.number(),
  moved: z.object({ profiles: z.number(), files: z.number(), falcli: z.number(), github: z.number() }),
  refused: z.array(z.object({ subject: text, message: text })),
  revoked: z.boolean(),
}) satisfies z.ZodMiniType<RotationView>;

const plan = z.object({
  keyId: text,
  alias: textOrNull,
  scope,
  account: accountName,
  newAlias: text,
  consumers: z.object({
    profiles: z.array(text),
    files: z.array(
      z.object({ path: text, variable: text, profile: text, state: z.enum(exportedFileStates) }),
    ),
    github: z.array(githubTarget),
    falcli: z.nullable(z.object({ path: text, profiles: z.array(text) })),
    shells: z.array(text),
    unreached: z.array(z.object({ what: text, path: text })),
    usage: z.nullable(z.object({ lastUsedAt: timeOrNull, minutes: z.number() })),
    usageProblem: z.nullable(z.object({ message: text, hint })),
  }),
}) satisfies z.ZodMiniType<RotationPlan>;

/** Up to 90 days. */
const graceMs = z.number().check(z.minimum(0), z.maximum(7_776_000_000));

export const rotationMethods = {
  /** Rotations that haven't ended. */
  'rotations.list': method(nothing, z.array(rotation)),
  /** What a rotation would do, and who uses the key. */
  'rotations.plan': method(z.object({ id }), plan),
  'rotations.start': method(z.object({ run, id, graceMs }), rotation),
  /** Goes on with a key's rotation; 0 revokes its old key at once, null keeps the grace period. */
  'rotations.resume': method(z.object({ run, id, graceMs: z.nullable(graceMs) }), rotation),
  /** Accepts that places which couldn't be changed stay as they are. */
  'rotations.accept': method(z.object({ id, subjects: z.array(text).check(z.maxLength(10_000)) }), nothing),
  /** Gives everything the old key back. */
  'rotations.abort': method(z.object({ run, id }), rotation),
};
