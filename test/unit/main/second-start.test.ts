import { expect, test } from 'vitest';
import {
  ignoredChoices,
  runsAlready,
  type StartChoices,
  startChoices,
} from '../../../main/app/second-start.ts';

const none: StartChoices = { environment: null, vault: null, profile: null };

test.each<[string, Partial<StartChoices>, string, Partial<StartChoices>, string | null]>([
  ['the same', { environment: 'sandbox' }, 'sandbox', { environment: 'sandbox' }, null],
  ['nothing chosen', {}, 'fal', {}, null],
  [
    'a first start in the sandbox, and one from the menu',
    { environment: 'sandbox' },
    'sandbox',
    {},
    'environment “fal”',
  ],
  ['a window that was changed to the sandbox, and a start from the menu', {}, 'sandbox', {}, null],
  [
    'a window that was changed to the sandbox, and a start with fal',
    {},
    'sandbox',
    { environment: 'fal' },
    'environment “fal”',
  ],
  ['a start with what the window was changed to', {}, 'sandbox', { environment: 'sandbox' }, null],
  ['another vault', { vault: 'file' }, 'fal', { vault: 'keychain' }, 'vault “keychain”'],
  ['no vault chosen the second time', { vault: 'file' }, 'fal', {}, null],
  ['another vault and profile', {}, 'fal', { vault: 'file', profile: 'zz' }, 'vault “file”, profile “zz”'],
])('%s: the window says what is ignored', (_what, own, current, second, ignored) => {
  const said = ignoredChoices({ ...none, ...own }, current, { ...none, ...second });
  if (ignored === null) expect(said).toBe(null);
  else expect(said).toContain(`in the environment “${current}”. It ignored ${ignored}.`);
});

test.each([undefined, null, 'fal', { environment: 7 }, { ...none, vault: undefined }])(
  'what another version sends is not taken for choices: %j',
  (received) => {
    expect(ignoredChoices(none, 'sandbox', received)).toBe(null);
  },
);

test('a start knows its choices by its variables', () => {
  expect(startChoices({ VARVEL_VAULT: '', VARVEL_PROFILE: 'zz', VARVEL_ENVIRONMENT: 'fal' })).toEqual({
    environment: 'fal',
    vault: null,
    profile: 'zz',
  });
  expect(runsAlready(none)).toBe('Varvel is already running.');
  expect(runsAlready({ ...none, profile: 'zz' })).toContain('keeps');
});
