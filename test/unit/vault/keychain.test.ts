import { expect, test } from 'vitest';
import type { VarvelError } from '../../../core/model/error.ts';
import { createKeychain, type Keytar } from '../../../platform/vault/keychain.ts';

/** What other systems' keychains do and say, which can't be had here. */
function keytarOf(items: Map<string, string>, changes: Partial<Keytar> = {}): Keytar {
  return {
    getPassword: async (_, account) => items.get(account) ?? null,
    setPassword: async (_, account, password) => void items.set(account, password),
    deletePassword: async (_, account) => items.delete(account),
    findCredentials: async () => [...items].map(([account, password]) => ({ account, password })),
    ...changes,
  };
}

const refusal = async (work: Promise<unknown>): Promise<VarvelError> =>
  work.then(
    () => Promise.reject(new Error('it was accepted')),
    (error: VarvelError) => error,
  );

const keychain = (platform: NodeJS.Platform, keytar: Keytar, timeoutMs = 50) =>
  createKeychain({ service: 'test', platform, timeoutMs, load: () => keytar });

test.each([
  ['', 'is empty'],
  ['a\0b', 'NUL'],
  ['\ud800', 'Unicode'],
])('what no keychain gives back as it was is refused: %j', async (secret, why) => {
  const items = new Map<string, string>();
  const error = await refusal(keychain('linux', keytarOf(items)).set('key/a', secret));
  expect(error.code).toBe('invalid');
  expect(error.message).toContain(why);
  expect(items.size).toBe(0);
});

test('several secrets are read by one search, and a locked keychain is never taken for an empty one', async () => {
  const items = new Map([
    ['key/a', 'one'],
    ['key/b', 'two'],
    ['undo/c', 'three'],
  ]);
  let searches = 0;
  const keytar = keytarOf(items, {
    findCredentials: async () => {
      searches += 1;
      return [...items].map(([account, password]) => ({ account, password }));
    },
  });
  const found = await keychain('linux', keytar).getAll(['key/a', 'key/b', 'key/gone']);
  expect([...found]).toEqual([
    ['key/a', 'one'],
    ['key/b', 'two'],
  ]);
  expect(searches).toBe(1);
  const locked = keytarOf(new Map(), { setPassword: () => Promise.reject(new Error('IsLocked')) });
  expect((await refusal(keychain('linux', locked).getAll(['key/a']))).code).toMatch(/^vault_/);
});

test.each([
  ['darwin', 'User interaction is not allowed.', 'vault_locked'],
  ['darwin', 'The user name or passphrase you entered is not correct.', 'vault_locked'],
  ['darwin', 'A default keychain could not be found.', 'vault_unavailable'],
  ['linux', 'GDBus.Error:org.freedesktop.Secret.Error.IsLocked: no', 'vault_locked'],
  ['linux', 'Object does not exist at path “/org/freedesktop/secrets/collection/login”', 'vault_locked'],
  [
    'linux',
    'GDBus.Error:org.freedesktop.DBus.Error.NoReply: Message recipient disconnected',
    'vault_unanswering',
  ],
  ['linux', 'Timeout was reached', 'vault_unanswering'],
  ['linux', 'Could not connect: Connection refused', 'vault_unavailable'],
] as const)('on %s "%s" is %s', async (platform, text, code) => {
  const rejects = () => Promise.reject(new Error(text));
  const keytar = keytarOf(new Map(), { getPassword: rejects, setPassword: rejects });
  for (const work of [
    keychain(platform, keytar).get('key/a'),
    keychain(platform, keytar).set('key/a', 'x'),
  ]) {
    const error = await refusal(work);
    expect(error.code).toBe(code);
    expect(error.hint).toEqual({ action: 'advice', text: expect.stringMatching(/\.$/) });
  }
});

test('a keychain that takes a secret and keeps nothing, or something else, is not believed', async () => {
  const forgets = keytarOf(new Map(), { setPassword: async () => undefined });
  const changes = keytarOf(new Map(), { getPassword: async () => 'something else' });
  for (const keytar of [forgets, changes]) {
    const error = await refusal(keychain('linux', keytar).set('key/a', 'canary'));
    expect(error.code).toBe('vault_unavailable');
    expect(error.message).not.toContain('canary');
  }
  expect((await refusal(keychain('linux', forgets).get('key/a'))).code).toBe('vault_unavailable');
});

test('a keychain that opens while it is asked gives what is there', async () => {
  const items = new Map([['key/a', 'secret']]);
  let open = false;
  const keytar = keytarOf(items, {
    getPassword: async (_, account) => (open ? (items.get(account) ?? null) : null),
    setPassword: async (_, account, password) => {
      open = true;
      items.set(account, password);
    },
  });
  expect(await keychain('linux', keytar).get('key/a')).toBe('secret');
});

test('a secret that is there costs one lookup', async () => {
  let lookups = 0;
  const items = new Map([['key/a', 'secret']]);
  const keytar = keytarOf(items, {
    getPassword: async (_, account) => {
      lookups += 1;
      return items.get(account) ?? null;
    },
  });
  expect(await keychain('linux', keytar).get('key/a')).toBe('secret');
  expect(lookups).toBe(1);
});

test('macOS may take its time, since it may be showing a dialog', async () => {
  const slow = keytarOf(new Map(), {
    getPassword: () => new Promise((resolve) => setTimeout(() => resolve('secret'), 150)),
  });
  expect(await keychain('darwin', slow).get('key/a')).toBe('secret');
  expect((await refusal(keychain('linux', slow).get('key/a'))).code).toBe('vault_unanswering');
});
