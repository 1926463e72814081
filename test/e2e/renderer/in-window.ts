import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import type { MethodName } from '../../../contract/methods.ts';
import { toHint } from '../../../core/model/hint.ts';
import { type Shown, startWindows, type Windows } from './open-window.ts';
import type { Program } from './program/program.ts';

type Use = (page: Page, program: Program) => Promise<void>;

/** What a test file needs to open windows: one Chromium and one sandbox for all its tests. */
export function withWindows(): (shown: Shown, use: Use) => Promise<void> {
  let windows: Windows;
  beforeAll(async () => {
    windows = await startWindows();
  });
  afterAll(() => windows.close());
  /** Opens a window, does something in it, and sees that nothing was complained of. */
  return async (shown, use) => {
    const opened = await windows.open(shown);
    try {
      await opened.page.locator('main').first().waitFor();
      await use(opened.page, opened.program);
      expect(await opened.complaints()).toEqual([]);
    } finally {
      await opened.close();
    }
  };
}

export const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' });

export const goTo = (page: Page, screen: RegExp) =>
  page.getByRole('navigation').getByRole('button', { name: screen }).click();

export const unreachable = {
  code: 'unreachable',
  message: 'fal can’t be reached.',
  hint: toHint('Check the network.'),
};

/** What can’t be seen or reached because it stands beyond the window’s right edge. */
export function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const beyond = [...document.querySelectorAll('button, input, select, h1, h2, b')]
      .filter(
        (element) => !element.closest('.unseen') && element.getBoundingClientRect().right > innerWidth + 1,
      )
      .map((element) => element.outerHTML.slice(0, 120));
    const { scrollWidth } = document.documentElement;
    return scrollWidth > innerWidth ? [...beyond, `the page is ${scrollWidth} px wide`] : beyond;
  });
}

/** The inputs of the calls of a method, so far. */
export const inputsOf = ({ calls }: Program, method: MethodName): unknown[] =>
  calls.filter((call) => call.method === method).map(({ input }) => input);
