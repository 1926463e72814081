import { expect, it } from 'vitest';
import { goTo, withWindows } from './in-window.ts';

const inWindow = withWindows();

const dayMs = 24 * 60 * 60 * 1000;

it('the log of the last 24 hours leaves out what happened before them', () =>
  inWindow({}, async (page, { varvel }) => {
    const entries = (withinMs: number | null) => varvel().activity.list({ withinMs, keyId: null }).length;
    // with a heading for each day
    const lines = async (): Promise<number> =>
      Number(
        await page
          .getByRole('list', { name: 'Activity' })
          .getByRole('listitem')
          .first()
          .getAttribute('aria-setsize'),
      );
    const [all, lastDay] = [entries(null), entries(dayMs)];
    expect(lastDay).toBeGreaterThan(10);
    await goTo(page, /^Activity/);
    await expect.poll(lines).toBeGreaterThan(all);
    await page.getByLabel('Time').selectOption('Last 24 hours');
    await expect.poll(lines).toBeLessThanOrEqual(lastDay + 2);
    expect(await lines()).toBeGreaterThan(lastDay);
    await page.getByLabel('Time').selectOption('All time');
    await expect.poll(lines).toBeGreaterThan(all);
  }));
