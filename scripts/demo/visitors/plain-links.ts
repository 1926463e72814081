import { createPlainBrowser, type Page } from '../../../test/integration/sandbox/plain-browser.ts';
import type { Terminal } from '../terminal.ts';
import type { Visitor } from '../visitor.ts';

const titleOf = ({ html }: Page): string => /<title>([^<]*)/.exec(html)?.[1] ?? 'A page';

/** Without any browser: follows the pages' links for browsers without JavaScript. */
export const plainLinks = (terminal: Terminal): Visitor => ({
  introduction: 'There is no browser on this machine, so the demo follows the pages’ links over HTTP.',
  async visit(url, person, name) {
    const browser = createPlainBrowser();
    const page = await browser.open(url);
    terminal.event('http', `“${titleOf(page)}” → follow the link ${name}`);
    const last = await browser.follow(page, `data-person="${person}"`);
    terminal.event('http', `“${titleOf(last)}” is answered`);
  },
  [Symbol.asyncDispose]: async () => undefined,
});
