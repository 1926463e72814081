import { expect, test } from 'vitest';
import { planRestore } from '../../../../core/backup/restore-plan.ts';
import { proposeName } from '../../../../core/falcli/import.ts';
import { checkAlias } from '../../../../core/model/fal/alias.ts';
import { checkColor, checkHost, checkNote, checkProfileName } from '../../../../core/model/profile.ts';

const id = '37ed22eb-9938-4bfd-a7b0-be4c71637d53';
const secret = '7a46c6ba342c9b7c2dbb3ca279b53380';
const key = `${id}:${secret}`;

const checks = { checkAlias, checkProfileName, checkNote, checkHost, checkColor };

/** A key as people paste it, with the forms of it that promise 3 names. */
const pasted = [
  key,
  ` ${key}\n`,
  key.toUpperCase(),
  `FAL_KEY=${key}`,
  `Authorization: Key ${key}`,
  `{"key":"${key}"}`,
  encodeURIComponent(key),
  encodeURIComponent(key).toLowerCase(),
  btoa(key),
  ...['', 'x', 'xy', 'FAL_KEY='].map((before) =>
    btoa(`${before}${key}`).replaceAll('+', '-').replaceAll('/', '_'),
  ),
  `api.${key}`,
  secret,
  ` ${secret} `,
  secret.toUpperCase(),
];

test.each(Object.entries(checks))(
  '%s takes no key, in whatever form, and doesn’t repeat it',
  (_name, check) => {
    for (const text of pasted) {
      let said = 'taken';
      try {
        check(text);
      } catch (error) {
        said = String(error);
      }
      expect(said).toMatch(/contains a key’s secret/);
      expect(said.toLowerCase()).not.toContain(secret);
    }
  },
);

test('what is like a key is a name all the same', () => {
  for (const text of [
    id,
    `${id}-${secret}`.slice(0, 60),
    `build-${secret}`,
    secret.slice(1),
    `${secret}0`,
    'a:b',
  ])
    expect([checkAlias(text), checkNote(text)]).toEqual([text, text]);
  for (const name of [id, `md5-${secret}`, secret.slice(1)]) expect(checkProfileName(name)).toBe(name);
  const note = `Its id is ${id}. Paid by https://example.com/a:b, ticket ${'A1b2'.repeat(60)}.`;
  expect(checkNote(note)).toBe(note);
  for (let length = 88; length < 200; length += 1) expect(checkNote('a'.repeat(length))).toHaveLength(length);
});

test('a backup from before names were checked restores the key and the profile, without the key in their words', async () => {
  const account = { id: 'a', nickname: 'ada' };
  const { keys, profiles } = await planRestore(
    {
      varvel_backup: 1,
      made_at: '2026-11-27T00:00:00Z',
      environment: 'fal',
      current: null,
      keys: [{ id, alias: key, scope: 'API', account, created_at: 1, key }],
      profiles: [{ name: 'studio', account, key_id: id, host: null, color: 'red', note: `key: ${key}` }],
    },
    {
      current: null,
      secret: async () => null,
      key: () => null,
      profile: () => null,
      hasOtherVault: () => false,
    },
  );
  expect(keys).toMatchObject([{ key: { id, alias: null }, outcome: { kind: 'new' } }]);
  expect(profiles).toMatchObject([{ profile: { note: null }, outcome: { kind: 'new' } }]);
});

test('a section of the fal CLI’s file that is named after a key gives no profile its name', () => {
  for (const name of [key, secret]) expect(proposeName(name, () => false)).toBe('fal');
});
