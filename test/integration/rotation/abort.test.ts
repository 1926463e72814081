import { expect, test } from 'vitest';
import { expectFailure } from '../cli/contract.ts';
import { newRotations } from './rotations.ts';

const { machine, file, text, secretOf, config, rotate, idsAtFal, usedKey } = newRotations();

test('--abort gives everything the old key back, byte for byte, and revokes the new one', async () => {
  const old = await usedKey();
  const before = [await text('.env'), await text('settings.json'), await config()];
  const { new_key } = await rotate('bots', '--yes');
  const back = await rotate('staging', '--abort');
  expect(back).toMatchObject({ direction: 'back', step: 'wait', key: old.id, new_key });
  expect([await text('.env'), await text('settings.json'), await config()]).toEqual(before);
  expect(await machine().varvel('keys', 'test', 'staging')).toMatchObject({ code: 0 });
  expect(await rotate(old.id, '--abort', '--grace', '0', '--yes')).toMatchObject({ step: 'ended' });
  const ids = await idsAtFal();
  expect(ids).toContain(old.id);
  expect(ids).not.toContain(new_key);
  expect(await machine().varvel('export', file('.env'), '--undo')).toMatchObject({ code: 0 });
  expect(await text('.env')).toBe('# mine\nPORT=1\n');
});

test('a new key that was revoked by hand meanwhile doesn’t take the old one with it, and the rotation can be aborted', async () => {
  const old = await usedKey();
  const { new_key } = await rotate('bots', '--yes');
  await machine().control('revoke', { key_id: new_key });
  const ended = await machine().varvel('keys', 'rotate', old.id, '--resume', '--grace', '0', '--yes');
  expectFailure(ended, 8, /Nothing is revoked: key .* doesn’t work any more/, /--abort/);
  // who repairs it by hand keeps what they did
  await machine().varvel('profiles', 'set', 'staging', `key=${old.id}`);
  expect(await machine().varvel('keys', 'rotate', old.id, '--resume')).toMatchObject({ code: 8 });
  expect(await machine().varvel('keys', 'test', 'staging')).toMatchObject({ code: 0 });
  expect(await rotate(old.id, '--abort', '--grace', '0', '--yes')).toMatchObject({ step: 'ended' });
  expect(await text('.env')).toContain(old.key);
  expect(await machine().varvel('keys', 'test', 'staging')).toMatchObject({ code: 0 });
});

test('an old key that was revoked by hand can’t be gone back to, and the rotation is finished', async () => {
  const old = await usedKey();
  const { new_key } = await rotate('bots', '--yes');
  await machine().varvel('keys', 'revoke', old.id, '--yes');
  expectFailure(
    await machine().varvel('keys', 'rotate', new_key ?? '', '--abort'),
    8,
    /Can’t go back/,
    /--resume/,
  );
  expect(await rotate(new_key ?? '', '--resume', '--grace', '0', '--yes')).toMatchObject({ step: 'ended' });
});

test('while the new key is forgotten here, nothing claims that it is used or doesn’t work, and --abort goes back', async () => {
  const old = await usedKey();
  const { new_key } = await rotate('bots', '--yes');
  const id = new_key ?? '';
  const key = await secretOf(id);
  for (const verb of ['forget', 'revoke'])
    expectFailure(
      await machine().varvel('keys', verb, id),
      2,
      /Profile staging will have no key\. .*Key \S+ is the new key in the rotation of \S+, which can’t go on without it/,
      /--yes/,
    );
  expect((await machine().varvel('keys', 'forget', old.id)).stderr).toContain('can’t be aborted without it');
  await machine().varvel('keys', 'forget', id, '--yes');
  const expectStopped = async (...more: string[]) =>
    expectFailure(
      await machine().varvel('keys', 'rotate', old.id, '--resume', ...more),
      4,
      /Nothing is revoked: the secret of key \S+, which is to stay, is not here any more/,
      /--abort/,
    );
  await expectStopped();
  expect((await machine().varvel('doctor', '--offline')).stdout).toContain('is not here any more');
  // added again, it goes on: the files have it, the profile that lost it hasn't
  await machine().varvelWith({ input: key }, 'keys', 'add', '--stdin');
  const { stderr } = await machine().varvel('keys', 'rotate', old.id, '--resume');
  expect(stderr).toMatch(/^2 files and the fal CLI’s file now use /m);
  await machine().varvel('keys', 'forget', id, '--yes');
  await expectStopped('--grace', '0', '--yes');
  expect(await idsAtFal()).toEqual(expect.arrayContaining([old.id, id]));
  expect(await rotate(old.id, '--abort', '--grace', '0', '--yes')).toMatchObject({ step: 'ended' });
  expect(await text('.env')).toContain(old.key);
  expect(await machine().varvel('keys', 'test', 'staging')).toMatchObject({ code: 0 });
});

test('a rotation whose keys were both forgotten ends with --abort, and says that it revoked neither', async () => {
  const old = await usedKey();
  const { new_key } = await rotate('bots', '--yes');
  for (const id of [old.id, new_key ?? '']) await machine().varvel('keys', 'forget', id, '--yes');
  const { stderr } = await machine().varvel('keys', 'rotate', old.id, '--abort');
  expect(stderr).toContain('Nothing was revoked or changed');
  const ids = await idsAtFal();
  expect(ids).toEqual(expect.arrayContaining([old.id, new_key]));
});

test('an aborted rotation whose old key is then revoked by hand goes on with the new key', async () => {
  const old = await usedKey();
  const { new_key } = await rotate('bots', '--yes');
  await rotate('bots', '--abort');
  await machine().varvel('keys', 'revoke', old.id, '--yes');
  expectFailure(await machine().varvel('keys', 'rotate', old.id, '--abort'), 8, /Can’t go back/, /--resume/);
  expect(await rotate(old.id, '--resume', '--grace', '0', '--yes')).toMatchObject({
    direction: 'forward',
    step: 'ended',
  });
  expect(await text('.env')).toContain(await secretOf(new_key));
  expect(await machine().varvel('keys', 'test', 'staging')).toMatchObject({ code: 0 });
});
