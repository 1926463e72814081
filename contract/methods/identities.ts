import * as z from 'zod/mini';
import { signInFlows } from '../../core/model/fal/fal-environment.ts';
import type { Identity } from '../../core/model/fal/identity.ts';
import type { SignInStep } from '../../core/model/fal/sign-in.ts';
import { id, method, nothing, run, short, text, textOrNull } from '../method.ts';

export const flow = z.enum(signInFlows);

const identity = z.object({
  id: text,
  name: text,
  email: text,
  connection: textOrNull,
  signedIn: z.boolean(),
  signedInAt: z.number(),
}) satisfies z.ZodMiniType<Identity>;

/** The parts of every sign-in step. */
const waiting = { run: text, url: text, opened: z.boolean() };

/** What a sign-in waits for. */
export const signInStep = z.discriminatedUnion('step', [
  z.object({ ...waiting, step: z.literal('confirm_code'), userCode: text, verificationUri: text }),
  z.object({ ...waiting, step: z.literal('open_page') }),
]) satisfies z.ZodMiniType<SignInStep & { run: string }>;

export const identityMethods = {
  'identities.list': method(nothing, z.array(identity)),
  'identities.signIn': method(
    z.object({ run, connection: z.nullable(short), flow: z.nullable(flow) }),
    z.object({ identity, warning: textOrNull }),
  ),
  /** Opens a waiting sign-in's page again. */
  'identities.openPage': method(z.object({ run }), z.object({ opened: z.boolean() })),
  'identities.signOut': method(z.object({ id }), z.object({ revoked: z.boolean(), reason: textOrNull })),
};
