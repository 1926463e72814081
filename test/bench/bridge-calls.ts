import type { Page } from 'playwright-core';
import type { Bridge } from '../../contract/bridge.ts';
import { medianOf } from './median.ts';

declare global {
  interface Window {
    readonly varvel?: Bridge;
  }
}

/** One call of the bridge from the page, in ms: that does nothing, and that reads a profile. */
export interface CallCost {
  over: string;
  nothing: number;
  read: number;
}

const rounds = 40;

/** In one batch, so that the page's coarse clock is fine enough. */
const callsAtOnce = 10;

/** @param profile one of those there are */
export async function measureCalls(page: Page, over: string, profile: string): Promise<CallCost> {
  const times = await page.evaluate(
    async ({ name, all, atOnce }) => {
      const { varvel } = window;
      if (!varvel) throw new Error('There is no bridge.');
      const batch = async (method: string, input: unknown): Promise<number> => {
        const start = performance.now();
        for (let done = 0; done < atOnce; done += 1) {
          const answer = await varvel.call(method, input);
          if (!('ok' in answer)) throw new Error(`${method}: ${answer.error.message}`);
        }
        return (performance.now() - start) / atOnce;
      };
      const nothing: number[] = [];
      const read: number[] = [];
      for (let round = 0; round < all; round += 1) {
        nothing.push(await batch('work.cancel', { run: 'no-such-run' }));
        read.push(await batch('profiles.read', { name }));
      }
      return { nothing, read };
    },
    { name: profile, all: rounds, atOnce: callsAtOnce },
  );
  return { over, nothing: medianOf(times.nothing), read: medianOf(times.read) };
}
