import { expect, test } from 'vitest';
import { createMortal } from './mortal.ts';

const falconers = { id: 'team-falconers', nickname: 'falconers' };

async function withKey() {
  const mortal = createMortal();
  await mortal.prepare();
  const { keys } = mortal.world.state;
  const key = () => {
    const found = keys.get('key-1');
    if (!found) throw new Error('no key');
    return found;
  };
  const start = () => mortal.rotations().start({ key: key(), graceMs: 0 });
  return { mortal, key, start, put: keys.put };
}

for (const [what, untrue] of [
  ['account', { account: falconers }],
  ['scope', { scope: 'ADMIN' }],
] as const)
  test(`a key whose ${what} on record is untrue is not rotated: the record is put right, and somebody looks at it first`, async () => {
    const { mortal, key, start, put } = await withKey();
    using _ = mortal;
    put({ ...key(), ...untrue });
    await expect(start()).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/Key key-1 is an API key of ada, and was taken for an .* key of/),
    });
    expect(mortal.rotations().list()).toEqual([]);
    expect([...mortal.atFal.keys()]).toEqual(['key-1']);
    expect(key()).toMatchObject({ scope: 'API', account: { nickname: 'ada' } });
    expect(await start()).toMatchObject({ step: 'ended', revoked: true });
  });

test('while fal can’t be asked whose key it is, no rotation begins', async () => {
  const { mortal, start } = await withKey();
  using _ = mortal;
  mortal.falIs.busy = true;
  await expect(start()).rejects.toMatchObject({ message: expect.stringMatching(/it can’t be tested/) });
  expect(mortal.rotations().list()).toEqual([]);
});

test('a key that was revoked at fal by hand is still replaced everywhere', async () => {
  const { mortal, start } = await withKey();
  using _ = mortal;
  mortal.atFal.delete('key-1');
  mortal.dead.length = 0;
  expect(await start()).toMatchObject({ step: 'ended' });
  expect(mortal.held()).toEqual({ profile: 'key-2', file: 'key-2', falcli: 'key-2', github: 'key-2' });
});

test('an old key that still works after its revoke is not called revoked, and its secret stays', async () => {
  const { mortal, key, start } = await withKey();
  using _ = mortal;
  // as a rotation that an older Varvel began: fal answers 204 for a key of another account
  mortal.manages.others.add('key-1');
  const mayWork = { code: 'conflict', message: expect.stringMatching(/key-1 may still work/) };
  await expect(start()).rejects.toMatchObject(mayWork);
  await expect(mortal.rotations().resume('key-1', null)).rejects.toMatchObject(mayWork);
  expect(mortal.rotations().list()).toMatchObject([{ step: 'revoke', revoked: false, problem: mayWork }]);
  expect(await mortal.store.read('key-1')).not.toBe(null);
  // whoever revokes it where it is can end the rotation
  mortal.atFal.delete('key-1');
  expect(await mortal.rotations().resume('key-1', null)).toMatchObject({ step: 'ended', revoked: true });
  expect(await mortal.store.read('key-1')).toBe(null);
  expect(key).toThrow('no key');
});
