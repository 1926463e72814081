import { expect } from 'vitest';
import * as z from 'zod/mini';
import type { Ended } from './program.ts';

// The JSON documents of docs/cli.md: every key it lists, with its type. More may stand beside them.

const time = z.iso.datetime();
const scope = z.enum(['API', 'ADMIN']);
const verdict = z.enum([
  'valid',
  'invalid',
  'locked',
  'forbidden',
  'rate_limited',
  'server_error',
  'unreachable',
]);

export const whoami = z.object({
  identities: z.array(
    z.object({ id: z.string(), name: z.string(), email: z.string(), connection: z.nullable(z.string()) }),
  ),
});

export const accountsList = z.object({
  accounts: z.array(
    z.object({
      id: z.string(),
      nickname: z.string(),
      name: z.string(),
      kind: z.enum(['personal', 'team', 'organization']),
      identity: z.string(),
      locked: z.nullable(z.string()),
    }),
  ),
});

export const keysList = z.object({
  keys: z.array(
    z.object({
      id: z.string(),
      alias: z.nullable(z.string()),
      scope: z.nullable(scope),
      account: z.nullable(z.string()),
      created_at: z.nullable(time),
      stored: z.boolean(),
      remote: z.boolean(),
      profiles: z.array(z.string()),
    }),
  ),
});

export const keysTest = z.object({
  results: z.array(
    z.object({
      key: z.string(),
      profile: z.nullable(z.string()),
      verdict,
      scope: z.nullable(scope),
      account: z.nullable(z.string()),
      latency_ms: z.nullable(z.number()),
      message: z.string(),
    }),
  ),
});

export const profilesList = z.object({
  current: z.nullable(z.string()),
  profiles: z.array(
    z.object({
      name: z.string(),
      account: z.nullable(z.string()),
      key: z.nullable(z.string()),
      scope: z.nullable(scope),
      host: z.nullable(z.string()),
      verdict: z.nullable(verdict),
      tested_at: z.nullable(time),
    }),
  ),
});

/** A key as `keys create` and `keys add` print it. */
export const madeKey = z.object({
  id: z.string(),
  alias: z.nullable(z.string()),
  scope: z.nullable(scope),
  account: z.nullable(z.string()),
  profile: z.nullable(z.string()),
  key: z.optional(z.string()),
});

export const activityList = z.object({
  activity: z.array(
    z.object({
      at: time,
      kind: z.string(),
      key: z.nullable(z.string()),
      profile: z.nullable(z.string()),
      account: z.nullable(z.string()),
      detail: z.string(),
      face: z.nullable(z.string()),
      program: z.nullable(z.string()),
    }),
  ),
});

const failure = z.strictObject({
  error: z.strictObject({ code: z.string(), message: z.string(), hint: z.string() }),
});

/** What a failed command's stderr holds with --json. */
export const errorOf = ({ stderr }: Ended): { code: string; message: string; hint: string } =>
  failure.parse(JSON.parse(stderr)).error;

/**
 * A failure as people see it: nothing on stdout (or what was printed before), what happened, and on the next line what
 * to do.
 */
export function expectFailure(
  ended: Ended,
  code: number,
  message: RegExp,
  hint: RegExp,
  printed = /^$/,
): void {
  expect({ ...ended, took: 0 }).toMatchObject({ code, stdout: expect.stringMatching(printed) });
  const [first = '', second = '', ...more] = ended.stderr.trimEnd().split('\n').slice(-2);
  expect(first).toMatch(/^varvel: /);
  expect(first).toMatch(message);
  expect(second).toMatch(/^hint: /);
  expect(second).toMatch(hint);
  expect(more).toEqual([]);
  expect(ended.stderr).not.toMatch(/^\s+at /m);
}
