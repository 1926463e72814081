import {
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { createExports } from '../../../../core/exports/exports.ts';
import { createMortal } from './mortal.ts';

/** A key that is exported to a file by the name of a link, which is in a folder of its own. */
async function setUp() {
  const mortal = createMortal();
  await mortal.prepare();
  await mortal.undo();
  const file = realpathSync(mortal.file);
  const folder = join(dirname(file), 'links');
  mkdirSync(folder);
  const link = join(folder, '.env');
  symlinkSync(file, link);
  const { state } = mortal.world;
  const exportTo = async (path: string) => {
    const profile = state.profiles.get('staging');
    if (!profile) throw new Error('no profile');
    const target = await createExports(mortal.ports).open(path);
    await (await target.plan({ profile, format: null, variable: null })).write();
  };
  await exportTo(link);
  const [key] = state.keys.all();
  if (!key) throw new Error('no key');
  return {
    mortal,
    file,
    link,
    folder,
    exportTo,
    rotate: () => mortal.rotations().start({ key, graceMs: 0 }),
    /** As an editor does that replaces the file: the link becomes a file of its own. */
    part() {
      const text = readFileSync(link, 'utf8');
      rmSync(link);
      writeFileSync(link, text);
    },
    /** Whether the key in a file is one that fal knows. */
    works: (path: string) => {
      const [, id = '', secret] = readFileSync(path, 'utf8').match(/FAL_KEY=([^:]+):(\S+)/) ?? [];
      return mortal.atFal.get(id)?.secret === secret;
    },
  };
}

test('a link that became a file of its own gets the new key, and so does the file that it led to', async () => {
  const { mortal, file, link, part, rotate, works } = await setUp();
  using _mortal = mortal;
  part();
  expect(await createExports(mortal.ports).whereUsed('key-1')).toMatchObject([
    { path: file, state: 'fresh', undoable: true },
    { path: link, state: 'fresh', undoable: false },
  ]);
  expect(await rotate()).toMatchObject({ step: 'ended', refused: [] });
  expect([works(link), works(file)]).toEqual([true, true]);
});

test.each(['exported to again', 'undone'])('it does when the file that it led to was %s', async (how) => {
  const { mortal, file, link, part, rotate, works, exportTo } = await setUp();
  using _mortal = mortal;
  part();
  if (how === 'undone') await mortal.undo();
  else {
    const { state } = mortal.world;
    const profile = state.profiles.get('staging');
    const key = { id: 'key-b', alias: 'b', scope: 'API', account: null, createdAt: 1 } as const;
    mortal.atFal.set(key.id, { secret: 'secret-b', alias: 'b' });
    await mortal.store.store(key, { id: key.id, secret: 'secret-b' });
    if (profile) state.profiles.put({ ...profile, keyId: key.id });
    await exportTo(file);
  }
  expect(await rotate()).toMatchObject({ step: 'ended', refused: [] });
  expect(works(link)).toBe(true);
});

test('a link that leads to another file with the key is followed there, and further', async () => {
  const { mortal, file, link, folder, rotate, works } = await setUp();
  using _mortal = mortal;
  const [next, last] = [join(folder, 'next'), join(folder, 'last')];
  for (const target of [next, last]) {
    writeFileSync(target, readFileSync(file));
    rmSync(link);
    symlinkSync(target, link);
    await createExports(mortal.ports).whereUsed(null);
  }
  expect(await rotate()).toMatchObject({ step: 'ended', refused: [] });
  expect([file, next, last].map(works)).toEqual([true, true, true]);
});

test('a link that is out of reach for a while, and still one, is no place of its own', async () => {
  const { mortal, file, folder } = await setUp();
  using _mortal = mortal;
  const exports = createExports(mortal.ports);
  renameSync(folder, `${folder}-away`);
  expect(await exports.whereUsed(null)).toHaveLength(2);
  renameSync(`${folder}-away`, folder);
  expect(await exports.whereUsed(null)).toMatchObject([{ path: file, undoable: true }]);
});

test('a link that can’t be looked at stops the revoke', async () => {
  const { mortal, file, link, folder, rotate, works, part } = await setUp();
  using _mortal = mortal;
  part();
  renameSync(folder, `${folder}-away`);
  expect(await createExports(mortal.ports).whereUsed('key-1')).toMatchObject([
    { path: file, state: 'fresh' },
    { path: link, state: 'unknown' },
  ]);
  await expect(rotate()).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining(`Couldn’t look at ${link}: its folder doesn’t exist.`),
  });
  expect(mortal.atFal.has('key-1')).toBe(true);
  renameSync(`${folder}-away`, folder);
  expect(await mortal.rotations().resume('key-1', 0)).toMatchObject({ step: 'ended', refused: [] });
  expect(works(link)).toBe(true);
});

test.each([
  ['deleted', (link: string) => rmSync(link)],
  [
    'replaced by a file without the key',
    (link: string) => {
      rmSync(link);
      writeFileSync(link, 'A=1\n');
    },
  ],
])('a link that is %s stops no rotation', async (_, change) => {
  const { mortal, link, folder, rotate } = await setUp();
  using _mortal = mortal;
  writeFileSync(join(folder, 'other'), '');
  change(link);
  expect(await rotate()).toMatchObject({ step: 'ended', refused: [] });
  expect(mortal.world.state.exports.all()).toHaveLength(1);
});
