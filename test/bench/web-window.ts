import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { RunFailed } from './measure.ts';

/** A home's window, served by the built `varvel web` to one browser. */
export interface WebWindow extends AsyncDisposable {
  /** A page that isn't on its way yet, of a browser that was let in. */
  page(): Promise<Page>;
  address: string;
}

/** @throws RunFailed */
export async function openWebWindow(
  root: string,
  browser: Browser,
  env: NodeJS.ProcessEnv,
): Promise<WebWindow> {
  await using undo = new AsyncDisposableStack();
  // the program itself, and not what looks for its Node: it is stopped by a signal
  const program = [join(root, 'dist', 'cli', 'varvel.cjs'), 'web', '--no-browser'];
  const child = spawn(process.execPath, program, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'close');
  undo.defer(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  const link = await new Promise<string>((resolve, reject) => {
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (part) => {
        said += String(part);
        const [url] = /http:\/\/127\.0\.0\.1:\d+\/open\/[\w-]+/.exec(said) ?? [];
        if (url !== undefined) resolve(url);
      });
    }
    child.on('error', reject);
    child.on('close', () => reject(new RunFailed(`varvel web did not run: ${said.trim()}`)));
  });
  const context: BrowserContext = await browser.newContext({ viewport: { width: 1240, height: 800 } });
  undo.defer(() => context.close());
  const first = await context.newPage();
  await first.goto(link);
  await first.close();
  const kept = undo.move();
  return {
    page: () => context.newPage(),
    address: `${new URL(link).origin}/`,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}
