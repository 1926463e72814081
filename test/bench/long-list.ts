import type { Page } from 'playwright-core';
import { medianOf } from './median.ts';
import type { WebWindow } from './web-window.ts';

declare global {
  interface Window {
    /** From each key to the list that answers it, in ms. */
    answerTimes: number[];
  }
}

/** Each key of them changes what the list shows, and so does taking it back. */
const queries = ['9512', '7345', '8801', '631'];

const passes = 9;
const framesPerPass = 60;

/** Frames that were left out in a passage: of a plain list of twenty of the same rows, and of 10,000. */
export interface ScrollCost {
  plain: number;
  many: number;
  /** The median of how many more it were in the second, pass by pass. */
  more: number;
}

/** Types as a person does, and waits for each answer. */
export async function measureFilter(page: Page): Promise<number> {
  await waitForAll(page);
  await page.getByLabel('Filter profiles').focus();
  await page.evaluate(() => {
    const list = document.querySelector('.list-scroller')?.parentElement;
    if (!list) throw new Error('There is no list.');
    let pressed = 0;
    window.answerTimes = [];
    document.addEventListener('keydown', () => (pressed = performance.now()), true);
    new MutationObserver(() => {
      if (pressed > 0) window.answerTimes.push(performance.now() - pressed);
      pressed = 0;
    }).observe(list, { subtree: true, childList: true, attributes: true, characterData: true });
  });
  let typed = 0;
  for (const query of queries) {
    for (const key of [...query, ...Array.from(query, () => 'Backspace')]) {
      await page.keyboard.press(key);
      typed += 1;
      await page.waitForFunction((wanted) => window.answerTimes.length === wanted, typed);
    }
  }
  return medianOf(await page.evaluate(() => window.answerTimes));
}

/** The filter looks at all profiles only when all have been read. */
async function waitForAll(page: Page): Promise<void> {
  const field = page.getByLabel('Filter profiles');
  await field.fill('profile-09999');
  await page
    .getByRole('button', { name: /^profile-09999/ })
    .first()
    .waitFor();
  await field.fill('');
  await page
    .getByRole('button', { name: /^profile-00000/ })
    .first()
    .waitFor();
}

/** Turns a page with the list into one that shows its first twenty rows and runs nothing. */
const leaveTwentyRows = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const scroller = document.querySelector<HTMLElement>('.list-scroller')?.cloneNode(true);
    if (!(scroller instanceof HTMLElement)) throw new Error('There is no list.');
    const list = scroller.querySelector<HTMLElement>('.list');
    const rows = [...scroller.querySelectorAll<HTMLElement>('.list-row')].slice(0, 20);
    if (!list || rows.length < 20) throw new Error('There are no twenty rows.');
    list.replaceChildren(...rows);
    list.style.height = `${rows.reduce((sum, row) => sum + Number.parseFloat(row.style.height), 0)}px`;
    document.querySelector('.list-scroller')?.replaceWith(scroller);
  });

/** Frames that were left out in a passage. */
const droppedFrames = (page: Page): Promise<number> =>
  page.evaluate(async (frames) => {
    const scroller = document.querySelector('.list-scroller');
    if (!scroller) throw new Error('There is no list.');
    const length = scroller.scrollHeight - scroller.clientHeight;
    const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
    let dropped = 0;
    let before = await nextFrame();
    for (let frame = 0; frame < frames; frame += 1) {
      scroller.scrollTop = (scroller.scrollTop + 97) % length;
      const now = await nextFrame();
      dropped += Math.max(0, Math.round((now - before) / (1000 / 60)) - 1);
      before = now;
    }
    return dropped;
  }, framesPerPass);

/** @param page shows the list of all */
export async function measureScrolling(page: Page, window: WebWindow): Promise<ScrollCost> {
  const plain = await window.page();
  await plain.goto(window.address);
  await waitForAll(plain);
  await leaveTwentyRows(plain);
  const dropped: { plain: number[]; many: number[] } = { plain: [], many: [] };
  for (let round = 0; round < passes; round += 1) {
    for (const [name, shown] of [
      ['plain', plain],
      ['many', page],
    ] as const) {
      await shown.bringToFront();
      dropped[name].push(await droppedFrames(shown));
    }
  }
  await plain.close();
  const more = dropped.many.map((count, pass) => count - (dropped.plain[pass] ?? Number.NaN));
  return { plain: medianOf(dropped.plain), many: medianOf(dropped.many), more: medianOf(more) };
}
