import { app } from 'electron';
import { VarvelError } from '../../core/model/error.ts';

/**
 * Refuses to run without Chromium's sandbox. An AppImage's start script adds --no-sandbox by itself where the system
 * restricts user namespaces (Ubuntu 24.04), so it would go unnoticed.
 * @throws VarvelError `refused`
 */
export function refuseWithoutSandbox(): void {
  if (!app.commandLine.hasSwitch('no-sandbox')) return;
  throw new VarvelError(
    'refused',
    'Varvel doesn’t run without Chromium’s sandbox, and was started with --no-sandbox.',
    'Install the Debian package, which sets up the sandbox, or allow unprivileged user namespaces. You can also run `varvel web` to use the window in a browser.',
  );
}
