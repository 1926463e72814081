import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject } from 'vitest';
import type { Answer, Bridge } from '../../../contract/bridge.ts';
import { waitUntil } from '../../daemons/wait-until.ts';
import { type GraphicalSession, startSession } from '../../electron/desktop/desktop.ts';
import { findTrayIcon, type TrayIcon } from '../../electron/desktop/tray.ts';
import { type Desktop, launch } from '../../electron/launch.ts';
import { giveTo, person } from '../../electron/person.ts';
import { type Machine, type MachineOptions, newMachine } from '../../integration/cli/machine.ts';

declare global {
  interface Window {
    readonly varvel?: Bridge;
  }
}

/** Limits are for a busy machine; what is promised in time is measured by `npm run bench`. */
export const soon = { timeout: 60_000, interval: 50 };

export interface OpenOptions {
  args?: string[];
  env?: Record<string, string | undefined>;
  /** The program of a package, in the place of the installed one. */
  packed?: string;
}

/** A person's machine with a graphical session, and the desktop program on it. */
export interface Desk {
  machine: () => Machine;
  session: () => GraphicalSession;
  /** Starts the program; what a test has started is ended after it. */
  open(options?: OpenOptions): Desktop;
  /** What the program has sent to the system's browser. */
  opened(): string[];
  /** Writes a file of the person's. */
  write(path: string, text: string, mode?: number): void;
}

const installed = inject('installed');

/** A new machine for each test of a file, in one graphical session. */
export function newDesk(options: Pick<MachineOptions, 'signedIn' | 'vault'> = {}): Desk {
  if (!installed) beforeEach(({ skip }) => skip('VARVEL_TEST_ELECTRON=none'));
  const running: Desktop[] = [];
  let session: GraphicalSession | null = null;
  const getSession = () => {
    if (!session) throw new Error('no graphical session');
    return session;
  };
  beforeAll(async () => {
    if (installed) session = await startSession();
  });
  afterAll(() => session?.[Symbol.asyncDispose]());
  beforeEach(() => session?.notifications.forget());
  const machine = newMachine({
    vault: 'file',
    ...(installed && { owner: { person, program: installed.varvel } }),
    ...options,
  });
  // before the machine's own, which takes its folder away
  afterEach(async () => {
    for (const desktop of running.splice(0)) await desktop[Symbol.asyncDispose]();
  });
  const browserLog = () => join(machine().root, 'opened');
  const write = (path: string, text: string, mode = 0o600): void => {
    const made = mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, text, { mode });
    chmodSync(path, mode);
    giveTo(person, made ?? path);
  };
  return {
    machine,
    session: getSession,
    write,
    opened: () =>
      existsSync(browserLog()) ? readFileSync(browserLog(), 'utf8').split('\n').slice(0, -1) : [],
    open({ args = [], env = {}, packed } = {}) {
      if (!installed) throw new Error('no Electron');
      const { DISPLAY, DBUS_SESSION_BUS_ADDRESS, XDG_RUNTIME_DIR, XDG_CURRENT_DESKTOP, NO_AT_BRIDGE } =
        getSession().env;
      const browser = join(machine().root, 'bin', 'xdg-open');
      write(browser, `#!/bin/sh\nprintf '%s\\n' "$1" >> '${browserLog()}'\n`, 0o755);
      const own = machine().env;
      const desktop = launch(installed, {
        args,
        ...(packed !== undefined && { packed }),
        env: {
          ...own,
          ...{ DISPLAY, DBUS_SESSION_BUS_ADDRESS, XDG_RUNTIME_DIR, XDG_CURRENT_DESKTOP, NO_AT_BRIDGE },
          SHELL: '/bin/bash',
          PATH: [dirname(browser), own.PATH].join(delimiter),
          ...env,
        },
      });
      running.push(desktop);
      return desktop;
    },
  };
}

/** The program's page, when it shows something. */
export async function shownPage(desktop: Desktop) {
  const page = await desktop.page();
  // Playwright pretends the light theme to what it connects to
  await page.emulateMedia({ colorScheme: null });
  await page.locator('#root > *').first().waitFor({ timeout: soon.timeout });
  return page;
}

/** Calls the bridge as the page's own code does. */
export async function call(desktop: Desktop, method: string, input: unknown): Promise<Answer> {
  const page = await desktop.page();
  await page.waitForLoadState();
  return page.evaluate(
    async (given: { method: string; input: unknown }) => {
      if (!window.varvel) throw new Error('There is no bridge.');
      return window.varvel.call(given.method, given.input);
    },
    { method, input },
  );
}

/** The program's windows, as the window manager has placed them. */
export const windows = (desktop: Desktop) =>
  desktop.main(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((one) => ({
      bounds: one.getBounds(),
      title: one.getTitle(),
      visible: one.isVisible() && !one.isMinimized(),
      maximized: one.isMaximized(),
      color: one.getBackgroundColor().toLowerCase(),
      url: one.webContents.getURL(),
    })),
  );

/** The program's icon in the panel; waits for it. */
export const trayIcon = (desk: Desk, desktop: Desktop): Promise<TrayIcon> =>
  waitUntil('the tray icon', () => findTrayIcon(desk.session().bus, desktop.process.pid ?? 0));

/** The labels in the tray's menu, with a check before the current profile. */
export async function trayLabels(desk: Desk, desktop: Desktop): Promise<string[]> {
  const icon = await trayIcon(desk, desktop);
  return (await icon.menu())
    .filter(({ kind }) => kind === 'item')
    .map(({ label, checked }) => (checked ? `✓ ${label}` : label));
}

/** Chooses a line of the tray's menu, which comes a moment after the window. */
export async function chooseInTray(desk: Desk, desktop: Desktop, ...labels: string[]): Promise<void> {
  const icon = await trayIcon(desk, desktop);
  await expect.poll(async () => (await icon.menu()).map(({ label }) => label), soon).toContain(labels[0]);
  await icon.choose(...labels);
}

/** Presses keys as a person does, in the window that has the focus. */
export const press = async (desk: Desk, ...keys: string[]): Promise<void> => {
  for (const one of keys) await desk.session().run('xdotool', 'key', '--clearmodifiers', one);
};

/** The title of the window that has the focus. */
export const activeWindow = async (desk: Desk): Promise<string> =>
  (
    await desk
      .session()
      .run('xdotool', 'getactivewindow', 'getwindowname')
      .catch(() => '')
  ).trim();

/** The titles of the notifications that were shown. */
export const notified = (desk: Desk): string[] =>
  desk
    .session()
    .notifications.shown()
    .map(({ title }) => title);

/** A key and a profile of it. */
export async function makeProfile({ varvel }: Machine, name: string, account = 'ada'): Promise<string> {
  const { code, stdout, stderr } = await varvel(
    ...['keys', 'create', `${name}-key`, '--account', account, '--profile', name],
  );
  expect({ code, stderr }).toMatchObject({ code: 0 });
  return stdout.trim();
}
