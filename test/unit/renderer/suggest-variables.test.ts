import { expect, test } from 'vitest';
import { suggestVariables } from '../../../renderer/features/exports/several/suggest-variables.ts';

test('each profile gets a variable named after it', () => {
  expect(suggestVariables(['staging', 'mews-admin', 'client.kestrel_2'])).toEqual({
    staging: 'FAL_KEY_STAGING',
    'mews-admin': 'FAL_KEY_MEWS_ADMIN',
    'client.kestrel_2': 'FAL_KEY_CLIENT_KESTREL_2',
  });
});

test('names that differ only in their signs get variables of their own', () => {
  const names = ['a-b', 'a.b', 'A_B', 'a-b-2'];
  expect(new Set(Object.values(suggestVariables(names))).size).toBe(names.length);
});
