import { createBrowser } from '../../../platform/process/browser.ts';
import { StepFailed } from '../command.ts';
import type { Terminal } from '../terminal.ts';
import type { Visitor } from '../visitor.ts';

/** The user's own browser. */
export const ownBrowser = (terminal: Terminal): Visitor => ({
  introduction: 'The sign-in pages open in your browser. Choose the person named here.',
  async visit(url, _person, name) {
    // on other systems varvel opens it itself; on Linux, its home and session are not the user's
    if (process.platform === 'linux' && !(await createBrowser({ allowedHosts: [] }).open(url)))
      throw new StepFailed('Couldn’t open your browser. Try `npm run demo -- --headless`.');
    terminal.event('your browser', `choose “${name}”.`);
  },
  [Symbol.asyncDispose]: async () => undefined,
});
