import * as z from 'zod/mini';
import { type Snippet, snippetLanguages } from '../../core/model/machine/snippet.ts';
import type { ProfileView } from '../../core/model/profile.ts';
import { shellNames } from '../../core/shells/shells.ts';
import { id, method, name, nothing, short, text, textOrNull } from '../method.ts';
import { scope, verdict } from '../verdict.ts';
import { accountName } from './accounts.ts';

const profile = z.object({
  name: text,
  account: z.nullable(accountName),
  keyId: textOrNull,
  host: textOrNull,
  color: text,
  note: textOrNull,
  scope: z.nullable(scope),
  verdict: z.nullable(verdict),
}) satisfies z.ZodMiniType<ProfileView>;

const change = z.object({
  keyId: z.optional(z.nullable(id)),
  accountId: z.optional(z.nullable(id)),
  host: z.optional(z.nullable(short)),
  color: z.optional(short),
  note: z.optional(z.nullable(z.string().check(z.maxLength(4000)))),
});

/** Set when the profile's account changed to that of its key. */
const followed = z.nullable(z.object({ from: text, to: text }));

const snippet = z.object({
  code: text,
  file: text,
  install: textOrNull,
  run: text,
}) satisfies z.ZodMiniType<Snippet>;

export const profileMethods = {
  /** All by name, or the first few: thousands take a moment, and a window shows only some dozens. */
  'profiles.list': method(
    z.object({ first: z.nullable(z.number().check(z.int(), z.gte(1))) }),
    z.object({
      current: textOrNull,
      total: z.number(),
      recent: z.array(text),
      starred: z.array(text),
      profiles: z.array(profile),
    }),
  ),
  'profiles.read': method(z.object({ name }), profile),
  'profiles.create': method(z.object({ name, change }), z.object({ followed })),
  'profiles.change': method(z.object({ name, change }), z.object({ followed })),
  'profiles.rename': method(z.object({ from: name, to: name }), nothing),
  'profiles.delete': method(z.object({ name }), z.object({ wasCurrent: z.boolean() })),
  /** A profile with a star comes first in lists. */
  'profiles.star': method(z.object({ name, starred: z.boolean() }), nothing),
  'profiles.switch': method(z.object({ name: z.nullable(name) }), nothing),
  /** Copies the line that sets the profile's key in a shell. Desktop only. */
  'profiles.copyExport': method(
    z.object({ name, shell: z.nullable(z.enum(shellNames)) }),
    z.object({ seconds: z.number() }),
  ),
  /** Code that calls a model with the profile's key. The key is not in it. */
  'profiles.snippet': method(z.object({ name, language: z.enum(snippetLanguages), model: short }), snippet),
};
