import { expect, test } from 'vitest';
import { parseSpan } from '../../../core/activity/activity.ts';
import { checkConnection } from '../../../core/identities/identities.ts';
import { byFalOrder } from '../../../core/model/fal/account.ts';
import { decodeEnvironment } from '../../../core/model/fal/environment.ts';
import { falEnvironment } from '../../../core/model/fal/fal-environment.ts';

const decode = (change: object) =>
  decodeEnvironment(JSON.stringify({ ...falEnvironment, name: 'mine', ...change }), 'a file');

test('fal’s own environment is one, and the storage host falls back to the REST host', () => {
  expect(decode({ name: 'fal' })).toEqual(falEnvironment);
  expect(decode({ storageUrl: undefined }).storageUrl).toBe(falEnvironment.restUrl);
});

test.each(['environments', 'locks', 'sandbox-server', 'window'])('“%s” is a folder of our own', (name) => {
  expect(() => decode({ name })).toThrow('which Varvel uses itself');
});

test.each([
  ...['issuer', 'restUrl', 'storageUrl', 'grpcUrl', 'platformUrl', 'runUrl', 'queueUrl'],
  ...['connectionUrl', 'dashboardUrl'],
])('a file can’t lead the keys or the browser of fal or of the sandbox to another %s', (field) => {
  const local = Object.fromEntries(
    Object.entries(falEnvironment).map(([key, value]) => [
      key,
      key.endsWith('Url') || key === 'issuer' ? 'http://127.0.0.1:7777/' : value,
    ]),
  );
  expect(decode({ ...local, name: 'sandbox' }).name).toBe('sandbox');
  expect(() => decode({ ...local, name: 'sandbox', [field]: 'https://evil.example' })).toThrow(
    'evil.example is not a host of sandbox',
  );
  expect(() => decode({ name: 'fal', [field]: 'https://evil.example' })).toThrow(
    'evil.example is not a host of fal',
  );
});

test.each(['http://127.0.0.1:1', 'http://localhost:1', 'http://[::1]:1', 'https://example.com/x'])(
  '%s may be a server',
  (url) => {
    expect(decode({ restUrl: url }).restUrl).toBe(url);
  },
);

test.each([
  'http://example.com',
  'http://127.0.0.1.example.com',
  'http://localhost.example.com',
  'http://127.0.0.2',
  'ftp://127.0.0.1',
  'https://user:pass@example.com',
  'https://example.com/#x',
  'javascript:alert(1)',
  'example.com',
  '',
])('%j may not', (url) => {
  for (const field of [
    'issuer',
    'connectionUrl',
    'restUrl',
    'grpcUrl',
    'platformUrl',
    'runUrl',
    'queueUrl',
    'dashboardUrl',
    'storageUrl',
  ]) {
    expect(() => decode({ [field]: url })).toThrow(
      expect.objectContaining({ code: 'invalid', message: expect.stringContaining(field) }),
    );
  }
});

test.each([
  { name: '../x' },
  { name: 'A' },
  { name: '' },
  { name: 'x'.repeat(33) },
  { clientId: '' },
  { flows: [] },
  { flows: ['magic'] },
])('%j is refused', (change) => {
  expect(() => decode(change)).toThrow(expect.objectContaining({ code: 'invalid' }));
});

test('a way to sign in is github, google or a domain', () => {
  for (const [text, connection] of [
    ['GitHub', 'github'],
    [' google ', 'google'],
    ['Example.COM', 'example.com'],
    ['sso.example.co.uk', 'sso.example.co.uk'],
  ] as const) {
    expect(checkConnection(text)).toBe(connection);
  }
  for (const text of [
    '',
    'gitlab',
    'a b.com',
    '-a.com',
    'a..com',
    'http://a.com',
    'a.com/x',
    'a.c',
    `${'a'.repeat(64)}.com`,
  ]) {
    expect(() => checkConnection(text)).toThrow(expect.objectContaining({ code: 'invalid' }));
  }
});

test('spans of time are read in minutes, hours, days and weeks', () => {
  expect(['30m', '24h', '7d', '2w'].map(parseSpan)).toEqual([
    1_800_000, 86_400_000, 604_800_000, 1_209_600_000,
  ]);
  for (const text of ['', '7', 'd', '-1d', '1.5h', '1y', '7 d', '9999999d'])
    expect(() => parseSpan(text)).toThrow(/is not a duration/);
});

test('accounts stand as fal shows them: personal first, then by nickname without regard to case', () => {
  const account = (nickname: string, kind: 'personal' | 'team' | 'organization') => ({
    id: nickname,
    nickname,
    kind,
    name: '',
    lockReason: null,
    identityId: 'i',
  });
  const sorted = [
    account('b', 'team'),
    account('C', 'organization'),
    account('z', 'personal'),
    account('A', 'team'),
  ].sort(byFalOrder);
  expect(sorted.map(({ nickname }) => nickname)).toEqual(['z', 'A', 'b', 'C']);
});
