import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMortal } from './mortal.ts';

const hour = 3_600_000;

/** A rotation that has switched everything, and waits. */
async function rotated() {
  const mortal = createMortal();
  await mortal.prepare();
  const key = mortal.world.state.keys.get('key-1');
  if (!key) throw new Error('no key');
  const rotations = mortal.rotations();
  await rotations.start({ key, graceMs: hour });
  return { mortal, rotations };
}

/** The same, going back. */
async function aborted() {
  const { mortal, rotations } = await rotated();
  expect(await rotations.abort('key-1', null)).toMatchObject({ direction: 'back', step: 'wait' });
  return { mortal, rotations };
}

test('an aborted rotation whose old key is then revoked goes on with the new key, and can’t go further back', async () => {
  const { mortal, rotations } = await aborted();
  using _ = mortal;
  mortal.atFal.delete('key-1');
  await expect(rotations.abort('key-1', 0)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringMatching(/Can’t go back: the old key key-1/),
  });
  expect(await rotations.resume('key-1', null)).toMatchObject({ direction: 'forward', step: 'wait' });
  expect(mortal.held()).toEqual({ profile: 'key-2', file: 'key-2', falcli: 'key-2', github: 'key-2' });
  expect(await rotations.resume('key-1', 0)).toMatchObject({ step: 'ended', revoked: true });
  expect([...mortal.atFal.keys()]).toEqual(['key-2']);
});

test('what the aborted rotation gave back gets the new key, also a profile that lost its key with the old one', async () => {
  const { mortal, rotations } = await aborted();
  using _ = mortal;
  mortal.atFal.delete('key-1');
  await mortal.store.forget('key-1');
  expect(mortal.world.state.profiles.get('staging')?.keyId).toBe(null);
  expect(await rotations.resume('key-1', 0)).toMatchObject({ direction: 'forward', step: 'ended' });
  expect(mortal.held()).toEqual({ profile: 'key-2', file: 'key-2', falcli: 'key-2', github: 'key-2' });
});

test('an abort that was interrupted gives nothing the old key when that was revoked meanwhile', async () => {
  const { mortal, rotations } = await rotated();
  using _ = mortal;
  // the old key was tested, and nothing was given it yet
  await mortal.during(7, 'dies', () => rotations.abort('key-1', null));
  expect(rotations.list()).toMatchObject([{ direction: 'back', step: 'switch' }]);
  mortal.atFal.delete('key-1');
  mortal.world.clock.advance(hour);
  await mortal.rotations().resumeDue(true);
  expect(mortal.held()).toEqual({ profile: 'key-2', file: 'key-2', falcli: 'key-2', github: 'key-2' });
  expect(rotations.list()).toMatchObject([{ problem: { code: 'conflict' } }]);
  expect(await rotations.resume('key-2', 0)).toMatchObject({ direction: 'forward', step: 'ended' });
});

for (const direction of ['forward', 'back'] as const)
  test(`when neither key works any more, a rotation that goes ${direction} says so and ends with an abort`, async () => {
    const { mortal, rotations } = await (direction === 'forward' ? rotated() : aborted());
    using _ = mortal;
    mortal.atFal.clear();
    await expect(rotations.resume('key-1', 0)).rejects.toMatchObject({ code: 'conflict' });
    expect(await rotations.abort('key-1', 0)).toMatchObject({ step: 'ended', revoked: false });
    expect(rotations.list()).toEqual([]);
  });

test('an abort after both keys were forgotten here revokes neither: files may have one', async () => {
  const { mortal, rotations } = await rotated();
  using _ = mortal;
  for (const id of ['key-1', 'key-2']) await mortal.store.forget(id);
  expect(await rotations.abort('key-1', 0)).toMatchObject({ step: 'ended', revoked: false });
  expect([...mortal.atFal.keys()]).toEqual(['key-1', 'key-2']);
  expect(mortal.held()).toMatchObject({ file: 'key-2' });
});

const act = fc.constantFrom(
  'revoke_old',
  'revoke_new',
  'forget_old',
  'forget_new',
  'abort',
  'resume',
  'due',
  'wait',
);

test('whatever is revoked or forgotten by hand, a rotation is finished by going on or by an abort, and no key that works is lost', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(act, { maxLength: 6 }),
      fc.integer({ min: 0, max: 60 }),
      async (acts, calls) => {
        const mortal = createMortal();
        using _ = mortal;
        await mortal.prepare();
        const key = mortal.world.state.keys.get('key-1');
        if (!key) throw new Error('no key');
        await mortal.during(calls, 'dies', () => mortal.rotations().start({ key, graceMs: hour }));
        for (const what of acts) {
          const rotations = mortal.rotations();
          const [rotation] = rotations.list();
          if (!rotation) break;
          const id = what.endsWith('old') ? rotation.oldKeyId : rotation.newKeyId;
          if (what === 'wait') mortal.world.clock.advance(hour);
          else if (what.startsWith('revoke')) mortal.atFal.delete(id ?? '');
          else if (what.startsWith('forget')) await mortal.store.forget(id ?? '');
          else
            await mortal.during(1000, 'dies', () =>
              what === 'due'
                ? rotations.resumeDue(false)
                : what === 'abort'
                  ? rotations.abort('key-1', null)
                  : rotations.resume('key-1', null),
            );
        }
        const before = new Set(mortal.atFal.keys());
        for (const way of ['resume', 'abort'] as const)
          if (mortal.rotations().list().length > 0)
            await mortal.during(1000, 'dies', () => mortal.rotations()[way]('key-1', 0));
        // a file that was changed as the process died has a key that nobody can compare any more: a person accepts that
        const [held] = mortal.rotations().list();
        if (held && held.refused.length > 0) {
          await mortal.rotations().accept(
            'key-1',
            held.refused.map(({ subject }) => subject),
          );
          await mortal.during(1000, 'dies', () => mortal.rotations().abort('key-1', 0));
        }
        expect(mortal.rotations().list()).toEqual([]);
        // of the keys that worked, one at least still does
        expect(mortal.atFal.size > 0 || before.size === 0).toBe(true);
      },
    ),
    { numRuns: Number(process.env.VARVEL_RUNS ?? 25), examples: [[['forget_new'], 23]] },
  );
});

test('nothing is revoked, and nothing given, while nobody can tell whether the key that stays works', async () => {
  const { mortal, rotations } = await rotated();
  using _ = mortal;
  mortal.atFal.delete('key-2');
  mortal.falIs.busy = true;
  await expect(rotations.resume('key-1', 0)).rejects.toMatchObject({
    message: expect.stringContaining('can’t be tested now'),
  });
  mortal.world.clock.advance(2 * hour);
  await rotations.resumeDue(false);
  expect([...mortal.atFal.keys()]).toEqual(['key-1']);
  mortal.falIs.busy = false;
  await expect(rotations.resume('key-1', 0)).rejects.toMatchObject({ code: 'conflict' });
  expect([...mortal.atFal.keys()]).toEqual(['key-1']);
});
