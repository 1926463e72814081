import { medianOf } from './median.ts';
import type { WebWindow } from './web-window.ts';

declare global {
  interface Window {
    /** When what was waited for was painted, in ms since the page was asked for. */
    contentPainted: Promise<number>;
  }
}

/** From asking for the page to its content being painted, in ms: with no profiles, and with 10,000. */
export interface PaintCost {
  empty: number;
  many: number;
}

const rounds = 21;

/** Medians of pages that are opened in turn. */
export async function measurePaint(windows: { empty: WebWindow; many: WebWindow }): Promise<PaintCost> {
  const times: Record<keyof typeof windows, number[]> = { empty: [], many: [] };
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, content] of [
      ['empty', '.screen .empty:not(.empty-loading)'],
      ['many', '.list-row'],
    ] as const) {
      const time = await timeToPaint(windows[name], content);
      // the first round only warms up
      if (round > 0) times[name].push(time);
    }
  }
  return { empty: medianOf(times.empty), many: medianOf(times.many) };
}

async function timeToPaint(served: WebWindow, content: string): Promise<number> {
  const page = await served.page();
  await page.addInitScript((wanted) => {
    window.contentPainted = new Promise((resolve) => {
      const observer = new MutationObserver(() => {
        if (!document.querySelector(wanted)) return;
        observer.disconnect();
        // a message that is sent before a frame is painted arrives after it
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(performance.now());
          port2.postMessage(null);
        });
      });
      observer.observe(document, { subtree: true, childList: true });
    });
  }, content);
  await page.goto(served.address);
  const time = await page.evaluate(() => window.contentPainted);
  await page.close();
  return time;
}
