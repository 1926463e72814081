import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createBrowser } from '../../../platform/process/browser.ts';
import { serveWeb } from '../../../web/serve.ts';
import { defineCommand } from '../../framework/command.ts';
import { withHint } from '../../framework/hint-words.ts';
import { isTerminalAt } from '../../framework/output/stream.ts';
import { awaitStop, portOf } from './serving.ts';

/** The built window, beside the built command line. */
const rendererFolder = join(import.meta.dirname, '..', 'renderer');

export const command = defineCommand({
  summary: 'Open Varvel in a browser',
  details:
    'Serves the window on 127.0.0.1 until you stop it or quit from the window. The first line is a link that works once, in one browser. Press Enter for a new link. On a remote machine, forward the same port and open the link on your own machine: ssh -L 4317:127.0.0.1:4317 MACHINE.',
  examples: ['varvel web', 'varvel web --port 4317 --no-browser'],
  options: {
    port: { type: 'string', value: 'N', describe: 'the port (default: any free one)' },
    'no-browser': {
      type: 'boolean',
      describe: 'never open a browser on this machine, not even to sign in',
    },
  },
  positionals: [],
  async run({ output, env, signal }, values) {
    const { stopped, stop } = awaitStop(signal);
    const openBrowser = !values['no-browser'];
    const web = await serveWeb({
      env,
      ...(values.port !== undefined && { port: portOf(values.port) }),
      rendererFolder,
      openBrowser,
      onQuit: stop,
      onNotice: (sentence, hint) => output.warn(withHint(sentence, hint)),
    });
    const printLink = (url: string) => (output.json ? output.lineDocument({ url }) : output.line(url));
    printLink(web.url);
    const opened = openBrowser && (await createBrowser({ allowedHosts: [], variables: env }).open(web.url));
    if (output.isTerminal && !output.json) {
      output.note(
        opened
          ? 'Opened in your browser. Press Enter for a new link, Ctrl-C to stop.'
          : 'Open this link in a browser on this machine. Press Enter for a new link, Ctrl-C to stop.',
      );
    }
    const lines = isForeground() ? createInterface({ input: process.stdin }) : null;
    lines?.on('line', () => printLink(web.newLink()));
    await stopped;
    lines?.close();
    await web.close();
    return 0;
  },
});

/** Whether Enter can be read. Reading the terminal from the background would stop the process. */
function isForeground(): boolean {
  if (!isTerminalAt(0)) return false;
  if (!existsSync('/proc/self/stat')) return true;
  // pid (name) state ppid pgrp session tty tpgid; proc(5). The name can hold anything, up to the last bracket.
  const [, , pgrp, , , tpgid] = (readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1) ?? '').split(' ');
  return pgrp === tpgid;
}
