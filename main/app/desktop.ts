import { app, shell } from 'electron';
import type { Face } from '../../bridge/face.ts';
import { createJobs } from '../../bridge/jobs.ts';
import { createSecretCopy } from '../../bridge/secret-copy.ts';
import { createServer } from '../../bridge/serve.ts';
import { sessionEvents } from '../../bridge/session.ts';
import type { EventName, EventPayload } from '../../contract/events.ts';
import { falEnvironment } from '../../core/model/fal-environment.ts';
import { allowedLink } from '../../core/model/links.ts';
import { ownShell } from '../../core/shells/shells.ts';
import { createSession, type HostSession } from '../../host/session.ts';
import { secureAllContents } from '../security/all-contents.ts';
import { trayIsShown } from '../tray/host.ts';
import { setupTray } from '../tray/tray.ts';
import { showUnlessTray } from '../tray/unless-tray.ts';
import { setupIpc } from '../window/ipc.ts';
import { setupProtocol } from '../window/protocol.ts';
import { applyTheme } from '../window/theme.ts';
import { setupWindow } from '../window/window.ts';
import { createCall } from './call.ts';
import { createChoosePath } from './choose-path.ts';
import { createClipboard } from './clipboard.ts';
import { hintWords } from './hint-words.ts';
import { createLoginItem, startedAtLogin } from './login-item.ts';
import { setupMenu } from './menu.ts';
import { createNotify } from './notifications.ts';
import { shipped } from './paths.ts';
import { openPreferences } from './preferences.ts';
import { setupQuit } from './quit.ts';
import { createSessionWatch } from './session-end.ts';

/** How long a loaded page is given to show its first rows, in milliseconds. */
const firstPageMs = 500;

/**
 * Puts the desktop together. Called synchronously at the start, so that the rules stand before anything is there
 * that they are for; what needs a ready app waits for it.
 * @throws VarvelError when the core can't start
 */
export async function startDesktop(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): Promise<void> {
  let session: HostSession | null = null;

  async function openExternal(url: string): Promise<boolean> {
    const link = allowedLink(url, session?.varvel().environment ?? falEnvironment);
    if (link === null) return false;
    return shell.openExternal(link).then(
      () => true,
      () => false,
    );
  }

  secureAllContents(openExternal);
  let wanted = false;
  let show = (): void => {
    wanted = true;
  };
  app.on('second-instance', () => show());
  app.on('activate', () => show());

  await app.whenReady();
  // not before: macOS tells it with the event that makes the app ready
  if (!startedAtLogin(platform, process.argv)) wanted = true;
  setupProtocol(shipped('dist', 'renderer'));

  const preferences = openPreferences(app.getPath('userData'));
  const window = setupWindow({
    preferences,
    preload: shipped('dist', 'preload', 'preload.cjs'),
    icon: platform === 'linux' ? shipped('assets', 'app', '256.png') : null,
  });
  const notify = createNotify();
  let heard: (event: EventName) => void = () => undefined;
  const face: Face = {
    name: 'desktop',
    emit<Name extends EventName>(event: Name, payload: EventPayload<Name>) {
      window.emit(event, payload);
      // what goes wrong beside a switch from the tray would be told to nobody
      if ('text' in payload && window.contents().length === 0)
        notify('Varvel', payload.text, () => window.show());
      heard(event);
    },
    openPage: openExternal,
    choosePath: createChoosePath(platform),
    clipboard: createClipboard(platform),
    startAtLogin: createLoginItem(platform, env),
    shell: ownShell(env.SHELL, platform),
    quit: () => app.quit(),
  };
  const opened = await createSession({
    env,
    listener: sessionEvents(face, (sentence, hint) => {
      process.stderr.write(`varvel: ${[sentence, hintWords(hint)].filter(Boolean).join(' ')}\n`);
    }),
    browser: () => ({ open: openExternal }),
  });
  session = opened;
  const secretCopy = face.clipboard && createSecretCopy(face.clipboard);
  const jobs = createJobs();
  const serve = createServer({ session: opened, face, jobs, secretCopy });
  const call = createCall(serve);

  setupIpc(async (method, input) => {
    const answer = await serve(method, input);
    // the page reads this first, and hears by then
    if (method === 'app.start') setImmediate(window.started);
    return answer;
  }, window.contents);

  setupMenu(platform, (choice) => {
    if (choice.kind === 'command') window.command(choice.command);
    else void call('app.openPage', { page: choice.page }).catch(() => undefined);
  });
  const tray = setupTray({
    call,
    notify,
    folder: shipped('assets', 'tray'),
    platform,
    env,
    shell: face.shell,
    varvel: opened.varvel,
    open: () => window.show(),
  });

  const endedSessions = createSessionWatch();
  const look = async (): Promise<void> => {
    applyTheme(await call('settings.read', null));
    for (const { name } of endedSessions(await call('identities.list', null))) {
      notify(`${name} is signed out`, 'fal has ended the session. Sign in again to go on.', () =>
        window.command('sign-in'),
      );
    }
  };
  const lookAgain = (): void => {
    tray.changed();
    // what can't be read now is read at the next change
    look().catch(() => undefined);
  };
  heard = (event) => {
    if (event === 'changed' || event === 'environment') lookAgain();
  };
  // before there is a window, so that its first paint has the right colours
  await look().catch(() => undefined);

  const clean = async (): Promise<void> => {
    jobs.cancelAll();
    await secretCopy?.clear();
    tray.close();
    await opened.close();
  };
  setupQuit(platform, clean, () => {
    if (preferences.toldOfTray()) return;
    notify('Varvel goes on in the tray', 'Switch and copy there. To end it, choose Quit Varvel.');
    preferences.keepToldOfTray();
  });
  show = () => void window.show();
  if (wanted) {
    // a menu of ten thousand profiles takes half a second, which the page would wait for
    const { webContents } = window.show();
    const later = () => setTimeout(tray.changed, firstPageMs);
    webContents.once('did-stop-loading', later);
    webContents.once('destroyed', later);
  } else {
    tray.changed();
    void showUnlessTray(() => trayIsShown(platform), show);
  }
}
