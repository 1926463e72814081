import { expect, test } from 'vitest';
import { lockedVault } from '../../../fakes/memory-secrets.ts';
import { createMortal } from './mortal.ts';

const hour = 3_600_000;

/** A rotation that stands at its first step: fal created a key, and its answer was lost. */
async function lostOnce() {
  const mortal = createMortal();
  await mortal.prepare();
  const { state } = mortal.world;
  const key = state.keys.get('key-1');
  if (!key) throw new Error('no key');
  const start = () => mortal.rotations().start({ key, graceMs: hour });
  await mortal.during(7, 'fails', start);
  const [rotation] = state.rotations.active();
  if (!rotation) throw new Error('no rotation');
  expect(rotation).toMatchObject({ step: 'create', newKeyId: null });
  expect([...mortal.atFal.keys()]).toEqual(['key-1', 'key-2']);
  const entries = () => state.rotations.journal(rotation.id).filter(({ kind }) => kind === 'create');
  return { mortal, rotation, entries, resume: () => mortal.rotations().resume('key-1', null) };
}

test('each attempt has an alias of its own, and a key that was lost is revoked and named in the activity', async () => {
  const { mortal, entries, resume } = await lostOnce();
  using _ = mortal;
  const lost = mortal.atFal.get('key-2')?.alias;
  expect(await resume()).toMatchObject({ step: 'wait', newKeyId: 'key-3' });
  expect([...mortal.atFal.keys()]).toEqual(['key-1', 'key-3']);
  const now = mortal.atFal.get('key-3')?.alias;
  expect(now).toMatch(/^bots-g2-[0-9a-f]{4}$/);
  expect(now).not.toBe(lost);
  expect(entries().find(({ subject }) => subject === lost)).toMatchObject({ doneAt: null });
  expect(mortal.world.state.rotations.active()).toMatchObject([{ alias: now }]);
  expect(mortal.world.state.activity.list({ since: null, keyId: 'key-2', limit: 9 })).toContainEqual(
    expect.objectContaining({ kind: 'key_revoked', keyId: 'key-2', detail: 'its secret was lost' }),
  );
});

test('a key of the attempt of another copy of this home is left alone, to the end', async () => {
  const { mortal, resume } = await lostOnce();
  using _ = mortal;
  mortal.atFal.set('key-of-the-copy', { secret: 's', alias: 'bots-g2-zzzz' });
  await resume();
  expect(await mortal.rotations().resume('key-1', 0)).toMatchObject({ step: 'ended' });
  expect([...mortal.atFal.keys()]).toEqual(['key-of-the-copy', 'key-3']);
});

/** The database as it was while fal was being asked; the vault, the files and fal are as they are now. */
async function olderDatabase() {
  const here = await lostOnce();
  const { mortal, rotation, entries, resume } = here;
  await resume();
  const { state } = mortal.world;
  const done = entries().find(({ doneAt }) => doneAt !== null);
  if (!done) throw new Error('no attempt');
  state.rotations.note(rotation.id, [{ ...done, doneAt: null }]);
  state.rotations.put(rotation);
  state.keys.remove('key-3');
  return here;
}

test('with a database older than the vault, a key whose secret the vault has is the new key, and is not revoked', async () => {
  const { mortal, resume } = await olderDatabase();
  using _ = mortal;
  expect(await resume()).toMatchObject({ step: 'wait', newKeyId: 'key-3' });
  expect(mortal.held()).toMatchObject({ file: 'key-3', falcli: 'key-3', github: 'key-3' });
  expect(await mortal.rotations().resume('key-1', 0)).toMatchObject({ step: 'ended' });
  expect([...mortal.atFal.keys()]).toEqual(['key-3']);
});

test('an abort there first gives everything the old key back', async () => {
  const { mortal } = await olderDatabase();
  using _ = mortal;
  expect(await mortal.rotations().abort('key-1', 0)).toMatchObject({ step: 'ended', revoked: true });
  expect(mortal.held()).toEqual({ profile: 'key-1', file: 'key-1', falcli: 'key-1', github: 'key-1' });
  expect([...mortal.atFal.keys()]).toEqual(['key-1']);
  expect(mortal.dead).toEqual([]);
});

test('an abort there revokes nothing once the old key is gone', async () => {
  const { mortal } = await olderDatabase();
  using _ = mortal;
  mortal.atFal.delete('key-1');
  await expect(mortal.rotations().abort('key-1', 0)).rejects.toMatchObject({ code: 'conflict' });
  expect([...mortal.atFal.keys()]).toEqual(['key-3']);
  expect(await mortal.rotations().resume('key-1', 0)).toMatchObject({ step: 'ended' });
  expect([...mortal.atFal.keys()]).toEqual(['key-3']);
});

test('a vault that can’t be read decides nothing: no key is taken for lost', async () => {
  const { mortal, resume } = await olderDatabase();
  using _ = mortal;
  mortal.world.secrets.fail(lockedVault(), 'get');
  await expect(resume()).rejects.toMatchObject({ code: 'vault_locked' });
  expect([...mortal.atFal.keys()]).toEqual(['key-1', 'key-3']);
});
