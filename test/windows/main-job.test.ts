import { expect, test } from 'vitest';
import { keysList, keysTest, madeKey, profilesList, whoami } from '../integration/cli/contract.ts';
import { describeOnWindows, varvelCmd, windowsMachine } from './machine.ts';

describeOnWindows.each(['keychain', 'file'] as const)('with the %s vault on Windows', (vault) => {
  const machine = windowsMachine({ vault, signedIn: 'ada' });

  test('signing in, creating a key, testing it, switching to it and printing it', async () => {
    const { identities } = await machine().json(whoami, 'whoami');
    expect(identities).toMatchObject([{ email: 'ada@example.com' }]);
    const create = [
      'keys',
      'create',
      'bilder-ö',
      '--account',
      'falconers',
      '--profile',
      'studio',
      '--reveal',
    ];
    const made = await machine().json(madeKey, ...create);
    expect(made).toMatchObject({ alias: 'bilder-ö', scope: 'API', account: 'falconers' });
    const { results } = await machine().json(keysTest, 'keys', 'test', 'studio');
    expect(results).toMatchObject([{ verdict: 'valid', profile: 'studio' }]);
    expect(await machine().varvel('switch', 'studio')).toMatchObject({ code: 0 });
    expect(await machine().varvel('current')).toMatchObject({ code: 0, stdout: 'studio\n' });
    const printed = await machine().varvel('env', '--format', 'dotenv');
    expect(printed.stdout).toContain(`FAL_KEY=${made.key}`);
    const { keys } = await machine().json(keysList, 'keys', 'list');
    expect(keys.find(({ id }) => id === made.id)).toMatchObject({ stored: true, remote: true });
    expect((await machine().json(profilesList, 'profiles', 'list')).current).toBe('studio');
  });

  test('varvel.cmd starts it, from a path with spaces and umlauts', async () => {
    const ended = await machine().cmd(`"${varvelCmd}" profiles list --json`);
    expect({ ...ended, stdout: JSON.parse(ended.stdout) }).toMatchObject({
      code: 0,
      stdout: { current: 'studio' },
    });
  });

  // once is enough: unlocking the passphrase vault takes its time
  if (vault === 'keychain')
    test('a key is revoked and its secret forgotten', async () => {
      const made = await machine().json(madeKey, 'keys', 'create', 'short', '--account', 'ada');
      expect(await machine().varvel('keys', 'revoke', made.id, '--yes')).toMatchObject({ code: 0 });
      const { keys } = await machine().json(keysList, 'keys', 'list');
      expect(keys.find(({ id, stored }) => id === made.id && stored)).toBeUndefined();
    });

  test('the doctor finds nothing wrong', async () => {
    const ended = await machine().varvel('doctor');
    expect(ended).toMatchObject({ code: 0 });
  });
});
