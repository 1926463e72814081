import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createExports } from '../../../../core/exports/exports.ts';
import type { Locks, Ports } from '../../../../core/ports.ts';
import { createFiles } from '../../../../platform/files/files.ts';
import { createMortal, original } from './mortal.ts';

type Mortal = ReturnType<typeof createMortal>;

/** A process that is killed before or after its nth call to the vault or the disk: from then on nothing of it runs. */
function killedAt(nth: number, { ports }: Mortal) {
  let calls = 0;
  const killed = Promise.withResolvers<'killed'>();
  const orKilled = async <T>(work: () => Promise<T>): Promise<T> => {
    const step = async () => {
      calls += 1;
      if (calls <= nth) return;
      killed.resolve('killed');
      await new Promise<never>(() => undefined);
    };
    await step();
    const result = await work();
    await step();
    return result;
  };
  const locks: Locks = { exclusive: (_, work) => work() };
  const files = createFiles(locks, ports.state.temporaryFiles);
  const { secrets } = ports;
  const its: Ports = {
    ...ports,
    locks,
    files: { ...files, patch: (...args) => orKilled(() => files.patch(...args)) },
    secrets: {
      ...secrets,
      get: (name) => orKilled(() => secrets.get(name)),
      set: (name, value) => orKilled(() => secrets.set(name, value)),
      delete: (name) => orKilled(() => secrets.delete(name)),
    },
  };
  const until = async (work: Promise<unknown>) => Promise.race([work.then(() => 'done'), killed.promise]);
  return { its, until };
}

async function giveKey(mortal: Mortal, profile: string, id: string): Promise<void> {
  const account = { id: 'u1', nickname: 'ada' };
  mortal.atFal.set(id, { secret: `secret-of-${id}`, alias: id });
  const key = { id, alias: id, scope: 'API', account, createdAt: 1 } as const;
  await mortal.store.store(key, { id, secret: `secret-of-${id}` });
  mortal.world.state.profiles.put({
    name: profile,
    account,
    keyId: id,
    host: null,
    color: 'red',
    note: null,
  });
}

async function exportOther(ports: Ports, file: string, meanwhile: () => void = () => undefined) {
  const profile = ports.state.profiles.get('other');
  if (!profile) throw new Error('no profile');
  const planned = await (await createExports(ports).open(file)).plan({
    profile,
    format: null,
    variable: null,
  });
  meanwhile();
  await planned.write();
}

const undo = async (ports: Ports, file: string) => (await createExports(ports).open(file)).undo(null);

interface Change {
  what: string;
  before?: (mortal: Mortal) => Promise<void>;
  run: (ports: Ports, mortal: Mortal) => Promise<unknown>;
}

const changes: Change[] = [
  { what: 'an export over another key', run: (ports, { file }) => exportOther(ports, file) },
  {
    what: 'an export to a file that changes meanwhile',
    run: (ports, { file }) =>
      exportOther(ports, file, () => writeFileSync(file, `# theirs\n${readFileSync(file, 'utf8')}`)),
  },
  {
    what: 'an export whose profile gets another key meanwhile',
    before: (mortal) => giveKey(mortal, 'later', 'key-c'),
    async run(ports, { file }) {
      const { files } = ports;
      const patch: typeof files.patch = async (...args) => {
        const patched = await files.patch(...args);
        const other = ports.state.profiles.get('other');
        if (other) ports.state.profiles.put({ ...other, keyId: 'key-c' });
        return patched;
      };
      await exportOther({ ...ports, files: { ...files, patch } }, file);
    },
  },
  {
    what: 'an export that is undone',
    before: ({ ports, file }) => exportOther(ports, file),
    run: (ports, { file }) => undo(ports, file),
  },
];

test.each(changes)(
  '$what is killed: a rotation of the key that the file has finds it',
  async ({ before, run }) => {
    for (let nth = 0, ended = ''; ended !== 'done'; nth += 1) {
      using mortal = createMortal();
      await mortal.prepare();
      await giveKey(mortal, 'other', 'key-b');
      await before?.(mortal);
      const { its, until } = killedAt(nth, mortal);
      ended = await until(run(its, mortal));
      const held = mortal.held().file;
      const listed = await createExports(mortal.ports).whereUsed(held);
      expect(listed.filter(({ state }) => state !== 'gone')).toHaveLength(1);
      const key = mortal.world.state.keys.all().find(({ id }) => id === held);
      if (!key) throw new Error('The file has no key.');
      await mortal.rotations().start({ key, graceMs: 0 });
      expect({ nth, dead: mortal.dead }).toEqual({ nth, dead: [] });
      while (mortal.world.state.exports.all().some((record) => record.undo !== null)) await mortal.undo();
      expect(readFileSync(mortal.file, 'utf8').replace('# theirs\n', '')).toBe(original);
      // one that was stored, and not recorded yet
      const left = [...mortal.world.secrets.entries.keys()].filter((name) => name.startsWith('undo'));
      expect(left.length).toBeLessThanOrEqual(1);
    }
  },
);
