import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { person } from '../../electron/person.ts';
import { run } from '../../integration/cli/program.ts';
import { expectNothingLeft, patience, startDemo } from '../demo/demo.ts';
import { newDesk } from './desk.ts';

const desk = newDesk();
const installed = inject('installed');

/**
 * A program in Electron's place that starts the tests' Electron on the installed program, as an ordinary user whom the demo's
 * home is given to first.
 */
async function electronOfTests(): Promise<string> {
  if (!installed) throw new Error('no Electron');
  const { uid, gid } = person;
  const asPerson =
    uid === undefined
      ? 'exec'
      : `demo=$(dirname "$VARVEL_HOME"); chown -R ${uid}:${gid} "$demo"; chmod a+x "$demo/.."; exec setpriv --reuid=${uid} --regid=${gid} --clear-groups`;
  const words = [
    installed.electron.program,
    ...installed.modules.flatMap((path) => ['-r', path]),
    installed.app,
  ];
  const path = join(desk.machine().root, 'electron');
  await writeFile(path, `#!/bin/sh\n${asPerson} ${words.join(' ')} --remote-debugging-port=0\n`);
  await chmod(path, 0o755);
  return path;
}

test('npm run demo is the desktop program where Electron is, with a window and data of its own', async () => {
  const { DISPLAY, DBUS_SESSION_BUS_ADDRESS, XDG_RUNTIME_DIR } = desk.session().env;
  await using demo = await startDemo([await electronOfTests()], {
    program: join(import.meta.dirname, 'demo-on-electron.ts'),
    env: { DISPLAY, DBUS_SESSION_BUS_ADDRESS, XDG_RUNTIME_DIR },
  });
  await demo.program.says(/quit in the menu or the tray/);
  const folder = await demo.folder();
  const port = () => readFile(join(folder, 'varvel', 'window', 'DevToolsActivePort'), 'utf8').catch(() => '');
  await expect.poll(port, { timeout: patience, message: 'the window' }).not.toBe('');
  const [at] = (await port()).split('\n');
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${at}`);
  const pages = () => browser.contexts().flatMap((context) => context.pages());
  const shown = () => Promise.all(pages().map((page) => page.locator('body').textContent()));
  await expect.poll(async () => (await shown()).join(), { timeout: patience }).toContain('client-kestrel');
  const visible = await run('xdotool', ['search', '--onlyvisible', '--name', '^Varvel$'], {
    env: { ...desk.session().env },
    person,
  });
  expect(visible.stdout.trim()).not.toBe('');
  await browser.close();
  // Ctrl-C in the terminal
  demo.program.process.kill('SIGTERM');
  expect(await demo.program.ended).toMatchObject({ code: 0, stdout: '' });
  await expectNothingLeft(demo, folder);
});
