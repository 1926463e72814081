import { expect, test } from 'vitest';
import { createMortal } from './mortal.ts';

const minute = 60_000;
const day = 86_400_000;

/** A rotation that waits for a day, of a key that was used every five minutes the day before. */
async function waiting(usedLater: number[] = [], adminOf = { id: 'u1', nickname: 'ada' }) {
  const mortal = createMortal();
  mortal.adminIs.of = adminOf;
  await mortal.prepare();
  const now = mortal.world.clock.now();
  const before = Array.from({ length: 288 }, (_, index) => now - (index + 1) * 5 * minute);
  await mortal.usedAt([...before, ...usedLater.map((after) => now + after * minute)]);
  const key = mortal.world.state.keys.get('key-1');
  if (!key) throw new Error('no key');
  const rotations = mortal.rotations();
  expect(await rotations.start({ key, graceMs: day })).toMatchObject({ step: 'wait' });
  return { mortal, rotations, clock: mortal.world.clock };
}

test('a key that fal sees unused is revoked before its grace period is over, but not by a command that only passes by', async () => {
  const { mortal, rotations, clock } = await waiting();
  using _ = mortal;
  clock.advance(10 * minute);
  expect(await rotations.resumeDue(true)).toEqual([]);
  clock.advance(10 * minute);
  expect(await rotations.resumeDue(false)).toEqual([]);
  expect(await rotations.resumeDue(true)).toMatchObject([{ step: 'ended', newKeyId: 'key-2' }]);
  expect(mortal.atFal.has('key-1')).toBe(false);
});

test('a clock that was far ahead for a while delays no later look at the usage', async () => {
  const { mortal, rotations, clock } = await waiting();
  using _ = mortal;
  clock.advance(10 * minute);
  const [rotation] = mortal.world.state.rotations.active();
  if (!rotation) throw new Error('no rotation');
  const ahead = clock.now() + 400 * day;
  mortal.world.state.rotations.put({ ...rotation, usageReadAt: ahead, retryAt: ahead + 5 * minute });
  clock.advance(10 * minute);
  expect(await rotations.resumeDue(true)).toMatchObject([{ step: 'ended' }]);
});

test('a clock that is ahead ends no grace period that isn’t over for fal', async () => {
  const { mortal, rotations, clock } = await waiting();
  using _ = mortal;
  const { fal } = mortal.world;
  fal.time = clock.now() + 60_000;
  clock.advance(8 * day);
  expect(await rotations.resumeDue(false)).toEqual([]);
  expect(rotations.list()).toMatchObject([{ step: 'wait', problem: { code: 'conflict' } }]);
  expect(mortal.atFal.has('key-1')).toBe(true);
  await expect(rotations.resume('key-1', null)).rejects.toMatchObject({
    message: expect.stringContaining('by fal’s clock the grace period isn’t over'),
  });
  fal.time = clock.now();
  expect(await rotations.resume('key-1', null)).toMatchObject({ step: 'ended' });
});

test('a key whose calls fal may not have counted yet keeps its grace period', async () => {
  const { mortal, rotations, clock } = await waiting();
  using _ = mortal;
  mortal.falIs.lateMs = 10 * minute;
  clock.advance(20 * minute);
  expect(await rotations.resumeDue(true)).toEqual([]);
  clock.advance(10 * minute);
  expect(await rotations.resumeDue(true)).toMatchObject([{ step: 'ended' }]);
});

test('a key isn’t revoked before its time because another account’s ADMIN key, from a foreign backup, sees no use', async () => {
  const { mortal, rotations, clock } = await waiting([], { id: 'u2', nickname: 'eve' });
  using _ = mortal;
  clock.advance(20 * minute);
  expect(await rotations.resumeDue(true)).toEqual([]);
  expect(rotations.list()).toMatchObject([{ step: 'wait', lastUsedAt: null }]);
  expect(mortal.atFal.has('key-1')).toBe(true);
  clock.advance(day);
  expect(await rotations.resumeDue(false)).toMatchObject([{ step: 'ended' }]);
});

test('a key that something elsewhere still uses keeps its grace period, and it is said when', async () => {
  const { mortal, rotations, clock } = await waiting([2, 9, 17, 24]);
  using _ = mortal;
  const start = clock.now();
  clock.advance(25 * minute);
  expect(await rotations.resumeDue(true)).toEqual([]);
  expect(rotations.list()).toMatchObject([{ step: 'wait', lastUsedAt: start + 24 * minute }]);
  clock.advance(day);
  expect(await rotations.resumeDue(false)).toMatchObject([{ step: 'ended' }]);
});

test('a failure is kept with the rotation, and is not tried again by each command', async () => {
  const mortal = createMortal();
  using _ = mortal;
  await mortal.prepare();
  const key = mortal.world.state.keys.get('key-1');
  if (!key) throw new Error('no key');
  await mortal.during(7, 'fails', () => mortal.rotations().start({ key, graceMs: day }));
  const rotations = mortal.rotations();
  expect(rotations.list()).toMatchObject([{ problem: { code: 'unreachable' }, failures: 1 }]);
  expect(await rotations.resumeDue(true)).toEqual([]);
  mortal.world.clock.advance(61_000);
  expect(await rotations.resumeDue(true)).toMatchObject([{ step: 'wait', problem: null, failures: 0 }]);
});
