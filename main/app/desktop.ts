import { app, session as electronSession, Notification, shell } from 'electron';
import type { Face } from '../../bridge/face.ts';
import { createJobs } from '../../bridge/jobs.ts';
import { createSecretCopy } from '../../bridge/secret-copy.ts';
import { createServer } from '../../bridge/serve.ts';
import { sessionEvents } from '../../bridge/session.ts';
import type { EventName, EventPayload } from '../../contract/events.ts';
import { falEnvironment } from '../../core/model/fal/fal-environment.ts';
import { allowedLink } from '../../core/model/fal/links.ts';
import { printable } from '../../core/model/printable.ts';
import { ownShell } from '../../core/shells/shells.ts';
import { createSession, type HostSession } from '../../host/session.ts';
import { proxyFromPac } from '../../platform/net/proxy.ts';
import { secureAllContents } from '../security/all-contents.ts';
import { isTrayVisible } from '../tray/host.ts';
import { setupTray } from '../tray/tray.ts';
import { showUnlessTrayVisible } from '../tray/unless-tray.ts';
import { updateObstacle } from '../update/obstacle.ts';
import { createUpdates } from '../update/updates.ts';
import { setupIpc } from '../window/ipc.ts';
import { setupProtocol } from '../window/protocol.ts';
import { applyTheme } from '../window/theme.ts';
import { setupWindow } from '../window/window.ts';
import { createCall } from './call.ts';
import { createChoosePath } from './choose-path.ts';
import { createClipboard } from './clipboard.ts';
import { confirmInDialog } from './confirm.ts';
import { hintWords } from './hint-words.ts';
import { keychainOfCommandLine } from './keychain.ts';
import { createLoginItem, startedAtLogin } from './login-item.ts';
import { setupMenu } from './menu.ts';
import { createNotify } from './notifications.ts';
import { appPath } from './paths.ts';
import { openPreferences } from './preferences.ts';
import { setupQuit } from './quit.ts';
import { markQuitting } from './quitting-mark.ts';
import { createRemind } from './remind.ts';
import { ignoredChoices, startChoices } from './second-start.ts';
import { createEndedSessionFinder } from './session-end.ts';

/** How long a loaded page has to show its first rows before the tray menu is built, in milliseconds. */
const firstPageMs = 500;

/**
 * Starts the desktop program. Call it synchronously: the security rules must be in place before Electron creates
 * anything. What needs a ready app waits for it.
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
  let showWhenReady = false;
  let show = (): void => {
    showWhenReady = true;
  };
  const choices = startChoices(env);
  let onIgnored: (text: string) => void = () => undefined;
  app.on('second-instance', (_event, _argv, _folder, received) => {
    const environment = session?.varvel().environment.name;
    const ignored = environment ? ignoredChoices(choices, environment, received) : null;
    if (ignored) onIgnored(ignored);
    show();
  });
  app.on('activate', () => show());

  await app.whenReady();
  // macOS knows this only once the app is ready
  if (!startedAtLogin(platform, process.argv)) showWhenReady = true;
  setupProtocol(appPath('dist', 'renderer'));

  const preferences = openPreferences(app.getPath('userData'));
  const window = setupWindow({
    preferences,
    preload: appPath('dist', 'preload', 'preload.cjs'),
    icon: platform === 'linux' ? appPath('assets', 'app', '256.png') : null,
  });
  const notify = createNotify(platform, (text) =>
    Notification.isSupported() ? new Notification(text) : null,
  );
  let onEvent: (event: EventName) => void = () => undefined;
  const updates = createUpdates({
    obstacle: await updateObstacle({
      platform,
      env,
      isPackaged: app.isPackaged,
      resources: process.resourcesPath,
      program: process.execPath,
    }),
    preferences,
    onChange: (changed) => face.emit('updates', changed),
    onReady: (version) =>
      face.emit('notice', {
        text: `Varvel ${version} is ready. To use it, restart Varvel in Settings.`,
        hint: { action: 'none' },
      }),
  });
  const face: Face = {
    name: 'desktop',
    emit<Name extends EventName>(event: Name, payload: EventPayload<Name>) {
      window.emit(event, payload);
      // an alert is shown over other programs too; a notice only without a window, which else shows it
      if ('title' in payload) notify(payload.title, payload.text, () => window.show());
      else if ('text' in payload && window.contents().length === 0)
        notify('Varvel', payload.text, () => window.show());
      onEvent(event);
    },
    openPage: openExternal,
    choosePath: createChoosePath(platform),
    clipboard: createClipboard(platform),
    startAtLogin: createLoginItem(platform, env),
    updates,
    shell: ownShell(env.SHELL, platform),
    quit: () => app.quit(),
  };
  onIgnored = (text) => face.emit('notice', { text, hint: { action: 'none' } });
  const loadKeytar = keychainOfCommandLine(platform, app.isPackaged, process.resourcesPath);
  const opened = await createSession({
    face: face.name,
    env,
    ...(loadKeytar && { loadKeytar }),
    listener: sessionEvents(face, (sentence, hint) => {
      process.stderr.write(`varvel: ${printable([sentence, hintWords(hint)].filter(Boolean).join(' '))}\n`);
    }),
    findProxy: async (url) => proxyFromPac(await electronSession.defaultSession.resolveProxy(url.href)),
    browser: () => ({ open: openExternal }),
  });
  session = opened;
  const secretCopy = face.clipboard && createSecretCopy(face.clipboard, face.emit);
  const jobs = createJobs();
  const serve = createServer({ session: opened, face, jobs, secretCopy });
  const call = createCall(serve);

  setupIpc(async (method, input) => {
    const answer = await serve(method, input);
    // this is the page's first call, so it is listening now
    if (method === 'app.start') setImmediate(window.markStarted);
    return answer;
  }, window.contents);

  setupMenu(platform, (choice) => {
    if (choice.kind === 'command') window.command(choice.command);
    else void call('app.openPage', { page: choice.page }).catch(() => undefined);
  });
  const tray = setupTray({
    call,
    notify,
    confirm: confirmInDialog,
    folder: appPath('assets', 'tray'),
    platform,
    env,
    shell: face.shell,
    varvel: opened.varvel,
    open: () => window.show(),
  });

  const remind = createRemind(opened.varvel, notify, () => window.show());

  const findEndedSessions = createEndedSessionFinder();
  const applyChanges = async (): Promise<void> => {
    applyTheme(await call('settings.read', null));
    for (const { name } of findEndedSessions(await call('identities.list', null))) {
      notify(`${name} was signed out`, 'Your fal session has ended. Sign in again to continue.', () =>
        window.command('sign-in'),
      );
    }
  };
  onEvent = (event) => {
    if (event !== 'changed' && event !== 'environment') return;
    tray.scheduleUpdate();
    remind.look();
    // on failure, the next change reads it again
    applyChanges().catch(() => undefined);
  };
  // before the window opens, so that its first paint has the right theme
  await applyChanges().catch(() => undefined);
  remind.look();

  const cleanUp = async (): Promise<void> => {
    // before anything else: a start that comes from now on waits for this one's end
    markQuitting(app.getPath('userData'));
    show = () => undefined;
    window.hide();
    updates.close();
    jobs.cancelAll();
    tray.close();
    remind.close();
    // a clipboard that can't be read must not keep the session open
    const ends = await Promise.allSettled([secretCopy?.close(), opened.close()]);
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  };
  setupQuit(platform, cleanUp, () => {
    if (preferences.trayNoticeShown()) return;
    notify(
      'Varvel is still running',
      'Switch profiles and copy keys from the tray. To quit, choose Quit Varvel there.',
    );
    preferences.markTrayNoticeShown();
  });
  updates.start();
  show = () => void window.show();
  if (showWhenReady) {
    // a menu of ten thousand profiles takes half a second, so the page comes first
    const { webContents } = window.show();
    const updateTray = () => setTimeout(tray.scheduleUpdate, firstPageMs);
    webContents.once('did-stop-loading', updateTray);
    webContents.once('destroyed', updateTray);
  } else {
    tray.scheduleUpdate();
    void showUnlessTrayVisible(() => isTrayVisible(platform), show);
  }
}
