// `npm start`: the desktop program if Electron is available, or the same window in a browser.
import { exec } from '../platform/process/exec.ts';
import { findElectron } from './start/electron.ts';
import { windowProgram } from './start/window-program.ts';

const found = windowProgram(findElectron(process.env, 'start'), 'start');
process.exitCode = found
  ? await exec(found.program, [...found.args, ...process.argv.slice(2)], process.env)
  : 1;
