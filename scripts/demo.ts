// `npm run demo`: the window with a sandbox and sample data; or, with --terminal, the main job on the command line.
// Both use a temporary home.
import { parseArgs } from 'node:util';
import type { VaultKind } from '../core/model/machine/vault.ts';
import { StepFailed } from './demo/command.ts';
import { NoKeychain } from './own-keychain.ts';
import { findElectron } from './start/electron.ts';

const usage = `npm run demo [-- OPTIONS]
  --terminal        show the main job on the command line, step by step, instead of the window
  --vault VAULT     keychain, or file for a passphrase vault (needs no D-Bus)
  --headless        window: print a link that you open yourself;
                    terminal: use a headless browser even with a screen
  --port N          show the window in a browser, on this port, with the sandbox on the next;
                    forward both to use it from another machine
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
      throw new Error(`“${vault}” is not a vault. Use keychain or file.`);
    const port = given === undefined ? null : Number(given);
    if (port !== null && !(Number.isInteger(port) && port > 0 && port < 65_535))
      throw new Error(`“${given}” is not a valid port. Use a number from 1 to 65534.`);
    return { terminal, headless, vault, port };
  } catch (error) {
    process.stderr.write(`demo: ${error instanceof Error ? error.message : error}\n${usage}`);
    return process.exit(2);
  }
}

const messageOf = (error: unknown): unknown =>
  error instanceof StepFailed || error instanceof NoKeychain
    ? error.message
    : ((error instanceof Error && error.stack) ?? error);

const { terminal, vault, headless, port } = readOptions();
const interrupt = new AbortController();
const stop = () => interrupt.abort(new StepFailed('Interrupted. Everything was cleaned up.'));
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, stop);
// the reader has gone (`| head`), or the terminal was closed
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
  process.stderr.write(`\ndemo: ${messageOf(error)}\n`);
}
process.exit();
