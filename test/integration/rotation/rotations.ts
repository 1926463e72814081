import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import * as z from 'zod/mini';
import { madeKey } from '../cli/contract.ts';
import { newMachine } from '../cli/machine.ts';
import { keysOf } from '../sandbox/running.ts';

const rotation = z.object({
  key: z.string(),
  new_key: z.nullable(z.string()),
  alias: z.string(),
  account: z.string(),
  scope: z.enum(['API', 'ADMIN']),
  direction: z.enum(['forward', 'back']),
  step: z.string(),
  revoke_at: z.nullable(z.iso.datetime()),
  moved: z.object({ profiles: z.number(), files: z.number(), falcli: z.number() }),
  refused: z.array(z.object({ subject: z.string(), message: z.string() })),
  problem: z.nullable(z.object({ code: z.string(), message: z.string(), hint: z.string() })),
});

/** A machine of ada's for each test, and what a rotation's tests do and look at there. */
export function newRotations() {
  const machine = newMachine({ signedIn: ['ada'] });
  const file = (name: string) => join(machine().root, 'home', name);
  const secretOf = async (id: string | null) =>
    (await keysOf(machine().sandbox)).find(({ key_id }) => key_id === id)?.key ?? `no key ${id}`;
  const text = (name: string) => readFile(file(name), 'utf8');
  return {
    machine,
    file,
    text,
    secretOf,
    /** The fal CLI's file. */
    config: () => text('.fal/config.toml'),
    rotate: (...args: string[]) => machine().json(rotation, 'keys', 'rotate', ...args),
    idsAtFal: async () => (await keysOf(machine().sandbox)).map(({ key_id }) => key_id),

    /** A key with a profile that is in two files and in the fal CLI's file. */
    async usedKey(): Promise<{ id: string; key: string }> {
      const { id } = await machine().json(madeKey, 'keys', 'create', 'bots', '--profile', 'staging');
      await machine().varvel('switch', 'staging');
      await writeFile(file('.env'), '# mine\nPORT=1\n');
      await machine().varvel('export', file('.env'), '-p', 'staging');
      await machine().varvel('export', file('settings.json'), '-p', 'staging');
      expect(await machine().varvel('falcli', 'apply', '--with-key')).toMatchObject({ code: 0 });
      return { id, key: await secretOf(id) };
    },
  };
}
