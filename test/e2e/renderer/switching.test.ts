import { describe, expect, it } from 'vitest';
import { button, withWindows } from './in-window.ts';
import type { Program } from './program/program.ts';

const inWindow = withWindows();

/** Two profiles whose names differ at their end only. */
async function addLongNames({ varvel }: Program): Promise<void> {
  const { profiles, keys } = varvel();
  const [key = null] = keys.all('ada');
  for (const name of ['falconers-production', 'falconers-staging']) profiles.create(name, { key });
  profiles.switchTo('falconers-production');
}

describe('the current profile', () => {
  it.each([1240, 900, 640])('is told apart from one with a similar name, %i px wide', (width) =>
    inWindow({ size: { width, height: 800 }, options: { prepare: addLongNames } }, async (page) => {
      const card = button(page, /^Current profile: falconers-production/);
      const name = card.getByText('falconers-production');
      await name.waitFor();
      const cut = await name.evaluate(
        ({ scrollHeight, clientHeight, scrollWidth, clientWidth }) =>
          scrollHeight > clientHeight + 1 || scrollWidth > clientWidth,
      );
      expect(cut).toBe(false);
      const lines = await name.evaluate(
        (element) => element.clientHeight / Number.parseFloat(getComputedStyle(element).lineHeight),
      );
      expect(Math.round(lines)).toBeLessThanOrEqual(2);
    }),
  );

  it('says its account, its scope and whether its key works', () =>
    inWindow({}, async (page) => {
      const card = button(page, /^Current profile: staging/);
      for (const text of ['falconers', 'API', 'Valid']) await card.getByText(text, { exact: true }).waitFor();
      await button(page, /^Current profile: staging\s*, falconers\s*API\s*, Valid.*Switch profile/).waitFor();
    }));
});
