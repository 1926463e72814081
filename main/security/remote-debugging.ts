import { app } from 'electron';
import { VarvelError } from '../../core/model/error.ts';

/** What opens the window, and with it every key, to other processes of this machine. */
const switches = ['remote-debugging-port', 'remote-debugging-pipe'];

/**
 * Refuses to run an installed Varvel with Chromium's remote debugging. The switches are removed first, so that nothing
 * listens while the refusal is shown. Tests of the package need it and set VARVEL_TEST_DEBUGGING. That is no protection
 * against somebody who may set this process's variables: such a program can also read its memory.
 * @throws VarvelError `refused`
 */
export function refuseRemoteDebugging(env: NodeJS.ProcessEnv): void {
  if (!app.isPackaged || env.VARVEL_TEST_DEBUGGING === '1') return;
  const found = switches.filter((name) => app.commandLine.hasSwitch(name));
  if (found.length === 0) return;
  for (const name of found) app.commandLine.removeSwitch(name);
  throw new VarvelError(
    'refused',
    `Varvel was started with --${found[0]}, which opens its window to every program on this computer.`,
    'Start it without this option.',
  );
}
