import * as z from 'zod/mini';
import { keyPlaces } from '../../core/model/key-comparison.ts';
import type { KeyView } from '../../core/model/key-view.ts';
import { hint } from '../hint.ts';
import { id, method, name, nothing, run, short, text, textOrNull, timeOrNull } from '../method.ts';
import { partProblem } from '../problem.ts';
import { rotateAfter, rotateAfterDays } from '../rotate-after.ts';
import { scope, verdict } from '../verdict.ts';
import { accountName } from './accounts.ts';
import { line } from './shells.ts';

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
  expiresAt: timeOrNull,
  rotateBy: z.object({
    own: z.nullable(rotateAfter),
    account: z.nullable(rotateAfter),
    general: z.nullable(rotateAfterDays),
    dueAt: timeOrNull,
  }),
}) satisfies z.ZodMiniType<KeyView>;

/** A temporary key's time, up to 90 days; null for a key that stays. */
const ttlMs = z.nullable(z.number().check(z.minimum(1000), z.maximum(7_776_000_000)));

const addedKey = z.object({ key, already: z.boolean(), unusual: z.boolean(), verdict });

export const keyMethods = {
  /** The stored keys and the temporary ones, without asking fal. */
  'keys.list': method(nothing, z.array(key)),
  /** The keys at fal and here, of one account or of all. */
  'keys.refresh': method(
    z.object({ accountId: z.nullable(id) }),
    z.object({ keys: z.array(key), problems: z.array(partProblem) }),
  ),
  /** Compares the vault, the index and fal; recovers keys that are only in the vault. */
  'keys.reconcile': method(
    nothing,
    z.object({
      keys: z.array(z.object({ key, place: z.enum(keyPlaces) })),
      recovered: z.array(text),
      problems: z.array(partProblem),
    }),
  ),
  'keys.create': method(
    z.object({ alias: short, scope, accountId: id, profile: z.nullable(name), ttlMs }),
    z.discriminatedUnion('outcome', [
      z.object({ outcome: z.literal('stored'), key, profile: textOrNull }),
      /** fal created the key but the vault failed: the only chance to keep the secret. */
      z.object({
        outcome: z.literal('not_stored'),
        key,
        secret: z.string(),
        message: z.string(),
        hint,
      }),
    ]),
  ),
  /** Adds a pasted key. */
  'keys.add': method(
    z.object({
      text: z.string().check(z.maxLength(4096)),
      alias: z.nullable(short),
      profile: z.nullable(name),
    }),
    addedKey,
  ),
  /**
   * Adds the key on the clipboard, which never enters the window. Text of an unusual format is only added with `force`: adding
   * sends it to fal, and it may be another password. Desktop only.
   */
  'keys.addFromClipboard': method(
    z.object({ alias: z.nullable(short), profile: z.nullable(name), force: z.boolean() }),
    z.discriminatedUnion('outcome', [
      z.object({ outcome: z.literal('added'), added: addedKey }),
      z.object({ outcome: z.literal('unusual'), length: z.number() }),
    ]),
  ),
  /** Adds the key in a start-up file's line that sets FAL_KEY. It never enters the window. */
  'keys.addFromLine': method(z.object({ place: line, alias: z.nullable(short) }), addedKey),
  /** Names a key in Varvel; an empty name gives fal's alias back. Returns the other keys of its account with that name. */
  'keys.rename': method(
    z.object({ id, name: short }),
    z.object({ alias: textOrNull, namesakes: z.array(text) }),
  ),
  /** By when to rotate a key; null for its account's policy. */
  'keys.setRotateBy': method(z.object({ id, after: z.nullable(rotateAfter) }), z.null()),
  /** Copies to the clipboard, for a while. Desktop only. */
  'keys.copy': method(z.object({ id }), z.object({ seconds: z.number() })),
  /** The only way a secret enters the window: on request, and logged. */
  'keys.reveal': method(z.object({ id }), z.object({ key: z.string() })),
  /** Tests several keys for free, or all with null. Each verdict is also sent as the event `tested`. */
  'keys.test': method(
    z.object({ run, ids: z.nullable(z.array(id)) }),
    z.array(z.object({ keyId: z.string(), verdict })),
  ),
  'keys.price': method(
    z.object({ id }),
    z.nullable(z.object({ amount: z.number(), currency: z.string(), unit: z.string() })),
  ),
  /** Generates a picture, which costs money. Returns it as a data: URL. */
  'keys.generate': method(
    z.object({ run, id, prompt: z.string().check(z.minLength(1), z.maxLength(1000)) }),
    z.object({ verdict, picture: textOrNull }),
  ),
  /** Returns the profiles that now have no key. */
  'keys.revoke': method(z.object({ id }), z.object({ profiles: z.array(text), wasAtFal: z.boolean() })),
  /** Revokes a temporary key before its time. */
  'keys.endTemporary': method(z.object({ id }), z.null()),
  'keys.forget': method(z.object({ id }), z.object({ profiles: z.array(text) })),
};
