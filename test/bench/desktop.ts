import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type GraphicalSession, startSession } from '../electron/desktop/desktop.ts';
import { findTestElectron } from '../electron/find-electron.ts';
import { type Installed, install } from '../electron/installed.ts';
import { type Desktop, launch } from '../electron/launch.ts';
import { giveTo, person } from '../electron/person.ts';
import { type CallCost, measureCalls } from './bridge-calls.ts';
import { type FilledHome, fillHome } from './filled-home.ts';
import { medianOf } from './median.ts';
import { type RestCost, restOf } from './processes.ts';

/** From a process's start, in ms. */
interface StartCost {
  shown: number;
  content: number;
}

/** The desktop program on real Electron; each figure beside that of an Electron with an empty window, in the same run. */
export interface DesktopCost {
  electron: string;
  starts: { empty: StartCost; few: StartCost; many: StartCost };
  rest: { empty: RestCost; many: RestCost };
  calls: CallCost;
}

const rounds = 7;

/** How long a program is left alone before and while its rest is measured, in seconds. */
const settleSeconds = 15;
const restSeconds = 60;

export interface DesktopOptions {
  env: NodeJS.ProcessEnv;
  onStep(name: string): void;
}

/** Null where no Electron or no desktop for it can be had. */
export async function measureDesktop({ env, onStep }: DesktopOptions): Promise<DesktopCost | null> {
  if (process.platform !== 'linux') return null;
  await using undo = new AsyncDisposableStack();
  const electron = await findTestElectron(process.env).catch(() => null);
  const session = electron && (await startSession().catch(() => null));
  if (!electron || !session) return null;
  undo.use(session);
  const installed = undo.use(await install(electron));
  const folder = await mkdtemp(join(tmpdir(), 'varvel-bench-desktop-'));
  undo.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));
  const few = await fillHome(join(folder, 'few'), 12, 'file', env);
  const many = await fillHome(join(folder, 'many'), 10_000, 'file', env);
  const emptyWindow = await layOutEmptyWindow(join(folder, 'empty-window'), installed);
  const start: Start = (home) => begin({ session, installed, emptyWindow, folder, env }, home);
  await mkdir(join(folder, 'home'));
  giveTo(person, folder);

  onStep('starts');
  const starts = await measureStarts(start, { empty: null, few, many });
  onStep(`${restSeconds} s of rest, twice`);
  const empty = await measureRest(start, null);
  const atRest = await measureRest(start, many);
  await using desktop = start(many);
  const calls = await measureCalls(await desktop.page(), 'Electron’s IPC', many.profile);
  return { electron: electron.version, starts, rest: { empty, many: atRest }, calls };
}

/** Starts Varvel on a home, or the empty window. */
type Start = (home: FilledHome | null) => Desktop;

interface Place {
  session: GraphicalSession;
  installed: Installed;
  emptyWindow: string;
  folder: string;
  env: NodeJS.ProcessEnv;
}

function begin({ session, installed, emptyWindow, folder, env }: Place, home: FilledHome | null): Desktop {
  const place = home?.folder ?? emptyWindow;
  return launch(home ? installed : { ...installed, app: emptyWindow }, {
    env: {
      ...session.env,
      PATH: env.PATH,
      HOME: join(folder, 'home'),
      SHELL: '/bin/bash',
      VARVEL_HOME: place,
      VARVEL_VAULT: 'file',
      VARVEL_PASSPHRASE: env.VARVEL_PASSPHRASE,
    },
  });
}

/** What Electron needs at least: a window of the same size with a word in it. */
async function layOutEmptyWindow(folder: string, { electron }: Installed): Promise<string> {
  await mkdir(folder);
  await writeFile(
    join(folder, 'package.json'),
    `{"name":"empty","version":"${electron.version}","main":"main.cjs"}`,
  );
  await writeFile(
    join(folder, 'main.cjs'),
    `const { app, BrowserWindow } = require('electron');
app.enableSandbox();
app.setPath('userData', ${JSON.stringify(join(folder, 'window'))});
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1180, height: 760, show: false });
  window.show();
  window.loadURL('data:text/html,<p>nothing</p>');
});
`,
  );
  return folder;
}

async function measureStarts(
  start: Start,
  homes: Record<keyof DesktopCost['starts'], FilledHome | null>,
): Promise<DesktopCost['starts']> {
  const times = { empty: new StartTimes(), few: new StartTimes(), many: new StartTimes() };
  // the first round only warms up
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of ['empty', 'few', 'many'] as const) {
      await using desktop = start(homes[name]);
      const cost = await startOf(desktop, name === 'empty' ? 'p' : '.list-row');
      if (round > 0) times[name].add(cost);
    }
  }
  return { empty: times.empty.median(), few: times.few.median(), many: times.many.median() };
}

class StartTimes {
  readonly shown: number[] = [];
  readonly content: number[] = [];
  add(cost: StartCost): void {
    this.shown.push(cost.shown);
    this.content.push(cost.content);
  }
  median(): StartCost {
    return { shown: medianOf(this.shown), content: medianOf(this.content) };
  }
}

/** @param content what is waited for on the page */
async function startOf(desktop: Desktop, content: string): Promise<StartCost> {
  return desktop.main(async ({ BrowserWindow, app }, { seen }, selector) => {
    const begun = process.getCreationTime() ?? Number.NaN;
    await app.whenReady();
    let [window] = BrowserWindow.getAllWindows();
    while (!window) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      [window] = BrowserWindow.getAllWindows();
    }
    const { webContents } = window;
    if (webContents.getURL() === '' || webContents.isLoadingMainFrame())
      await new Promise<void>((resolve) => webContents.once('dom-ready', () => resolve()));
    const painted: number = await webContents.executeJavaScript(`new Promise((resolve) => {
      const look = () => {
        if (!document.querySelector(${JSON.stringify(selector)})) return false;
        requestAnimationFrame(() => setTimeout(() => resolve(Date.now())));
        return true;
      };
      if (look()) return;
      const observer = new MutationObserver(() => look() && observer.disconnect());
      observer.observe(document, { subtree: true, childList: true });
    })`);
    return { shown: (seen.shownAt ?? Number.NaN) - begun, content: painted - begun };
  }, content);
}

async function measureRest(start: Start, home: FilledHome | null): Promise<RestCost> {
  await using desktop = start(home);
  await startOf(desktop, home ? '.list-row' : 'p').catch(() => undefined);
  await sleep(settleSeconds * 1000);
  return await restOf(desktop.process.pid ?? 0, restSeconds);
}
