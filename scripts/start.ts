// `npm start`: the desktop program where Electron is or can be had, else the same window in a browser.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { become } from '../platform/become.ts';
import { findElectron } from './start/electron.ts';

const root = join(import.meta.dirname, '..');
const args = process.argv.slice(2);

const electron = findElectron(process.env);
if ('program' in electron) {
  const built = spawnSync(process.execPath, [join(root, 'scripts', 'build-desktop.ts')], {
    stdio: 'inherit',
  });
  if (built.status !== 0) process.exit(built.status ?? 1);
  process.exitCode = await become(electron.program, [root, ...args], process.env);
} else {
  process.stderr.write(`start: ${electron.missing}, so the window is shown in your browser.\n`);
  const cli = join(root, 'dist', 'cli', 'varvel.cjs');
  const node = ['--disable-warning=ExperimentalWarning', cli, 'web', ...args];
  process.exitCode = await become(process.execPath, node, process.env);
}
