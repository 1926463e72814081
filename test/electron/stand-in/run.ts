// Runs a built Electron program with the stand-in:  node test/electron/stand-in/run.ts FOLDER [ARGUMENT…]
import { readFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from './app.ts';
import { isGone } from './browser.ts';
import { takeControl } from './control.ts';
import { defaultSession } from './session.ts';

const standIn = pathToFileURL(join(import.meta.dirname, 'electron.ts')).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: standIn, shortCircuit: true } : next(specifier, context),
});

const [folder = '.'] = process.argv.slice(2);
app.folder = resolve(folder);
Object.defineProperty(process.versions, 'electron', { value: '45.0.0-stand-in' });
Object.defineProperty(process, 'type', { value: 'browser' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
process.on('uncaughtException', (error) => {
  // Chromium's page went while the stand-in told it something: nothing of the program's
  if (isGone(error)) return;
  process.stderr.write(`[uncaught] ${error.stack}\n`);
  app.exit(70);
});

takeControl();
// a program without a window goes on until it is quit
setInterval(() => undefined, 1 << 30);
const manifest: unknown = JSON.parse(readFileSync(join(app.folder, 'package.json'), 'utf8'));
const entry = join(app.folder, String(Object(manifest).main));
createRequire(entry)(entry);
setImmediate(() => app.becomeReady(defaultSession));
