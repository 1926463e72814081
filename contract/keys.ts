import * as z from 'zod/mini';
import type { KeyView } from '../core/model/key-view.ts';
import { accountName } from './accounts.ts';
import { hint } from './hint.ts';
import { id, method, name, nothing, run, short, text, textOrNull, timeOrNull } from './method.ts';
import { partProblem } from './problem.ts';
import { scope, verdict } from './verdict.ts';

const key = z.object({
  id: text,
  alias: textOrNull,
  scope: z.nullable(scope),
  account: z.nullable(accountName),
  createdAt: timeOrNull,
  stored: z.boolean(),
  remote: z.nullable(z.boolean()),
  profiles: z.array(text),
  verdict: z.nullable(verdict),
}) satisfies z.ZodMiniType<KeyView>;

const addedKey = z.object({ key, already: z.boolean(), unusual: z.boolean(), verdict });

export const keyMethods = {
  /** What is stored here, without asking fal. */
  'keys.list': method(nothing, z.array(key)),
  /** What fal lists and what is stored here, of one account or of all. */
  'keys.refresh': method(
    z.object({ accountId: z.nullable(id) }),
    z.object({ keys: z.array(key), problems: z.array(partProblem) }),
  ),
  'keys.create': method(
    z.object({ alias: short, scope, accountId: id, profile: z.nullable(name) }),
    z.discriminatedUnion('outcome', [
      z.object({ outcome: z.literal('stored'), key, profile: textOrNull }),
      /** fal has made the key and the vault failed: the one chance to keep the secret. */
      z.object({
        outcome: z.literal('not_stored'),
        key,
        secret: z.string(),
        message: z.string(),
        hint,
      }),
    ]),
  ),
  /** Takes a key that a person pasted. */
  'keys.add': method(
    z.object({
      text: z.string().check(z.maxLength(4096)),
      alias: z.nullable(short),
      profile: z.nullable(name),
    }),
    addedKey,
  ),
  /** Takes it from the clipboard, so that it never comes into the window; desktop only. */
  'keys.addFromClipboard': method(
    z.object({ alias: z.nullable(short), profile: z.nullable(name) }),
    addedKey,
  ),
  /** To the clipboard, for a while; desktop only. */
  'keys.copy': method(z.object({ id }), z.object({ seconds: z.number() })),
  /** The one way in which a secret comes into the window: asked for, and logged. */
  'keys.reveal': method(z.object({ id }), z.object({ key: z.string() })),
  /** Free tests of several keys, or of all with null; each verdict comes as the event `tested` too. */
  'keys.test': method(
    z.object({ run, ids: z.nullable(z.array(id)) }),
    z.array(z.object({ keyId: z.string(), verdict })),
  ),
  'keys.price': method(
    z.object({ id }),
    z.nullable(z.object({ amount: z.number(), currency: z.string(), unit: z.string() })),
  ),
  /** Makes a picture, which costs money; the picture comes as a data: URL. */
  'keys.generate': method(
    z.object({ run, id, prompt: z.string().check(z.minLength(1), z.maxLength(1000)) }),
    z.object({ verdict, picture: textOrNull }),
  ),
  /** Returns the profiles that have no key now. */
  'keys.revoke': method(z.object({ id }), z.object({ profiles: z.array(text), wasAtFal: z.boolean() })),
  'keys.forget': method(z.object({ id }), z.object({ profiles: z.array(text) })),
};
