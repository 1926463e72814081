import { expect, test } from 'vitest';
import { newMachine } from '../integration/cli/machine.ts';
import { formsOfKey, found, searchFiles } from '../integration/promises/canary.ts';
import { keyOf, keysOf } from '../integration/sandbox/running.ts';
import { serve } from '../integration/web/served.ts';

const machine = newMachine({ vault: 'file', signedIn: ['ada'] });

test('a key that is pasted where the window asks for a name is refused, sent nowhere, kept nowhere and not repeated', async () => {
  const { key, key_id: id, key_secret: secret } = await keyOf(machine().sandbox, 'ada', 'API');
  const forms = formsOfKey('the key', key);
  await using here = await serve({ env: machine().env });
  expect(await here.call('keys.add', { text: key, alias: null, profile: null })).toMatchObject({ ok: {} });
  expect(await here.call('profiles.create', { name: 'studio', change: {} })).toMatchObject({ ok: {} });
  const accountId = 'team-falconers';
  const before = (await keysOf(machine().sandbox)).length;
  for (const text of [key, ` ${key} `, `FAL_KEY=${key}`, encodeURIComponent(key), btoa(key), secret])
    for (const [method, input] of [
      ['keys.create', { alias: text, scope: 'API', accountId, profile: null, ttlMs: null }],
      ['keys.create', { alias: text, scope: 'API', accountId, profile: null, ttlMs: 3_600_000 }],
      ['keys.add', { text: key, alias: text, profile: null }],
      ['keys.rename', { id, name: text }],
      ['profiles.create', { name: text, change: {} }],
      ['profiles.create', { name: 'other', change: { note: text } }],
      ['profiles.rename', { from: 'studio', to: text }],
      ['profiles.change', { name: 'studio', change: { note: text } }],
      ['profiles.change', { name: 'studio', change: { host: text } }],
      ['profiles.change', { name: 'studio', change: { color: text } }],
    ] as const) {
      const said = await here.call(method, input);
      expect({ method, said }).toMatchObject({ said: { error: { code: 'invalid' } } });
      expect(found(Buffer.from(JSON.stringify(said)), forms), method).toEqual([]);
    }
  expect(await keysOf(machine().sandbox)).toHaveLength(before);
  expect(searchFiles(machine().root, forms)).toEqual([]);
});

test('a key of another format that is pasted into both fields is refused as well', async () => {
  await using here = await serve({ env: machine().env });
  const key = 'team-of-old:5f1d7a84c0';
  expect(await here.call('keys.add', { text: key, alias: key, profile: null })).toMatchObject({
    error: { code: 'invalid' },
  });
  expect(searchFiles(machine().root, formsOfKey('the key', key))).toEqual([]);
});
