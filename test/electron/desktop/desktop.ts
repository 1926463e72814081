import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { busConfig } from '../../daemons/bus-config.ts';
import { type Daemon, startDaemon } from '../../daemons/daemon.ts';
import { waitUntil } from '../../daemons/wait-until.ts';
import { giveTo, person } from '../person.ts';
import { type Bus, busItself, createBus, trayWatcher } from './bus.ts';
import { type Notifications, watchNotifications } from './notifications.ts';

const run = promisify(execFile);

/** A person's graphical session: an X display of its own, a session bus, a window manager, a panel, notifications. */
export interface GraphicalSession extends AsyncDisposable {
  /** What a program in this session finds in its environment. */
  env: Record<string, string>;
  bus: Bus;
  notifications: Notifications;
  /** Runs a program of the session, such as xdotool. @returns what it printed @throws Error when it fails */
  run(program: string, ...args: string[]): Promise<string>;
  /** Takes the panel away, and with it whoever shows tray icons; or brings it back. */
  showTray(shown: boolean): Promise<void>;
}

/** A panel at the bottom with nothing on it but the tray. */
const panelConfig = `<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=8;x=0;y=0"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="size" type="uint" value="32"/>
      <property name="length" type="uint" value="100"/>
      <property name="plugin-ids" type="array"><value type="int" value="1"/></property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="systray"/>
  </property>
</channel>
`;

/** A click on a notification does what it offers. */
const dunstConfig = `[global]
    mouse_left_click = do_action, close_current
    notification_limit = 20
    follow = none
[urgency_low]
    timeout = 0
[urgency_normal]
    timeout = 0
[urgency_critical]
    timeout = 0
`;

/** Starts a session; what it needs comes from Debian's packages. */
export async function startSession(): Promise<GraphicalSession> {
  const folder = await mkdtemp(join('/tmp', 'vd-'));
  const started: Daemon[] = [];
  let panel: Daemon | null = null;
  let notifications: Notifications | null = null;
  const close = async () => {
    await notifications?.stop();
    await panel?.stop();
    for (const daemon of started.reverse()) await daemon.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const env: Record<string, string> = {
      PATH: process.env.PATH ?? '/usr/bin:/bin',
      LANG: 'C.UTF-8',
      HOME: join(folder, 'home'),
      XDG_RUNTIME_DIR: join(folder, 'run'),
      XDG_CONFIG_HOME: join(folder, 'config'),
      XDG_CACHE_HOME: join(folder, 'cache'),
      XDG_DATA_HOME: join(folder, 'data'),
      DBUS_SESSION_BUS_ADDRESS: `unix:path=${folder}/bus`,
      XDG_CURRENT_DESKTOP: 'XFCE',
      // no service of accessibility: none runs here
      NO_AT_BRIDGE: '1',
    };
    await layOut(folder, env);
    const inBackground = (command: string, ...args: string[]) =>
      startDaemon(command, args, {
        env,
        user: person,
        cwd: env.HOME,
        showErrors: Boolean(process.env.VARVEL_TEST_DESKTOP_LOG),
      });
    const start = (command: string, ...args: string[]) => {
      const daemon = inBackground(command, ...args);
      started.push(daemon);
      return daemon;
    };
    start('dbus-daemon', `--config-file=${folder}/bus.conf`, '--nofork', '--nopidfile');
    const xvfb = start(
      'Xvfb',
      '-displayfd',
      '3',
      '-screen',
      '0',
      '1920x1080x24',
      '-nolisten',
      'tcp',
      '-noreset',
      '-ac',
    );
    await waitUntil('Xvfb', () => (/^\d+\n/.test(xvfb.output()) ? true : null));
    env.DISPLAY = `:${xvfb.output().trim()}`;
    await waitUntil('dbus-daemon', () => (existsSync(join(folder, 'bus')) ? true : null));

    const bus = createBus(env.DBUS_SESSION_BUS_ADDRESS ?? '');
    const has = async (name: string) => {
      const [owned] = await bus.call(busItself, 'NameHasOwner', 's', name);
      return owned === true;
    };
    const showTray = async (shown: boolean) => {
      if (shown) {
        panel ??= inBackground('xfce4-panel', '--disable-wm-check');
        await waitUntil('the panel', async () => ((await has(trayWatcher.name)) ? true : null));
        return;
      }
      await panel?.stop();
      panel = null;
      await waitUntil('the end of the panel', async () => ((await has(trayWatcher.name)) ? null : true));
    };
    start('openbox', '--sm-disable');
    start('dunst', '-config', join(folder, 'dunstrc'));
    const inSession = async (program: string, ...args: string[]) =>
      (await run(program, args, { env, ...person, timeout: 60_000 })).stdout;
    notifications = await watchNotifications(env, bus, inSession);
    await waitUntil('dunst', async () => ((await has('org.freedesktop.Notifications')) ? true : null));
    await showTray(true);
    return {
      env,
      bus,
      notifications,
      showTray,
      run: inSession,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function layOut(folder: string, env: Record<string, string>): Promise<void> {
  const { HOME, XDG_RUNTIME_DIR, XDG_CONFIG_HOME, XDG_CACHE_HOME, XDG_DATA_HOME } = env;
  const panelFolder = join(folder, 'config', 'xfce4', 'xfconf', 'xfce-perchannel-xml');
  for (const path of [HOME, XDG_RUNTIME_DIR, XDG_CONFIG_HOME, XDG_CACHE_HOME, XDG_DATA_HOME, panelFolder]) {
    if (path) await mkdir(path, { recursive: true, mode: 0o700 });
  }
  await mkdir(join(folder, 'services'));
  await cp('/usr/share/dbus-1/services/org.xfce.Xfconf.service', join(folder, 'services', 'xfconf.service'));
  await writeFile(join(folder, 'bus.conf'), busConfig(join(folder, 'bus'), join(folder, 'services')));
  await writeFile(join(folder, 'dunstrc'), dunstConfig);
  await writeFile(join(panelFolder, 'xfce4-panel.xml'), panelConfig);
  giveTo(person, folder);
  await chmod(folder, 0o700);
}
