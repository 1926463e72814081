import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createExports } from '../../../../core/exports/exports.ts';
import { createMortal, original } from './mortal.ts';

const hour = 3_600_000;

/** A file with two exports, one above the other: of the key that is rotated, then of another one. */
async function stacked() {
  const mortal = createMortal();
  await mortal.prepare();
  const { world, ports, store } = mortal;
  await store.store(
    { id: 'other', alias: null, scope: 'API', account: null, createdAt: 1 },
    { id: 'other', secret: 'other-secret' },
  );
  const exportTo = async (file: string, keyId: string) => {
    const profile = { name: `p-${keyId}`, account: null, keyId, host: null, color: 'teal', note: null };
    world.state.profiles.put(profile);
    await (
      await (await createExports(ports).open(file)).plan({ profile, format: null, variable: null })
    ).write();
  };
  await exportTo(mortal.file, 'other');
  return { mortal, exportTo, text: () => readFileSync(mortal.file, 'utf8') };
}

const start = ({ world, rotations }: ReturnType<typeof createMortal>, graceMs: number) => {
  const key = world.state.keys.get('key-1');
  if (!key) throw new Error('no key');
  return rotations().start({ key, graceMs });
};

test('undoing exports one after the other never brings a rotated key back, and at last restores the file', async () => {
  const { mortal, text } = await stacked();
  using _ = mortal;
  expect(await start(mortal, 0)).toMatchObject({ step: 'ended' });
  await mortal.undo();
  expect(text()).toBe(`${original}FAL_KEY=key-2:secret-2-end\n`);
  expect(mortal.world.state.exports.withKey('key-2').map(({ path }) => path)).toContain(mortal.file);
  await mortal.undo();
  expect(text()).toBe(original);
});

test('nor does undoing the export over a key that somebody wrote there by hand', async () => {
  const { mortal, exportTo } = await stacked();
  using _ = mortal;
  const byHand = `${mortal.file}.local`;
  writeFileSync(byHand, "FAL_KEY='key-1:secret-1-end' # mine\n");
  await exportTo(byHand, 'other');
  await start(mortal, 0);
  await (await createExports(mortal.ports).open(byHand)).undo(null);
  expect(readFileSync(byHand, 'utf8')).toBe("FAL_KEY='key-2:secret-2-end' # mine\n");
});

test('after an abort they restore the old key, byte for byte', async () => {
  const { mortal, text } = await stacked();
  using _ = mortal;
  await start(mortal, hour);
  expect(await mortal.rotations().abort('key-1', 0)).toMatchObject({ step: 'ended' });
  await mortal.undo();
  expect(text()).toBe(`${original}FAL_KEY=key-1:secret-1-end\n`);
  await mortal.undo();
  expect(text()).toBe(original);
});

test('wherever the rotation was interrupted before it went on', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 10, max: 90 }), fc.boolean(), async (calls, goBack) => {
      const { mortal, text } = await stacked();
      using _ = mortal;
      await mortal.during(calls, 'dies', () => start(mortal, hour));
      if (mortal.world.state.rotations.active().length === 0) return;
      if (goBack) await mortal.rotations().abort('key-1', 0);
      else await mortal.rotations().resume('key-1', 0);
      const [key] = mortal.atFal.keys();
      await mortal.undo();
      expect(text()).toBe(`${original}FAL_KEY=${key}:${mortal.atFal.get(key ?? '')?.secret}\n`);
      await mortal.undo();
      expect(text()).toBe(original);
    }),
    { numRuns: Number(process.env.VARVEL_RUNS ?? 15) },
  );
});
