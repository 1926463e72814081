import { execFile } from 'node:child_process';

const watcher = 'org.kde.StatusNotifierWatcher';
const bus = 'org.freedesktop.DBus';

/** Each asks the session's bus whether anybody shows tray icons; a desktop has one of them. */
const askers = [
  {
    command: 'gdbus',
    args: ['call', '--session', '--dest', bus, '--object-path', '/org/freedesktop/DBus'].concat(
      '--method',
      `${bus}.NameHasOwner`,
      watcher,
    ),
  },
  {
    command: 'dbus-send',
    args: ['--session', '--print-reply', `--dest=${bus}`, '/org/freedesktop/DBus'].concat(
      `${bus}.NameHasOwner`,
      `string:${watcher}`,
    ),
  },
];

const ask = (command: string, args: string[]): Promise<string | null> =>
  new Promise((resolve) => {
    execFile(command, args, { timeout: 1500 }, (error, stdout) => resolve(error ? null : stdout));
  });

/**
 * Whether a tray icon can be seen. On Linux a desktop may show none (GNOME without its extension), and Electron does
 * not say; a program whose window is closed and whose tray isn't shown could not be reached any more. When in doubt: no.
 */
export async function trayIsShown(platform: NodeJS.Platform): Promise<boolean> {
  if (platform !== 'linux') return true;
  for (const { command, args } of askers) {
    const answer = await ask(command, args);
    if (answer !== null) return /\btrue\b/.test(answer);
  }
  return false;
}
