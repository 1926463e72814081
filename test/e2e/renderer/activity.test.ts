import { expect, it } from 'vitest';
import { button, goTo, withWindows } from './in-window.ts';

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

it('a line says where something was done', () =>
  inWindow({ size: { width: 1240, height: 800 } }, async (page) => {
    await button(page, 'Use night-shift').click();
    await goTo(page, /^Activity/);
    await page
      .getByRole('listitem')
      .filter({ hasText: 'Switched' })
      .first()
      .getByText('Desktop app', { exact: true })
      .waitFor();
  }));

it('a line names files with ~ for the home folder, and GitHub as GitHub writes itself', () =>
  inWindow({}, async (page) => {
    await goTo(page, /^Activity/);
    await page.getByText('FAL_KEY to ~/shop/.envrc').waitFor();
    await page.getByText('ada@example.com with GitHub').waitFor();
  }));
