import { app } from 'electron';
import { VarvelError } from '../../core/model/error.ts';

/**
 * Varvel doesn't run with pages that nothing holds in. An AppImage's start script says --no-sandbox by itself where the
 * system lets nobody make user namespaces (Ubuntu 24.04): that must not pass in silence.
 * @throws VarvelError `refused`
 */
export function refuseWithoutSandbox(): void {
  if (!app.commandLine.hasSwitch('no-sandbox')) return;
  throw new VarvelError(
    'refused',
    'Varvel was started without the sandbox that holds its window’s pages in (--no-sandbox), and doesn’t run so.',
    'Take the Debian package, which brings what the sandbox needs, or allow unprivileged user namespaces. `varvel web` shows the same window in a browser.',
  );
}
