import { createBrowser } from '../../../platform/process/browser.ts';
import { StepFailed } from '../command.ts';
import type { Terminal } from '../terminal.ts';
import type { Visitor } from '../visitor.ts';

/** The browser of whoever sits before the screen. */
export const ownBrowser = (terminal: Terminal): Visitor => ({
  introduction: 'The sign-in pages open in your own browser: choose the person named here.',
  async visit(url, _person, name) {
    // elsewhere varvel has opened it by itself; here its home and session are not the user's
    if (process.platform === 'linux' && !(await createBrowser({ allowedHosts: [] }).open(url)))
      throw new StepFailed('Your browser could not be opened; try `npm run demo -- --headless`.');
    terminal.event('your browser', `please choose “${name}”.`);
  },
  [Symbol.asyncDispose]: async () => undefined,
});
