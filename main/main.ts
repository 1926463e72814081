import { app, dialog } from 'electron';
import { wordsOf } from './app/call.ts';
import { startDesktop } from './app/desktop.ts';
import { setupPaths } from './app/paths.ts';
import { refuseWithoutSandbox } from './security/chromium-sandbox.ts';
import { registerScheme } from './window/protocol.ts';

/** All of this must have happened before the app is ready, so nothing here waits. */
function beforeReady(): boolean {
  refuseWithoutSandbox();
  app.setName('Varvel');
  // the same as appId in electron-builder.yml, or Windows shows no notification
  app.setAppUserModelId('io.github.varvel');
  registerScheme();
  app.enableSandbox();
  setupPaths(process.env);
  return app.requestSingleInstanceLock();
}

/** In a terminal and in a dialog: who started it from a menu sees no terminal. */
async function fail(error: unknown): Promise<void> {
  const { message, hint } = wordsOf(error);
  process.stderr.write(`varvel: ${message}\n${hint && `hint: ${hint}\n`}`);
  // before that Linux shows no dialog
  await app.whenReady();
  dialog.showErrorBox('Varvel can’t start', `${message}\n\n${hint}`);
  app.exit(1);
}

// the terminal that it was started from may be gone: what can't be said there must not end the program
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

try {
  if (beforeReady()) startDesktop(process.platform, process.env).catch(fail);
  // the other instance brings its window up
  else app.quit();
} catch (error) {
  void fail(error);
}
