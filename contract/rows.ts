import * as z from 'zod/mini';

/** What crosses the bridge, as plain data. Times are milliseconds since 1970. No row holds a secret. */

const text = z.string();
const textOrNull = z.nullable(z.string());
const timeOrNull = z.nullable(z.number());
export const scope = z.enum(['API', 'ADMIN']);

export const accountName = z.object({ id: text, nickname: text });

/** An error as it crosses: small plain data. */
export const problem = z.object({ code: text, message: text, hint: text });
export type Problem = z.infer<typeof problem>;

export const verdict = z.object({
  kind: z.enum(['valid', 'invalid', 'locked', 'forbidden', 'rate_limited', 'server_error', 'unreachable']),
  scope: z.nullable(scope),
  account: z.nullable(accountName),
  latencyMs: timeOrNull,
  message: text,
  next: text,
  testedAt: z.number(),
});
export type Verdict = z.infer<typeof verdict>;

export const profile = z.object({
  name: text,
  account: z.nullable(accountName),
  keyId: textOrNull,
  host: textOrNull,
  color: text,
  note: textOrNull,
  scope: z.nullable(scope),
  verdict: z.nullable(verdict),
});
export type Profile = z.infer<typeof profile>;

export const key = z.object({
  id: text,
  alias: textOrNull,
  scope: z.nullable(scope),
  account: z.nullable(accountName),
  createdAt: timeOrNull,
  /** Its secret is in the vault. */
  stored: z.boolean(),
  /** fal lists it; null when fal was not asked. */
  remote: z.nullable(z.boolean()),
  profiles: z.array(text),
  verdict: z.nullable(verdict),
});
export type Key = z.infer<typeof key>;

export const identity = z.object({
  id: text,
  name: text,
  email: text,
  connection: textOrNull,
  signedIn: z.boolean(),
  signedInAt: z.number(),
});
export type Identity = z.infer<typeof identity>;

export const account = z.object({
  id: text,
  nickname: text,
  name: text,
  kind: z.enum(['personal', 'team', 'organization']),
  lockReason: textOrNull,
  identityId: text,
});
export type Account = z.infer<typeof account>;

export const activity = z.object({
  at: z.number(),
  kind: text,
  identityId: textOrNull,
  account: textOrNull,
  keyId: textOrNull,
  profile: textOrNull,
  detail: text,
});
export type Activity = z.infer<typeof activity>;

/** Something that went wrong for one part while the rest went on. */
export const partProblem = z.object({ about: text, error: problem });
export type PartProblem = z.infer<typeof partProblem>;

export const settings = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  /** How long a copied secret stays on the clipboard, in seconds. */
  clipboardSeconds: z.number().check(z.int(), z.gte(5), z.lte(600)),
  /** Null where this face can't do it. */
  startAtLogin: z.nullable(z.boolean()),
});
export type Settings = z.infer<typeof settings>;

export const vault = z.object({
  kind: z.enum(['keychain', 'file']),
  /** Null when it is open. */
  problem: z.nullable(problem),
});
export type Vault = z.infer<typeof vault>;

export const start = z.object({
  version: text,
  face: z.enum(['desktop', 'web']),
  /** Node's name of the system: linux, darwin, win32. */
  platform: text,
  environment: z.object({ name: text, flows: z.array(z.enum(['device', 'loopback'])) }),
  /** The method of the last sign-in, on top of the sign-in card. */
  lastConnection: textOrNull,
  vault,
});
export type Start = z.infer<typeof start>;
