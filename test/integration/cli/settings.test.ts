import { expect, test } from 'vitest';
import { expectFailure } from './contract.ts';
import { newMachine } from './machine.ts';

const machine = newMachine();

test('settings are listed and changed, several at once', async () => {
  const { varvel } = machine();
  expect((await varvel('settings', 'list')).stdout).toMatch(/clipboard\t45\t5 to 600\t.*seconds/);
  const set = await varvel('settings', 'set', 'theme=dark', 'activity=30', 'clipboard=20', 'balances=manual');
  expect(set).toMatchObject({ code: 0, stdout: '' });
  expect(set.stderr).toContain('Set theme=dark, activity=30, clipboard=20 and balances=manual.');
  const { stdout } = await varvel('settings', 'list', '--json');
  expect(JSON.parse(stdout)).toEqual({
    settings: {
      theme: 'dark',
      clipboard_seconds: 20,
      activity_days: 30,
      rotate_by_days: null,
      balances: 'manual',
    },
  });
});

test('a setting that doesn’t exist, or a value that it can’t have, changes nothing', async () => {
  const { varvel } = machine();
  const set = (...words: string[]) => varvel('settings', 'set', ...words);
  expectFailure(
    await set('theme=dark', 'tehme=light'),
    2,
    /“tehme=light” is not one of theme=…/,
    /Did you mean “theme”/,
  );
  expectFailure(await set('theme'), 2, /“theme” is not one of/, /rotate-by=90d/);
  expectFailure(await set('theme=blue'), 2, /“blue” is not a value of theme/, /system\|light\|dark/);
  expectFailure(await set('clipboard=soon'), 2, /not a value of clipboard/, /5 to 600/);
  expectFailure(await set('theme=dark', 'clipboard=1'), 2, /can’t stay on the clipboard for 1 s/, /5 to 600/);
  expectFailure(await set('rotate-by=2h'), 2, /not a time for rotate-by/, /12w/);
  expect(JSON.parse((await varvel('settings', 'list', '--json')).stdout).settings).toMatchObject({
    theme: 'system',
    clipboard_seconds: 45,
  });
});
