import { expect, it } from 'vitest';
import { toHint } from '../../../../core/model/hint.ts';
import { goTo, withWindows } from '../in-window.ts';

const inWindow = withWindows();

it('a choice shows at once, before it is stored, and goes back with a reason if it can’t be', () =>
  inWindow({}, async (page, { delay, fail, calls }) => {
    const wasAnswered = () => calls.some(({ method }) => method === 'settings.change');
    await goTo(page, /^Settings/);
    const dark = page.getByRole('radio', { name: 'Dark' });
    delay('settings.change', 2_000);
    await dark.click();
    expect(await dark.isChecked()).toBe(true);
    expect(wasAnswered()).toBe(false);
    await expect.poll(wasAnswered).toBe(true);
    expect(await dark.isChecked()).toBe(true);

    fail('settings.change', {
      code: 'storage_full',
      message: 'The disk is full.',
      hint: toHint('Free some space.'),
    });
    await page.getByRole('radio', { name: 'Light' }).click();
    await page.getByText('The disk is full.').waitFor();
    await expect.poll(() => dark.isChecked()).toBe(true);
  }));
