import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OpenedWindow, startWindows, type Windows } from '../open-window.ts';
import type { Program, ProgramOptions } from '../program/program.ts';

interface Violation {
  id: string;
  nodes: { html: string; failureSummary?: string }[];
}

declare global {
  interface Window {
    axe: { run(options: object): Promise<{ violations: Violation[] }> };
  }
}

/** Something to see in the window. */
export interface Scene {
  name: string;
  /** A program of its own, since the scene begins or leaves it otherwise. Without, it is shared with other scenes. */
  options?: ProgramOptions;
  go?: (page: Page, program: Program) => Promise<unknown>;
}

/** The rules whose answer depends on colours. Between the two themes nothing else differs. */
const colourRules = ['color-contrast', 'link-in-text-block'];

/** Lets axe look at each scene, in light and dark. */
export function checkScenes(scenes: Scene[]): void {
  let windows: Windows;
  let shared: OpenedWindow | undefined;
  beforeAll(async () => {
    windows = await startWindows();
  });
  afterAll(() => windows.close());

  /** The shared page begins anew with each scene. */
  const openShared = async (): Promise<OpenedWindow> => {
    if (shared) await shared.page.reload();
    shared ??= await windows.open();
    return { ...shared, close: async () => undefined };
  };

  // one sandbox: who starts it anew comes last
  const sorted = [...scenes.filter(({ options }) => !options), ...scenes.filter(({ options }) => options)];
  it.each(sorted)('axe finds nothing on $name, in light and dark', async ({ options, go }) => {
    const { page, program, complaints, close } = await (options ? windows.open({ options }) : openShared());
    await page.locator('main').first().waitFor();
    await go?.(page, program);
    await settle(page, 'light');
    // in one piece: no page of ours has frames, for which it would open another
    const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
    expect(described((await axe.analyze()).violations)).toEqual([]);
    await settle(page, 'dark');
    // axe is in the page now
    const dark = await page.evaluate(
      (runOnly) => window.axe.run({ runOnly, resultTypes: ['violations'] }),
      colourRules,
    );
    expect(described(dark.violations)).toEqual([]);
    expect(await complaints()).toEqual([]);
    await close();
  });
}

/** Waits until nothing moves in a theme. */
async function settle(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.evaluate(() => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    return Promise.allSettled(ending.map(({ finished }) => finished));
  });
}

const described = (violations: Violation[]) =>
  violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => ({ id, html, failureSummary })),
  );
