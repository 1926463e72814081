import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { launchChromium } from '../e2e/web/chromium.ts';
import { type CallCost, measureCalls } from './bridge-calls.ts';
import type { FilledHome } from './filled-home.ts';
import { measurePaint, type PaintCost } from './first-paint.ts';
import { measureFilter, measureScrolling, type ScrollCost } from './long-list.ts';
import { openWebWindow } from './web-window.ts';

/** What the window does with 10,000 profiles, in real Chromium; each beside what it is compared with. */
export interface WindowCost {
  paint: PaintCost;
  /** From a key in the filter to the list that answers it, in ms. */
  filter: number;
  dropped: ScrollCost;
  /** The window's scripts, compressed, in kB. */
  code: number;
  calls: CallCost[];
}

export interface WindowOptions {
  root: string;
  homes: { empty: FilledHome; many: FilledHome };
  env: NodeJS.ProcessEnv;
  onStep(name: string): void;
}

/** Null where there is no Chromium. @throws RunFailed */
export async function measureWindow({ root, homes, env, onStep }: WindowOptions): Promise<WindowCost | null> {
  await using undo = new AsyncDisposableStack();
  const browser = await launchChromium().catch(() => null);
  if (!browser) return null;
  undo.defer(() => browser.close());
  const at = (home: FilledHome) => ({ ...env, VARVEL_HOME: home.folder });
  const empty = undo.use(await openWebWindow(root, browser, at(homes.empty)));
  const many = undo.use(await openWebWindow(root, browser, at(homes.many)));

  onStep('the first paint');
  const paint = await measurePaint({ empty, many });
  const page = await many.page();
  await page.goto(many.address);
  onStep('the filter');
  const filter = await measureFilter(page);
  onStep('scrolling');
  const dropped = await measureScrolling(page, many);
  onStep('calls');
  const calls = [await measureCalls(page, 'the web view', homes.many.profile)];
  return { paint, filter, dropped, code: codeSize(join(root, 'dist')), calls };
}

/** The scripts of the built window, compressed, in kB. */
function codeSize(dist: string): number {
  const folders = [join(dist, 'renderer', 'assets'), join(dist, 'web')];
  const scripts = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.js'))
      .map((name) => join(folder, name)),
  );
  return scripts.reduce((sum, path) => sum + gzipSync(readFileSync(path)).length, 0) / 1000;
}
