// `npm run demo`: the window on a fal of its own, with something to look at; or, with --terminal, the main job on the
// command line. Either in a home of its own.
import { parseArgs } from 'node:util';
import type { VaultKind } from '../core/model/vault.ts';
import { StepFailed } from './demo/command.ts';
import { NoKeychain } from './own-keychain.ts';
import { findElectron } from './start/electron.ts';

const usage = `npm run demo [-- OPTIONS]
  --terminal        the main job on the command line, step by step, instead of the window
  --vault VAULT     keychain or file: a passphrase vault, without D-Bus
  --headless        the window: in a browser that you open yourself;
                    the terminal: a headless browser even where there is a screen
  --port N          the window in a browser, on this port, and the sandbox on the next one:
                    forward both to look at it from another machine
`;

interface Options {
  terminal: boolean;
  vault: VaultKind | null;
  headless: boolean;
  port: number | null;
}

function readOptions(): Options {
  try {
    const { values } = parseArgs({
      options: {
        terminal: { type: 'boolean', default: false },
        vault: { type: 'string' },
        headless: { type: 'boolean', default: false },
        port: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) {
      process.stdout.write(usage);
      process.exit(0);
    }
    const { terminal, headless, vault = null, port: given } = values;
    if (vault !== null && vault !== 'keychain' && vault !== 'file')
      throw new Error(`There is no vault “${vault}”.`);
    const port = given === undefined ? null : Number(given);
    if (port !== null && !(Number.isInteger(port) && port > 0 && port < 65_535))
      throw new Error(`“${given}” is no port: give a number from 1 to 65534.`);
    return { terminal, headless, vault, port };
  } catch (error) {
    process.stderr.write(`demo: ${error instanceof Error ? error.message : error}\n${usage}`);
    return process.exit(2);
  }
}

const inWords = (error: unknown): unknown =>
  error instanceof StepFailed || error instanceof NoKeychain
    ? error.message
    : ((error instanceof Error && error.stack) ?? error);

const { terminal, vault, headless, port } = readOptions();
const interrupt = new AbortController();
const stop = () => interrupt.abort(new StepFailed('Interrupted; everything it started is cleared away.'));
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, stop);
// a reader that has gone (`| head`), or a terminal that was closed
for (const stream of [process.stdout, process.stderr]) stream.on('error', stop);

try {
  if (terminal) {
    const { walkThrough } = await import('./demo/walk-through.ts');
    await walkThrough({ vault: vault ?? 'keychain', headless }, interrupt.signal);
  } else {
    const { showWindow } = await import('./demo/window.ts');
    const electron = headless || port !== null ? null : findElectron(process.env, 'demo');
    process.exitCode = await showWindow({ vault, headless, port, electron }, interrupt.signal);
  }
} catch (error) {
  process.exitCode = interrupt.signal.aborted ? 130 : 1;
  process.stderr.write(`\ndemo: ${inWords(error)}\n`);
}
process.exit();
