import { app, dialog } from 'electron';
import { keepOwnersRights } from '../platform/process/owners-rights.ts';
import { searchPathOnly } from '../platform/process/windows-search.ts';
import { errorText } from './app/call.ts';
import { startDesktop } from './app/desktop.ts';
import { forgetForeignImage } from './app/own-image.ts';
import { setupPaths } from './app/paths.ts';
import { becomeOnlyInstance } from './app/quitting-mark.ts';
import { runsAlready, startChoices } from './app/second-start.ts';
import { startedWithoutNodeDebug } from './app/without-node-debug.ts';
import { refuseWithoutSandbox } from './security/chromium-sandbox.ts';
import { refuseRemoteDebugging } from './security/remote-debugging.ts';
import { takeSecrets } from './security/secret-variables.ts';
import { registerScheme } from './window/protocol.ts';

/**
 * What must happen before the app is ready, so nothing here is async.
 * @returns whether to go on: otherwise another process runs in the place of this one
 */
function beforeReady(): boolean {
  searchPathOnly();
  keepOwnersRights();
  forgetForeignImage(process.env, process.execPath);
  if (startedWithoutNodeDebug(process.env)) return false;
  refuseWithoutSandbox();
  refuseRemoteDebugging(process.env);
  app.setName('Varvel');
  // must match appId in electron-builder.yml, or Windows shows no notifications
  app.setAppUserModelId('io.github.varvel');
  registerScheme();
  app.enableSandbox();
  setupPaths(process.env);
  const choices = startChoices(process.env);
  // the running instance shows its window
  const isOnly = becomeOnlyInstance(app.getPath('userData'), () =>
    app.requestSingleInstanceLock({ ...choices }),
  );
  if (!isOnly) process.stderr.write(`varvel: ${runsAlready(choices)}\n`);
  return isOnly;
}

/** Reports the error in the terminal, and in a dialog for those who started Varvel from a menu. */
async function fail(error: unknown): Promise<void> {
  const { message, hint } = errorText(error);
  process.stderr.write(`varvel: ${message}\n${hint && `hint: ${hint}\n`}`);
  // Linux shows no dialog before that
  await app.whenReady();
  dialog.showErrorBox('Varvel can’t start', `${message}\n\n${hint}`);
  app.exit(1);
}

// the terminal may be closed; failing to write to it must not end the program
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

try {
  if (beforeReady()) startDesktop(process.platform, takeSecrets(process.env)).catch(fail);
  else app.quit();
} catch (error) {
  void fail(error);
}
