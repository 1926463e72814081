import { expect, it } from 'vitest';
import { goTo, withWindows } from './in-window.ts';

const inWindow = withWindows();

it('the palette leads to which key wins, with each tool’s winner, the chain and what to do', () =>
  inWindow({ size: { width: 900, height: 600 } }, async (page) => {
    await page.getByRole('button', { name: 'staging', exact: true }).waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('why');
    await page.keyboard.press('Enter');
    const card = page.getByRole('region', { name: 'Which key wins' });
    await expect.poll(() => card.evaluate((element) => element === document.activeElement)).toBe(true);
    const top = await card.evaluate((element) => element.getBoundingClientRect().top);
    expect(top).toBeLessThan(600);
    await card.getByText('The profile that was chosen last.').first().waitFor();
    const javascript = card.getByRole('group').filter({ hasText: '@fal-ai/client' });
    expect(await javascript.textContent()).toMatch(/5d1f2c3b…[\s\S]*from FAL_KEY/);
    await javascript.locator('summary').click();
    await javascript.getByText('FAL_KEY comes first.').waitFor();
    await card.getByText('unset FAL_KEY').waitFor();
  }));

it('a switch elsewhere shows in which key wins', () =>
  inWindow({}, async (page) => {
    await goTo(page, /^Settings/);
    const card = page.getByRole('region', { name: 'Which key wins' });
    await card.getByText('staging').first().waitFor();
    await page.evaluate(() => window.fake.switchElsewhere('night-shift'));
    await card.getByText('night-shift').first().waitFor();
  }));
