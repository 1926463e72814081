import { expect, test } from 'vitest';
import { lengthOfUnusual, pastedKey } from '../../../../core/model/fal/key.ts';

test.each([
  'id:secret',
  '  id:secret\r\n',
  'FAL_KEY=id:secret',
  'export FAL_KEY = id:secret\n',
  'export FAL_KEY="id:secret" # for the shop',
  'FAL_KEY=id:secret # for the shop',
  'OTHER=1\nFAL_KEY=id:secret\r\nMORE=2\n',
  "FAL_KEY='id:secret'",
  'Key id:secret',
  'Authorization: Key id:secret',
  '"id:secret"',
])('a key of any format is found in “%s”', (text) => {
  expect(pastedKey(text)).toBe('id:secret');
});

const usual = '8d2e5a3c-1f4b-4c6d-9e8f-0a1b2c3d4e5f:0123456789abcdef0123456789abcdef';

test('the one key in fal’s usual format is found whatever stands around it', () => {
  expect(pastedKey(`{"FAL_KEY": "${usual}"}`)).toBe(usual);
  expect(pastedKey(`${usual} ${usual}`)).toBe(usual);
});

test('of two keys, the one that FAL_KEY is set to is chosen', () => {
  const other = usual.replace('8d', '9d');
  expect(pastedKey(`OTHER_KEY=${other}\nFAL_KEY=${usual}\n`)).toBe(usual);
});

test('of an env file, the last FAL_KEY counts, and one without a value is no other line', () => {
  expect(pastedKey('FAL_KEY=old:one\nfal_key = new:one\n')).toBe('new:one');
  expect(pastedKey('FAL_KEY=\nSMTP_LOGIN=mailer:password\n')).toBe('');
});

test('of two keys none is chosen', () => {
  const both = `${usual} ${usual.replace('8d', '9d')}`;
  expect(pastedKey(both)).toBe(both);
});

test('of what may be another password, only its length is told', () => {
  for (const text of ['postgres://ada:hunter2@db.example/prod', 'ada@example.com:MyBankPassword1', 'a:b'])
    expect(lengthOfUnusual(text)).toBe(text.length);
  expect(lengthOfUnusual(' FAL_KEY=id:secret\n')).toBe('id:secret'.length);
  expect(lengthOfUnusual(`export FAL_KEY=${usual}\n`)).toBe(null);
  const [id, secret] = usual.split(':');
  expect(lengthOfUnusual(`${secret}:${id}`)).toBe(null);
  expect(() => lengthOfUnusual('no colon')).toThrow('no colon');
});
